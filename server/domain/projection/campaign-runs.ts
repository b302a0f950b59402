/** The days that the rows of running campaigns are drawn over, and each campaign's phases among them. */
import { parseDay } from '../time/calendar.ts';
import type { CampaignKnown } from './campaign-facts.ts';

/** Half-open range of days. */
export interface Days {
  readonly from: number;
  readonly to: number;
}
export interface PhaseDays {
  readonly warmup: Days;
  readonly burst: Days;
  readonly review: Days;
}

/** Days around today that are shown at least, and at most: a campaign of a year must not make one of a week invisible. */
const LEAST_DAYS = 14;
const MOST_DAYS = 45;

/** Business days. */
export function phaseDays({ plan }: CampaignKnown): PhaseDays {
  const { warmup, burst, review } = plan.data.phases;
  return { warmup: daysOf(warmup), burst: daysOf(burst), review: daysOf(review) };
}

function daysOf({ from, to }: { readonly from: string; readonly to: string }): Days {
  const [first, last] = [parseDay(from), parseDay(to)];
  if (first === undefined || last === undefined) throw new Error(`a planned phase has no such days: ${from} to ${to}`);
  return { from: first, to: last + 1 };
}

/** From the first start to the last end of what is shown, but not far from today. Business days. */
export function axisOf(shown: readonly PhaseDays[], today: number): Days {
  const all = shown.flatMap(({ warmup, burst, review }) => [warmup, burst, review]);
  const first = Math.min(today - LEAST_DAYS, ...all.map(({ from }) => from));
  const end = Math.max(today + LEAST_DAYS + 1, ...all.map(({ to }) => to));
  return { from: Math.max(first, today - MOST_DAYS), to: Math.min(end, today + MOST_DAYS + 1) };
}

/** Counted from the first day of the axis. */
export const onAxis = ({ from, to }: Days, axis: Days): Days => ({ from: from - axis.from, to: to - axis.from });
