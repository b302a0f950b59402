/** One incident: its clock, the times of its events, and how far it has spread. */
import type { ReactNode } from 'react';
import type { ClockView, IncidentDetail } from '../../shared/incidents/types.ts';
import { fullCount, scaled } from '../format/scale.ts';
import { useWords } from '../i18n/use-words.ts';
import { nextClock } from './next-clock.ts';
import { RunningClock, UrgencyShape, urgencyKey, useUrgency } from './running-clock.tsx';
import { OutsideText } from '../ui/outside-text.tsx';
import { isolated } from '../format/outside.ts';
import { useMoment } from '../desk-kit/use-moment.ts';
import './story.css';

function ClockBlock({ detail }: { readonly detail: IncidentDetail }): ReactNode {
  const { t } = useWords();
  const moment = useMoment();
  const clock = nextClock(detail);
  const urgency = useUrgency(clock);
  if (!clock) {
    return (
      <div className="clock-block">
        <p className="clock-name">{t(`desk.status.${detail.status}`)}</p>
      </div>
    );
  }
  return (
    <div className={`clock-block ${urgency}`}>
      <p className="clock-name">
        <UrgencyShape urgency={urgency} />
        {t(urgencyKey(urgency))} · {t(clock.name === 'response' ? 'desk.firstResponse' : 'desk.disposal')}
      </p>
      <RunningClock clock={clock} className="clock-large" />
      <p>{t('desk.dueAt', { time: moment(clock.dueAt) })}</p>
    </div>
  );
}

function Deadline({ clock }: { readonly clock: ClockView }): ReactNode {
  const { t, exactAge } = useWords();
  const moment = useMoment();
  return (
    <li>
      <strong>{t(clock.name === 'response' ? 'desk.firstResponse' : 'desk.disposal')}</strong>
      <span>{t('desk.dueAt', { time: moment(clock.dueAt) })}</span>
      <span className={clock.state === 'fired' ? 'fire-text' : ''}>
        {t(`desk.clockState.${clock.state}`)}
        {clock.latenessMs !== null && clock.latenessMs >= 1_000 && ` · ${t('desk.clockLate', { age: exactAge(clock.latenessMs) })}`}
      </span>
    </li>
  );
}

export function StoryHead({ detail }: { readonly detail: IncidentDetail }): ReactNode {
  const { t, scale } = useWords();
  const moment = useMoment();
  const reach = detail.reach === null ? null : scaled(detail.reach, scale);
  return (
    <section className="card story-head">
      <ClockBlock detail={detail} />
      <div className="story-what">
        <h1>
          <OutsideText>{detail.title}</OutsideText>
        </h1>
        <p className="story-meta">
          {[isolated(detail.brand), t('desk.code', { code: detail.code }), detail.platforms.map(isolated).join(' / ')]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <p className="story-meta">{t('desk.timeline', { published: moment(detail.publishedAt), detected: moment(detail.detectedAt) })}</p>
        <p className="story-figures">
          <span>
            <strong className="figure">{fullCount(detail.mentionCount)}</strong> {t('desk.mentions')}
          </span>
          {detail.reach !== null && reach !== null && (
            <span title={fullCount(detail.reach)}>
              <strong className="figure">
                {reach.figure}
                {reach.unit}
              </strong>{' '}
              {t('desk.reach')}
            </span>
          )}
          <span>
            <strong>
              <OutsideText>{detail.owner ?? t('desk.status.open')}</OutsideText>
            </strong>{' '}
            {detail.owner !== null && t(`desk.status.${detail.status}`)}
          </span>
        </p>
        <ol className="deadlines" aria-label={t('desk.deadlines')}>
          {detail.clocks.map((clock) => (
            <Deadline key={`${clock.name}:${clock.generation}`} clock={clock} />
          ))}
        </ol>
      </div>
    </section>
  );
}
