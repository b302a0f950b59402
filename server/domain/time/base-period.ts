/**
 * What a period is compared with: the like period before or the one a year before, and up to when that one is looked at.
 * A running period is compared with its base as that one stood after the same elapsed time (R19, R27).
 */
import { DAY_MS, type Calendar } from './calendar.ts';
import { periodOf, type Period } from './period.ts';

/**
 * The like period a year before: the same date, week number, month or quarter. What the year before lacks becomes its
 * nearest earlier neighbour: 29 February the 28th, week 53 the last week.
 */
export function yearEarlier(period: Period): Period {
  const { grain, from } = period;
  if (grain === 'week') return periodOf('week', weekBefore(period));
  const date = new Date(from * DAY_MS);
  const year = date.getUTCFullYear() - 1;
  const day = Math.min(date.getUTCDate(), lastDayOfMonth(year, date.getUTCMonth()));
  return periodOf(grain, Date.UTC(year, date.getUTCMonth(), day) / DAY_MS);
}

/** A day of the week with the same number in the ISO year before, which is 52 or 53 weeks away; of its last week for week 53. */
function weekBefore({ name, from }: Period): number {
  const number = name.slice(-2);
  for (const weeks of [52, 53]) {
    const monday = from - weeks * 7;
    if (periodOf('week', monday).name.endsWith(number)) return monday;
  }
  return from - 53 * 7;
}

const lastDayOfMonth = (year: number, month: number): number => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

/** Time gone of a running period at an instant, in ms, below 0 before it begins; null once it is over. */
export function elapsedIn(calendar: Calendar, period: Period, at: number): number | null {
  return at >= calendar.startOfDay(period.to) ? null : at - calendar.startOfDay(period.from);
}

/**
 * The instant up to which a base is looked at, UTC ms: its start and the time gone of the period compared with it.
 * undefined where that period is over, so that a whole one is compared with a whole one.
 */
export function sameElapsed(calendar: Calendar, base: Period, elapsed: number | null): number | undefined {
  return elapsed === null ? undefined : calendar.startOfDay(base.from) + elapsed;
}

/** `sameElapsed` for a period as it stands at an instant. */
export function baseAsOf(calendar: Calendar, period: Period, base: Period, asOf: number): number | undefined {
  return sameElapsed(calendar, base, elapsedIn(calendar, period, asOf));
}
