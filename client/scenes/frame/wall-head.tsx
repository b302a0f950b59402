/**
 * The head line of the wall: the scene, the workspace, the age of the data, the time. When the connection is lost, a
 * light band replaces it.
 */
import type { ReactNode } from 'react';
import type { Why } from '../../../shared/screens/rotation.ts';
import type { SceneId } from '../../../shared/screens/scenes.ts';
import { dateLabel, hourMinute, timeOfDay } from '../../format/instant.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useScreen, useWorkspace } from '../../state/screen-context.tsx';
import { FreshnessLine } from '../../ui/freshness-line.tsx';
import { Notices } from '../../ui/notices.tsx';
import { Cross } from '../../ui/shapes.tsx';
import './head.css';

function Clock(): ReactNode {
  const { timeZone } = useWorkspace();
  const time = useScreen((screen) => timeOfDay(screen.now, timeZone));
  return <time className="figure wall-clock">{time}</time>;
}

function DateWords(): ReactNode {
  const { language } = useWords();
  const { timeZone } = useWorkspace();
  const label = useScreen((screen) => dateLabel(screen.now, timeZone, language));
  return <span className="wall-date">{label}</span>;
}

function DisconnectedBand({ scene }: { readonly scene: SceneId }): ReactNode {
  const { t, exactAge, language } = useWords();
  const { timeZone, demo } = useWorkspace();
  const silentMs = useScreen((screen) => Math.floor(screen.silentMs / 1000) * 1000);
  const stoppedAt = useScreen((screen) => (screen.heartbeatAt === null ? '' : timeOfDay(screen.heartbeatAt, timeZone)));
  // What was kept before the page was loaded may be from another day.
  const kept = useScreen((screen) => (screen.kept === null || screen.heartbeatAt === null ? null : screen.heartbeatAt));
  return (
    <header className="band" role="alert">
      <Cross />
      <p className="band-title">
        {kept === null
          ? t('connection.lost', { age: exactAge(silentMs) })
          : t('connection.kept', { time: `${dateLabel(kept, timeZone, language)} ${hourMinute(kept, timeZone)}`, age: exactAge(silentMs) })}
      </p>
      <p className="band-detail">{kept === null && t('connection.lostDetail', { scene: t(`scene.${scene}`), time: stoppedAt })}</p>
      {demo && <span className="demo-mark">{t('demo.mark')}</span>}
      <span>{t('connection.localTime')}</span>
      <Clock />
    </header>
  );
}

export interface WallHeadProps {
  readonly scene: SceneId;
  /** Why this scene is shown. */
  readonly why: Why;
}

export function WallHead({ scene, why }: WallHeadProps): ReactNode {
  const { t } = useWords();
  const { name, demo } = useWorkspace();
  const grey = useScreen((screen) => screen.phase === 'grey');
  if (grey) return <DisconnectedBand scene={scene} />;
  return (
    <header className="wall-head">
      <div className="wall-where">
        <h1>{t(`scene.${scene}`)}</h1>
        <p className="wall-of">
          <span className="wall-name" title={name}>
            {name}
          </span>
          <span className="wall-mode">{t(`wall.mode.${why}`)}</span>
        </p>
        {demo && <span className="demo-mark">{t('demo.mark')}</span>}
        <a className="wall-link" href="/incidents">
          {t('nav.toIncidents')}
        </a>
      </div>
      <div className="wall-state">
        <FreshnessLine />
        <Notices most={2} />
      </div>
      <div className="wall-when">
        <DateWords />
        <Clock />
      </div>
    </header>
  );
}
