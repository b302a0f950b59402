/**
 * Which days people work. A make-up workday (调休) is a workday although it is a Saturday or Sunday; a day off is none
 * although it is a Tuesday. A year whose arrangement nobody knows yet has the days off the law names and no make-up workdays.
 */
import type { HolidaysPolicy } from '../../../shared/kpi/holidays.ts';
import { DAY_MS, parseDay } from '../time/calendar.ts';
import type { Almanac, Arrangement } from './almanac.ts';

/** workday · rest: a Saturday or Sunday nobody works · holiday: a day off by arrangement or law. */
export type DayKind = 'workday' | 'rest' | 'holiday';

export interface Workdays {
  kindOf(day: number): DayKind;
  isWorkday(day: number): boolean;
  /** Name of the holiday a day off belongs to, 春节; undefined for any other day. */
  holidayName(day: number): string | undefined;
  /** The last workday before a day: what “yesterday” means to people who come to work. */
  previousWorkday(day: number): number;
  /**
   * The weekday (Monday 0 … Sunday 6) whose habits a day has: a day off has those of a Sunday, a make-up Saturday those of
   * the Friday before it, a make-up Sunday those of the Monday after it, any other day its own.
   */
  weekdayLike(day: number): number;
  /** Whether the arrangement of the year is known, from the policy or the almanac. */
  isArranged(year: number): boolean;
}

/** Monday 0 … Sunday 6; day 0 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;
export const yearOf = (day: number): number => new Date(day * DAY_MS).getUTCFullYear();

export function createWorkdays(almanac: Almanac, policy: HolidaysPolicy): Workdays {
  const known = new Map<number, { readonly arranged: boolean; readonly arrangement: Arrangement }>();

  function yearly(year: number) {
    let found = known.get(year);
    if (!found) {
      const arranged = ownArrangement(policy, year) ?? almanac.arrangement(year);
      found = { arranged: arranged !== undefined, arrangement: arranged ?? byLaw(almanac, year) };
      known.set(year, found);
    }
    return found;
  }

  function kindOf(day: number): DayKind {
    const { off, work } = yearly(yearOf(day)).arrangement;
    if (off.has(day)) return 'holiday';
    return weekdayOf(day) < 5 || work.has(day) ? 'workday' : 'rest';
  }
  const isWorkday = (day: number): boolean => kindOf(day) === 'workday';

  return {
    kindOf,
    isWorkday,
    holidayName: (day) => yearly(yearOf(day)).arrangement.off.get(day),
    previousWorkday(day) {
      let before = day - 1;
      while (!isWorkday(before)) before -= 1;
      return before;
    },
    weekdayLike(day) {
      const kind = kindOf(day);
      if (kind === 'holiday') return 6;
      const weekday = weekdayOf(day);
      if (kind === 'rest' || weekday < 5) return weekday;
      return weekday === 5 ? 4 : 0;
    },
    isArranged: (year) => yearly(year).arranged,
  };
}

function ownArrangement({ years }: HolidaysPolicy, year: number): Arrangement | undefined {
  const own = years[String(year)];
  if (!own) return undefined;
  const off = new Map<number, string>();
  for (const { name, from, to } of own.off) {
    const [first, last] = [parseDay(from), parseDay(to)];
    for (let day = first ?? 0; last !== undefined && day <= last; day += 1) off.set(day, name);
  }
  return { off, work: new Set(own.work.flatMap((text) => parseDay(text) ?? [])) };
}

/** The days off of the law in force since 2025, without anything moved. */
function byLaw(almanac: Almanac, year: number): Arrangement {
  if (year < almanac.firstYear || year > almanac.lastYear) return { off: new Map(), work: new Set() };
  const date = (month: number, day: number) => Date.UTC(year, month - 1, day) / DAY_MS;
  const newYear = almanac.lunarDay(year, 1, 1);
  const run = (first: number, days: number, name: string) => Array.from({ length: days }, (_, i) => [first + i, name] as const);
  return {
    off: new Map([
      ...run(date(1, 1), 1, '元旦'),
      ...run(newYear - 1, 4, '春节'),
      ...run(almanac.qingming(year), 1, '清明'),
      ...run(date(5, 1), 2, '劳动节'),
      ...run(almanac.lunarDay(year, 5, 5), 1, '端午'),
      ...run(almanac.lunarDay(year, 8, 15), 1, '中秋'),
      ...run(date(10, 1), 3, '国庆'),
    ]),
    work: new Set(),
  };
}
