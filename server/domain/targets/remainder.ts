/**
 * The part of a past period that corresponds to what is left of the running one (R24),
 * cut where buckets can be cut: at the next whole business day, or in a day at the next whole hour.
 */
import { elapsedShare, type Period } from '../time/period.ts';
import type { Calendar } from '../time/calendar.ts';

export interface Remainder {
  /** Half-open range of buckets: hours (day × 24 + hour) for a day, business days otherwise. */
  readonly unit: 'day' | 'hour';
  readonly from: number;
  readonly to: number;
  /** Share of an even plan that falls in it, 0 < share ≤ 1. */
  readonly planShare: number;
}

/**
 * What a past period teaches about the rest of the running one [R24]: actual ÷ plan over that part; undefined without a
 * plan, and without data of its own: a period before the workspace had any is no measurement of nothing sold.
 */
export function learntRatio(past: {
  readonly plan: number | undefined;
  /** Net sales in `rest`. */
  readonly remaining: number;
  readonly rest: Remainder;
  readonly hasData: boolean;
}): number | undefined {
  const { plan, remaining, rest, hasData } = past;
  return plan === undefined || plan === 0 || !hasData ? undefined : remaining / (plan * rest.planShare);
}

/** `elapsed`: share of the running period that is over, 0 ≤ elapsed < 1. At least the last day (hour) remains. */
export function remainder(calendar: Calendar, past: Period, elapsed: number): Remainder {
  if (past.grain === 'day') {
    const hour = Math.min(Math.ceil(elapsed * 24), 23);
    return { unit: 'hour', from: past.from * 24 + hour, to: past.to * 24, planShare: 1 - hour / 24 };
  }
  const days = past.to - past.from;
  const first = past.from + Math.min(Math.ceil(elapsed * days), days - 1);
  return { unit: 'day', from: first, to: past.to, planShare: 1 - elapsedShare(calendar, past, calendar.startOfDay(first)) };
}
