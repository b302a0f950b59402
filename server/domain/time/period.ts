/**
 * Periods people ask for: 2026-11-23 · 2026-W48 (ISO week, from Monday) · 2026-11 ·
 * 2026-Q4 · 2026, as half-open ranges of business days, and the arithmetic on them.
 * Pure date arithmetic; only the elapsed share needs a calendar's instants.
 */
import type { Grain } from '../../../shared/kpi/types.ts';
import { DAY_MS, formatDay, parseDay, type Calendar } from './calendar.ts';

export interface Period {
  readonly grain: Grain;
  /** As it is written in queries and targets. */
  readonly name: string;
  /** First business day, and the day after the last. */
  readonly from: number;
  readonly to: number;
}

/** undefined when the text names no period of that grain, such as 2026-W54 or 2026-13. */
export function parsePeriod(grain: Grain, text: string): Period | undefined {
  const first = firstDay[grain](text);
  if (first === undefined) return undefined;
  const period = periodOf(grain, first);
  return period.name === text && period.from === first ? period : undefined;
}

/** The period of a grain that holds a business day. */
export function periodOf(grain: Grain, day: number): Period {
  const date = new Date(day * DAY_MS);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  switch (grain) {
    case 'day':
      return { grain, name: formatDay(day), from: day, to: day + 1 };
    case 'week': {
      const monday = day - weekday(day);
      // ISO 8601: a week belongs to the year that holds its Thursday.
      const weekYear = new Date((monday + 3) * DAY_MS).getUTCFullYear();
      const number = (monday - firstMonday(weekYear)) / 7 + 1;
      return { grain, name: `${digits(weekYear, 4)}-W${digits(number, 2)}`, from: monday, to: monday + 7 };
    }
    case 'month':
      return { grain, name: `${digits(year, 4)}-${digits(month + 1, 2)}`, from: dayNumber(year, month), to: dayNumber(year, month + 1) };
    case 'quarter': {
      const start = month - (month % 3);
      return { grain, name: `${digits(year, 4)}-Q${start / 3 + 1}`, from: dayNumber(year, start), to: dayNumber(year, start + 3) };
    }
    case 'year':
      return { grain, name: digits(year, 4), from: dayNumber(year, 0), to: dayNumber(year + 1, 0) };
  }
}

/** The previous like period: the day, week, month, … before. */
export function previousPeriod(period: Period): Period {
  return periodOf(period.grain, period.from - 1);
}

/** How many like periods a landing learns from, and for days: the same weekday, as weekdays differ more than weeks do. */
const likeCount: Record<Grain, number> = { day: 8, week: 12, month: 12, quarter: 8, year: 5 };

/** Like past periods, newest first (R24). */
export function likePeriods(period: Period): readonly Period[] {
  const found: Period[] = [];
  let last = period;
  while (found.length < likeCount[period.grain]) {
    last = period.grain === 'day' ? periodOf('day', last.from - 7) : previousPeriod(last);
    found.push(last);
  }
  return found;
}

/** Elapsed share of business days [from, to) at an instant: continuous, 0 before, 1 after. */
export function elapsedShare(calendar: Calendar, range: { readonly from: number; readonly to: number }, at: number): number {
  const start = calendar.startOfDay(range.from);
  const end = calendar.startOfDay(range.to);
  if (at >= end) return 1;
  return at <= start ? 0 : (at - start) / (end - start);
}

const digits = (n: number, width: number) => String(n).padStart(width, '0');
/** First day of a month; month 12 is January of the next year. */
const dayNumber = (year: number, month: number) => Date.UTC(year, month, 1) / DAY_MS;
/** Monday 0 … Sunday 6; day 0 was a Thursday. */
const weekday = (day: number) => (((day + 3) % 7) + 7) % 7;
/** Monday of ISO week 1: the week with 4 January. */
function firstMonday(year: number): number {
  const fourth = Date.UTC(year, 0, 4) / DAY_MS;
  return fourth - weekday(fourth);
}

const firstDay: Record<Grain, (text: string) => number | undefined> = {
  day: parseDay,
  week(text) {
    const match = /^(\d{4})-W(\d{2})$/.exec(text);
    return match ? firstMonday(Number(match[1])) + (Number(match[2]) - 1) * 7 : undefined;
  },
  month: (text) => (/^\d{4}-\d{2}$/.test(text) ? parseDay(`${text}-01`) : undefined),
  quarter(text) {
    const match = /^(\d{4})-Q([1-4])$/.exec(text);
    return match ? parseDay(`${match[1]}-${digits((Number(match[2]) - 1) * 3 + 1, 2)}-01`) : undefined;
  },
  year: (text) => (/^\d{4}$/.test(text) ? parseDay(`${text}-01-01`) : undefined),
};
