/** Open incidents by time left, and those closed lately. */
import type { ReactNode } from 'react';
import type { IncidentView } from '../../shared/incidents/types.ts';
import { useWords } from '../i18n/use-words.ts';
import { nextClock } from './next-clock.ts';
import { RunningClock, UrgencyShape, urgencyKey, useUrgency } from './running-clock.tsx';
import { OutsideText } from '../ui/outside-text.tsx';
import { isolated } from '../format/outside.ts';
import './lists.css';

interface ItemProps {
  readonly incident: IncidentView;
  readonly chosen: boolean;
  readonly onChoose: (id: string) => void;
}

function statusLine(incident: IncidentView, t: ReturnType<typeof useWords>['t']): string {
  if (incident.status === 'claimed' && incident.owner !== null) return t('desk.ownerClaimed', { owner: isolated(incident.owner) });
  return t(`desk.status.${incident.status}`);
}

function OpenItem({ incident, chosen, onChoose }: ItemProps): ReactNode {
  const { t } = useWords();
  const clock = nextClock(incident);
  const urgency = useUrgency(clock);
  return (
    <li>
      <button
        type="button"
        className={`queue-item ${urgency}`}
        aria-current={chosen ? 'true' : undefined}
        data-incident={incident.id}
        onClick={() => onChoose(incident.id)}
      >
        <span className="queue-clock">
          <UrgencyShape urgency={urgency} />
          {clock && <RunningClock clock={clock} className="queue-time" />}
          <span className="queue-word">
            {clock?.name === 'disposal' && `${t('strip.disposal')} · `}
            {t(urgencyKey(urgency))}
          </span>
        </span>
        <span className="queue-title">
          <OutsideText>{incident.title}</OutsideText>
        </span>
        <span className="queue-detail">
          {[
            incident.platforms.slice(0, 3).map(isolated).join(' / '),
            t('desk.mentionsCount', { count: incident.mentionCount }),
            statusLine(incident, t),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </button>
    </li>
  );
}

function RecentItem({ incident, chosen, onChoose }: ItemProps): ReactNode {
  const { t } = useWords();
  return (
    <li>
      <button type="button" className="recent-item" aria-current={chosen ? 'true' : undefined} onClick={() => onChoose(incident.id)}>
        <span className="recent-title">
          <OutsideText>{incident.title}</OutsideText>
        </span>
        <span>
          <OutsideText>{incident.owner ?? ''}</OutsideText>
        </span>
        <span>{t(`desk.status.${incident.status}`)}</span>
      </button>
    </li>
  );
}

export interface QueueProps {
  readonly open: readonly IncidentView[];
  readonly recent: readonly IncidentView[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

export function Queue({ open, recent, chosen, onChoose }: QueueProps): ReactNode {
  const { t } = useWords();
  return (
    <>
      <section className="card">
        <header className="card-head">
          <h2>
            {t('desk.queue')} {open.length}
          </h2>
          <span>{t('desk.queueOrder')}</span>
        </header>
        {open.length === 0 && (
          <div className="empty">
            <p>{t('desk.queueEmpty')}</p>
            <p>{t('desk.queueEmptyHint')}</p>
          </div>
        )}
        <ol>
          {open.map((incident) => (
            <OpenItem key={incident.id} incident={incident} chosen={incident.id === chosen} onChoose={onChoose} />
          ))}
        </ol>
      </section>
      <section className="card">
        <header className="card-head">
          <h2>{t('desk.recent')}</h2>
        </header>
        {recent.length === 0 && <p className="empty">{t('desk.recentEmpty')}</p>}
        <ol className="recent">
          {recent.map((incident) => (
            <RecentItem key={incident.id} incident={incident} chosen={incident.id === chosen} onChoose={onChoose} />
          ))}
        </ol>
      </section>
    </>
  );
}
