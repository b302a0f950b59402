/** The dates of promises as they stand on a morning: what fell due since the last workday, what is due today, what was carried on. */
import type { DueRow, StandupPromise, Tally } from '../../../shared/standup/types.ts';
import type { Calendar } from '../time/calendar.ts';

/** Half-open, UTC ms. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The stretches of a day's meeting. Days are business days. */
export interface Morning {
  readonly day: number;
  /** The last workday before: Friday on a Monday, and the workday before a holiday after it [SU5]. */
  readonly since: number;
  readonly before: Stretch;
  readonly today: Stretch;
}

export function morningOf(day: number, previousWorkday: (day: number) => number, calendar: Calendar): Morning {
  const since = previousWorkday(day);
  const start = calendar.startOfDay(day);
  return {
    ...{ day, since, before: { from: calendar.startOfDay(since), to: start } },
    today: { from: start, to: calendar.startOfDay(day + 1) },
  };
}

/**
 * One row for each promise that was due in the stretch: as it is, where its date is still there; as moved, where the date
 * it had there was changed to one outside it [SU4]. Nearest first.
 */
export function duesIn(promises: readonly StandupPromise[], { from, to }: Stretch, calendar: Calendar, now: number): DueRow[] {
  const within = (at: number) => at >= from && at < to;
  return promises
    .flatMap((promise): DueRow[] => {
      if (within(promise.dueAt)) return [standing(promise, calendar, now)];
      const move = promise.moves.findLast((each) => within(each.from));
      if (!move) return [];
      const { id, version, what, shortName, who, department } = promise;
      const row = { id, version, what, shortName, who, department };
      return [{ ...row, dueAt: move.from, state: 'moved', movedTo: promise.dueAt, reason: move.reason, carried: 0 }];
    })
    .sort(byDue);
}

/** Open promises whose date lies before `before`, UTC ms. Nearest first. */
export function openDuesBefore(promises: readonly StandupPromise[], before: number, calendar: Calendar, now: number): DueRow[] {
  return promises
    .filter(({ state, dueAt }) => state === 'open' && dueAt < before)
    .map((promise) => standing(promise, calendar, now))
    .sort(byDue);
}

/** Open promises with a date at or after `from`, UTC ms. Nearest first. */
export function openDuesFrom(promises: readonly StandupPromise[], from: number, calendar: Calendar, now: number): DueRow[] {
  return promises
    .filter(({ state, dueAt }) => state === 'open' && dueAt >= from)
    .map((promise) => standing(promise, calendar, now))
    .sort(byDue);
}

/** An open promise comes up every morning after its date until somebody says what became of it [SU6]. */
function standing(promise: StandupPromise, calendar: Calendar, now: number): DueRow {
  const { id, version, what, shortName, who, department, dueAt, state, reason } = promise;
  const carried = state === 'open' ? Math.max(0, calendar.dayOf(now) - calendar.dayOf(dueAt)) : 0;
  return { id, version, what, shortName, who, department, dueAt, state, movedTo: null, reason, carried };
}

const byDue = (a: DueRow, b: DueRow): number => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1);

export function tallyOf(rows: readonly DueRow[]): Tally {
  const count = (state: DueRow['state']) => rows.filter((row) => row.state === state).length;
  return { due: rows.length, kept: count('kept'), missed: count('missed'), moved: count('moved'), open: count('open') };
}
