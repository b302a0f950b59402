/** Open incidents by remaining time, and recently closed ones. */
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { IncidentPage, IncidentView } from '../../shared/incidents/types.ts';
import { fullCount } from '../format/scale.ts';
import { useWords } from '../i18n/use-words.ts';
import { fetchIncidents } from './api.ts';
import { MoreButton } from './more-button.tsx';
import { nextClock } from './next-clock.ts';
import { RunningClock, UrgencyShape, urgencyKey, useUrgency } from './running-clock.tsx';
import { OutsideText } from '../ui/outside-text.tsx';
import { isolated } from '../format/outside.ts';
import { joinPages, useMorePages } from './use-more-pages.ts';
import type { MorePages } from './use-more-pages.ts';
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
  readonly open: IncidentPage;
  /** Open incidents behind the first page, as far as a person has requested them. */
  readonly openBehind: MorePages<IncidentView>;
  readonly recent: IncidentPage;
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

export const incidentKey = (incident: IncidentView): string => incident.id;
const fetchClosed = (cursor: string) => fetchIncidents('closed', cursor);

function OpenList({ open, openBehind, chosen, onChoose }: Omit<QueueProps, 'recent'>): ReactNode {
  const { t } = useWords();
  const list = useRef<HTMLOListElement>(null);
  const rows = joinPages(open.incidents, openBehind.rows, incidentKey);
  // An incident that was chosen by a key or by its deadline may lie outside the visible part of the list.
  useEffect(() => {
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <section className="card">
      <header className="card-head">
        <h2>
          {t('desk.queue')} {fullCount(open.total)}
        </h2>
        <span>{t('desk.queueOrder')}</span>
      </header>
      {open.total === 0 && (
        <div className="empty">
          <p>{t('desk.queueEmpty')}</p>
          <p>{t('desk.queueEmptyHint')}</p>
        </div>
      )}
      <div className="queue-rows">
        <ol ref={list}>
          {rows.map((incident) => (
            <OpenItem key={incident.id} incident={incident} chosen={incident.id === chosen} onChoose={onChoose} />
          ))}
        </ol>
        <MoreButton pages={openBehind} hidden={open.total - rows.length} />
      </div>
    </section>
  );
}

function ClosedList({ recent, chosen, onChoose }: Pick<QueueProps, 'recent' | 'chosen' | 'onChoose'>): ReactNode {
  const { t } = useWords();
  const behind = useMorePages(recent.next, fetchClosed);
  const rows = joinPages(recent.incidents, behind.rows, incidentKey);
  return (
    <section className="card">
      <header className="card-head">
        <h2>
          {t('desk.recent')} {recent.total > 0 && fullCount(recent.total)}
        </h2>
      </header>
      {recent.total === 0 && <p className="empty">{t('desk.recentEmpty')}</p>}
      <div className="queue-rows">
        <ol>
          {rows.map((incident) => (
            <RecentItem key={incident.id} incident={incident} chosen={incident.id === chosen} onChoose={onChoose} />
          ))}
        </ol>
        <MoreButton pages={behind} hidden={recent.total - rows.length} />
      </div>
    </section>
  );
}

export function Queue({ recent, ...rest }: QueueProps): ReactNode {
  const { chosen, onChoose } = rest;
  return (
    <>
      <OpenList {...rest} />
      <ClosedList recent={recent} chosen={chosen} onChoose={onChoose} />
    </>
  );
}
