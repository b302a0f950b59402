/** Which of the last whole hours are far behind their plan: drawn in the chart, and a mark as others are. Pure. */
import type { OverviewState } from '../../shared/wire/views/overview.ts';

/** Whole hours before the running one that may be marked, and how far behind its plan an hour must be. */
const MARKED_HOURS = 3;
const HOUR_FLOOR = 0.85;

/** From what came in up to the plan, minor units. */
export interface HourBehind {
  readonly hour: number;
  readonly amount: number;
  readonly plan: number;
}

export function hoursBehind({
  net,
  plan,
  currentHour,
}: Pick<OverviewState['hours'], 'net' | 'plan' | 'currentHour'>): readonly HourBehind[] {
  if (plan === null) return [];
  return plan.flatMap((planned, hour) => {
    const amount = net[hour] ?? null;
    const recent = hour < currentHour && hour >= currentHour - MARKED_HOURS;
    return recent && amount !== null && amount < planned * HOUR_FLOOR ? [{ hour, amount: Math.max(0, amount), plan: planned }] : [];
  });
}
