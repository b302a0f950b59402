/** When sales are behind a plan: one rule for what a wall marks and for what its sentence says. */
import type { PlanCurve } from './types.ts';

export interface HeldSales {
  /** Minor units, here and below. */
  readonly net: number | null;
  readonly planToNow: number | null;
  readonly pace: number | null;
  readonly curve: PlanCurve | null;
}

/** Sales may be 5 % behind the plan. */
const PACE_FLOOR = 0.95;
/** Less money than this share of the day's plan is not worth a look. */
const LEAST_OF_DAY = 0.01;

/** Money short of the plan to now where the pace is below its floor and the plan is one that was learnt or set; else 0. */
export function shortfall({ net, planToNow, pace, curve }: HeldSales): number {
  if (net === null || planToNow === null || pace === null || curve === null || curve === 'even') return 0;
  return pace < PACE_FLOOR ? planToNow - net : 0;
}

/** `dayTarget`: the plan of the whole day; null without one. */
export const leastAtStake = (dayTarget: number | null): number => (dayTarget ?? 0) * LEAST_OF_DAY;
