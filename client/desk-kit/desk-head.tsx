/** The head line of every desk page: the page, the workspace, the age of the data, the state of the connection, and the time. */
import type { ReactNode } from 'react';
import { timeOfDay } from '../format/instant.ts';
import { setLanguage } from '../i18n/setup.ts';
import { useWords } from '../i18n/use-words.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';
import { FreshnessLine } from '../ui/freshness-line.tsx';
import { Notices } from '../ui/notices.tsx';
import { Cross } from '../ui/shapes.tsx';
import { sections, type SectionId } from './sections.ts';
import { StartReal } from './start-real.tsx';
import './desk-head.css';

function LostLine(): ReactNode {
  const { t, exactAge } = useWords();
  const { timeZone } = useWorkspace();
  const phase = useScreen((screen) => screen.phase);
  const silentMs = useScreen((screen) => Math.floor(screen.silentMs / 1000) * 1000);
  const heartbeatAt = useScreen((screen) => screen.heartbeatAt);
  if (phase !== 'grey') return null;
  return (
    <p className="desk-lost" role="alert">
      <Cross />
      <strong>{t('connection.lost', { age: exactAge(silentMs) })}</strong>
      {heartbeatAt !== null && <span>{t('connection.lostSince', { time: timeOfDay(heartbeatAt, timeZone) })}</span>}
    </p>
  );
}

function ServerTime(): ReactNode {
  const { t } = useWords();
  const { timeZone } = useWorkspace();
  const time = useScreen((screen) => timeOfDay(screen.now, timeZone));
  const grey = useScreen((screen) => screen.phase === 'grey');
  return (
    <span className="desk-time">
      <span className={grey ? undefined : 'desk-time-usual'}>{t(grey ? 'connection.localTime' : 'desk.serverTime')}</span>
      <time className="figure">{time}</time>
    </span>
  );
}

export interface DeskHeadProps {
  readonly section: SectionId;
  /** More controls at the right end of the line. */
  readonly children?: ReactNode;
}

export function DeskHead({ section, children }: DeskHeadProps): ReactNode {
  const { t, language } = useWords();
  const workspace = useWorkspace();
  return (
    <header className="desk-head">
      <div className="desk-bar">
        <span className="desk-product">{t('product')}</span>
        {workspace.name !== '' && <span className="desk-workspace">{workspace.name}</span>}
        {workspace.demo && <span className="demo-mark">{t('demo.mark')}</span>}
        <nav className="desk-nav" aria-label={t('nav.label')}>
          {sections.map(({ id, path }) => (
            <a key={id} href={path} aria-current={id === section ? 'page' : undefined}>
              {t(`nav.${id}`)}
            </a>
          ))}
        </nav>
        <div className="desk-right">
          <ServerTime />
          {children}
          <button type="button" className="quiet" onClick={() => setLanguage(language === 'en' ? 'zh-CN' : 'en')}>
            {t('language.switch')}
          </button>
          {workspace.demo && <StartReal />}
        </div>
      </div>
      <div className="desk-state">
        <FreshnessLine />
        <Notices />
      </div>
      <LostLine />
    </header>
  );
}
