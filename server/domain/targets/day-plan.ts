/** A day's plan where few teams set one: the day's own target, else its even share of the month's. */
import type { DimValue } from '../cells.ts';
import type { Calendar } from '../time/calendar.ts';
import { periodOf } from '../time/period.ts';
import type { TargetBook } from './book.ts';

export interface DayPlan {
  /** Minor units; a share of a month need not be whole. */
  readonly value: number;
  readonly basis: 'day' | 'month_share';
}

export function dayPlan(book: TargetBook, calendar: Calendar, day: number, dimension?: Readonly<Record<string, DimValue>>): DayPlan | null {
  const target = (grain: 'day' | 'month') => book.value({ kpi: 'net_sales', grain, period: periodOf(grain, day).name, dimension });
  const own = target('day');
  if (own !== undefined) return { value: own, basis: 'day' };
  const month = target('month');
  if (month === undefined) return null;
  const { from, to } = periodOf('month', day);
  const share = length(calendar, day, day + 1) / length(calendar, from, to);
  return { value: month * share, basis: 'month_share' };
}

/** ms; a day with a change of clocks is shorter or longer. */
const length = (calendar: Calendar, from: number, to: number) => calendar.startOfDay(to) - calendar.startOfDay(from);
