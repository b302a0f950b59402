/** What was answered today and what was closed lately, each with the time it took; and who is on duty. */
import { memo, useMemo, type ReactNode } from 'react';
import type { IncidentPage, IncidentView } from '../../shared/incidents/types.ts';
import { dayOf, hourMinute } from '../format/instant.ts';
import { isolated } from '../format/outside.ts';
import { useDeskWords } from '../i18n/desk/use-desk-words.ts';
import { useMoment } from '../desk-kit/use-moment.ts';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';
import { OutsideText } from '../ui/outside-text.tsx';
import { fetchIncidents } from './api.ts';
import type { Duty } from './duty.ts';
import { MoreButton } from './more-button.tsx';
import { ownClick } from './queue-row.tsx';
import { takenBy, takenWords, type Story } from './story-fields.ts';
import { joinPages, useMorePages } from './use-more-pages.ts';
import { storyPath } from './use-story-address.ts';
import { StoryTitle } from '../ui/story-title.tsx';

interface ClosedProps {
  readonly recent: IncidentPage;
  /** Open stories that were answered belong to the day's work too. */
  readonly answered: readonly Story[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

const HOUR_MS = 3_600_000;
const incidentKey = (incident: IncidentView): string => incident.id;
const fetchClosed = (cursor: string) => fetchIncidents('closed', cursor);

export interface DaySum {
  readonly count: number;
  readonly late: number;
  /** Whole hours that every one of them had; null if they had different times. */
  readonly hours: number | null;
}

/** The answers of a day: how many, how many of them late. Drills are no work, and stories of history were not timed. */
export function dayOfAnswers(stories: readonly Story[], isToday: (at: number) => boolean): DaySum {
  const taken = stories.flatMap((story) => {
    const one = story.drill || story.status === 'false_alarm' ? null : takenBy(story);
    return one && isToday(one.at) && (one.late || !one.fromHistory) ? [one] : [];
  });
  const allowed = new Set(taken.map((one) => one.allowed));
  const [only] = allowed;
  return {
    count: taken.length,
    late: taken.filter(({ late }) => late).length,
    hours: allowed.size === 1 && only !== undefined && only % HOUR_MS === 0 ? only / HOUR_MS : null,
  };
}

function Line({
  story,
  chosen,
  onChoose,
}: {
  readonly story: Story;
  readonly chosen: boolean;
  readonly onChoose: (id: string) => void;
}): ReactNode {
  const words = useDeskWords();
  const { t } = words;
  const moment = useMoment();
  const taken = takenBy(story);
  const by = story.respondedBy ?? story.owner ?? '';
  return (
    <li>
      <a
        className="closed-row"
        href={storyPath(story.id)}
        aria-current={chosen ? 'true' : undefined}
        title={taken ? moment(taken.at) : isolated(story.title)}
        onClick={(event) => ownClick(event, () => onChoose(story.id))}
      >
        <span className="closed-title" title={isolated(story.title)}>
          <StoryTitle>{story.title}</StoryTitle>
        </span>
        <span className="closed-by" title={isolated(by)}>
          <OutsideText>{by}</OutsideText>
        </span>
        <span className={taken?.late === true ? 'late-word' : 'small'}>
          {story.status === 'resolved' && taken ? takenWords(taken, words) : t(`pr.status.${story.status}`)}
        </span>
      </a>
    </li>
  );
}

function Closed({ recent, answered, chosen, onChoose }: ClosedProps): ReactNode {
  const { t } = useDeskWords();
  const { timeZone } = useWorkspace();
  const today = useScreen((screen) => dayOf(screen.now, timeZone));
  const behind = useMorePages(recent.next, fetchClosed);
  const pages = behind.rows;
  const rows: readonly Story[] = useMemo(() => joinPages(recent.incidents, pages, incidentKey), [recent, pages]);
  const sum = useMemo(() => dayOfAnswers([...answered, ...rows], (at) => dayOf(at, timeZone) === today), [answered, rows, timeZone, today]);
  const words = (): string => {
    if (sum.count === 0) return t('pr.todayNone');
    if (sum.late > 0) return t('pr.todayLate', { count: sum.count, late: sum.late });
    return sum.hours === null ? t('pr.todayInTime', { count: sum.count }) : t('pr.todayWithin', { count: sum.count, hours: sum.hours });
  };
  return (
    <section className="part pr-closed">
      <header className="part-head">
        <h2>{t('pr.recent')}</h2>
        <span className={sum.late > 0 ? 'late-word part-tools' : 'part-note part-tools'}>{words()}</span>
      </header>
      {recent.total === 0 ? (
        <p className="small">{t('pr.recentEmpty')}</p>
      ) : (
        <ol className="closed-rows">
          {rows.map((story) => (
            <Line key={story.id} story={story} chosen={story.id === chosen} onChoose={onChoose} />
          ))}
        </ol>
      )}
      <MoreButton pages={behind} hidden={recent.total - rows.length} />
    </section>
  );
}

export const ClosedList = memo(Closed);

export const OnDuty = memo(function OnDuty({ duty }: { readonly duty: readonly Duty[] }): ReactNode {
  const { t, coded } = useDeskWords();
  const { timeZone } = useWorkspace();
  if (duty.length === 0) return null;
  return (
    <section className="part pr-duty">
      <header className="part-head">
        <h2>{t('pr.duty')}</h2>
        <a href="/settings/roster" className="part-tools">
          {t('pr.roster')}
        </a>
      </header>
      <ul className="duty-rows">
        {duty.map(({ role, name, until }) => (
          <li key={`${role} ${name}`}>
            <span>{coded('role', role)}</span>
            <strong>
              <OutsideText>{name}</OutsideText>
            </strong>
            <span className="small">{t('pr.dutyUntil', { time: hourMinute(until, timeZone) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
});
