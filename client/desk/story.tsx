/** One incident to understand: its clock, what happened when, what people wrote, who did what. */
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { AuditLine, ClockView, IncidentDetail, IncidentMention } from '../../shared/incidents/types.ts';
import { dateLabel, dayOf, hourMinute, timeOfDay } from '../format/instant.ts';
import { fullCount, scaled } from '../format/scale.ts';
import { useWords } from '../i18n/use-words.ts';
import type { Words } from '../i18n/use-words.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';
import { nextClock } from './next-clock.ts';
import { RunningClock, UrgencyShape, urgencyKey, useUrgency } from './running-clock.tsx';
import { OutsideLink, OutsideText } from '../ui/outside-text.tsx';
import { isolated } from '../format/outside.ts';
import './story.css';

/** Time alone for today, with its date otherwise. */
function useMoment(): (at: number) => string {
  const { language } = useWords();
  const { timeZone } = useWorkspace();
  const today = useScreen((screen) => dayOf(screen.now, timeZone));
  return (at) => {
    const time = timeOfDay(at, timeZone);
    return dayOf(at, timeZone) === today ? time : `${dateLabel(at, timeZone, language)} ${time}`;
  };
}

function ClockBlock({ detail }: { readonly detail: IncidentDetail }): ReactNode {
  const { t } = useWords();
  const moment = useMoment();
  const clock = nextClock(detail);
  const urgency = useUrgency(clock);
  if (!clock) {
    return (
      <div className="clock-block over">
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

function Mention({ mention, story }: { readonly mention: IncidentMention; readonly story: string }): ReactNode {
  const { t, scale } = useWords();
  const { timeZone } = useWorkspace();
  // A title that only repeats the story's says nothing.
  const title = mention.title === story ? null : mention.title;
  const reach = mention.reach === null ? null : scaled(mention.reach, scale);
  return (
    <li className={`mention ${mention.deleted ? 'deleted' : ''}`}>
      <time dateTime={new Date(mention.publishedAt).toISOString()}>{hourMinute(mention.publishedAt, timeZone)}</time>
      <strong>
        <OutsideText>{mention.platform}</OutsideText>
      </strong>
      <div className="mention-words">
        <p>
          <OutsideText>{title ?? mention.text}</OutsideText>
        </p>
        {title !== null && (
          <p className="mention-text">
            <OutsideText>{mention.text}</OutsideText>
          </p>
        )}
        <p className="mention-meta">
          {[
            mention.author && isolated(mention.author),
            reach && `${t('desk.reach')} ${reach.figure}${reach.unit}`,
            mention.deleted && t('desk.deleted'),
          ]
            .filter(Boolean)
            .join(' · ')}{' '}
          <OutsideLink url={mention.url}>{t('desk.openLink')}</OutsideLink>
        </p>
      </div>
      <span className="polarity">
        {t(`desk.polarity.${mention.polarity}` as 'desk.polarity.negative', { defaultValue: mention.polarity })}
      </span>
    </li>
  );
}

/** What the line is about beyond its action: the words of an answer, a reason, a note. */
function auditNote(line: AuditLine): string {
  const said = line.detail['text'] ?? line.detail['reason'] ?? line.detail['note'];
  return typeof said === 'string' ? said : '';
}

function actionWord(action: string, t: Words['t']): string {
  return t(`desk.action.${action}` as 'desk.action.opened', { defaultValue: action });
}

function Audit({ lines }: { readonly lines: readonly AuditLine[] }): ReactNode {
  const { t } = useWords();
  const moment = useMoment();
  return (
    <ol className="audit">
      {lines.toReversed().map((line) => (
        <li key={line.seq}>
          <time dateTime={new Date(line.at).toISOString()}>{moment(line.at)}</time>
          <strong>{line.actor === 'system' ? t('desk.system') : <OutsideText>{line.actor}</OutsideText>}</strong>
          <span>
            {actionWord(line.action, t)}
            {auditNote(line) && (
              <span className="audit-note">
                {' '}
                <OutsideText>{auditNote(line)}</OutsideText>
              </span>
            )}
          </span>
        </li>
      ))}
    </ol>
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

/** A story that spread has hundreds of mentions; those with the widest reach come with the page. */
const SHOWN_AT_FIRST = 30;

export function StoryBody({ detail }: { readonly detail: IncidentDetail }): ReactNode {
  const { t } = useWords();
  const [all, setAll] = useState(false);
  const sorted = detail.mentions.toSorted((a, b) => (b.reach ?? 0) - (a.reach ?? 0));
  const shown = all ? sorted : sorted.slice(0, SHOWN_AT_FIRST);
  const hidden = detail.mentions.length - shown.length;
  return (
    <section className="card story-body">
      <header className="card-head">
        <h2>
          {t('desk.mentions')} {detail.mentionCount}
        </h2>
        <span>{t('desk.mentionsOrder')}</span>
      </header>
      <ol className="mentions">
        {shown.map((mention) => (
          <Mention key={`${mention.source} ${mention.mentionId}`} mention={mention} story={detail.title} />
        ))}
      </ol>
      {hidden > 0 && (
        <button type="button" className="quiet" onClick={() => setAll(true)}>
          {t('desk.mentionsMore', { count: hidden })}
        </button>
      )}
    </section>
  );
}

export function StoryAudit({ detail }: { readonly detail: IncidentDetail }): ReactNode {
  const { t } = useWords();
  return (
    <section className="card story-audit">
      <header className="card-head">
        <h2>{t('desk.audit')}</h2>
        <span>{t('desk.auditNote')}</span>
      </header>
      <Audit lines={detail.audit} />
    </section>
  );
}
