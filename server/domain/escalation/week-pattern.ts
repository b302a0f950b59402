/**
 * Shifts of a weekly pattern over a range of days. A day gets the shifts of the weekday it is like: a holiday those of a
 * Sunday, a make-up workday (调休) those of the weekday it stands in for. Times are those of wall clocks in the business
 * zone, so that a shift from nine to six is one in summer as in winter.
 */
import type { RosterRole } from '../../../shared/incidents/ladder.ts';
import type { RosterShift } from '../../../shared/incidents/roster.ts';
import type { Workdays } from '../nodes/workdays.ts';
import { HOUR_MS, type Calendar } from '../time/calendar.ts';

export interface PatternShift {
  readonly role: RosterRole;
  readonly person: string;
  /** Monday 0 … Sunday 6. */
  readonly weekday: number;
  /** Minutes of the day, 0 … 1,439. */
  readonly from: number;
  /** At or before `from`: on the next day. */
  readonly to: number;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/** When wall clocks show this minute of the day, UTC ms. A minute that clocks skip is taken as the one they go on with. */
function instantOf(calendar: Calendar, day: number, minute: number): number {
  const [on, of] = [day + Math.floor(minute / DAY_MINUTES), minute % DAY_MINUTES];
  const at = calendar.startOfDay(on) + of * MINUTE_MS;
  const off = Math.floor(of / 60) - (calendar.hourBucket(at) - on * 24);
  const moved = at + off * HOUR_MS;
  return calendar.hourBucket(moved) === on * 24 + Math.floor(of / 60) ? moved : at;
}

/** `from` and `to` are business days, both included. Shifts come in the order of the days, then of the pattern. */
export function shiftsOfPattern(
  pattern: readonly PatternShift[],
  range: { readonly from: number; readonly to: number },
  calendar: Calendar,
  workdays: Pick<Workdays, 'weekdayLike'>,
): readonly RosterShift[] {
  const text = (ms: number): string => new Date(ms).toISOString();
  return Array.from({ length: Math.max(0, range.to - range.from + 1) }, (_, i) => range.from + i).flatMap((day) =>
    pattern
      .filter(({ weekday }) => weekday === workdays.weekdayLike(day))
      .map(({ role, person, from, to }) => ({
        ...{ role, person },
        from: text(instantOf(calendar, day, from)),
        to: text(instantOf(calendar, day, to > from ? to : to + DAY_MINUTES)),
      })),
  );
}
