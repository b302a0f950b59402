/**
 * Where a running period may end [R24]: what it has sold so far and a range of what may still come, held together with the
 * plan so that the two never contradict each other.
 *
 * A day learns from past days, a longer period from past stretches of days; with four past days or more, but too few for
 * that, a day lands by its pace, as far off as those days were. With less than that: the present pace ± 10 %,
 * `few_samples`. Nothing is said while there is too little to go by (`heard`).
 */
import { weekdayOf } from './day-factors.ts';
import { restOfDay, restByPace, type Rest } from './day-forecast.ts';
import { restOfDays } from './days-forecast.ts';
import { elapsedHours } from './elapsed-hours.ts';
import { shareOver } from './hour-shares.ts';
import { pace } from './plan.ts';
import type { CurveMoment, SalesCurve, SalesPast } from './sales-curve.ts';

/** The range given for want of a better one: pace × (1 ± this). */
const FEW_SPREAD = 0.1;
/** Below this share of the plan due there is nothing to hold sales against: 72 minutes of an even day, a day of a month. */
const LEAST_DUE = { day: 0.05, longer: 0.03 } as const;
/** Orders without which the first half of a plan says nothing. */
const LEAST_ORDERS = 5;

export interface LandingRange {
  readonly low: number;
  readonly high: number;
  readonly basis: 'learnt' | 'few_samples';
  /** Past days or stretches it was learnt from. */
  readonly sample: number;
}

/** Whether enough of a plan is due, and enough was sold, to say how sales stand against it. */
export function heard({ period }: Pick<CurveMoment, 'period'>, due: number, orders: number): boolean {
  return due >= (period.grain === 'day' ? LEAST_DUE.day : LEAST_DUE.longer) && (orders >= LEAST_ORDERS || due >= 0.5);
}

export interface SoFar {
  readonly net: number;
  readonly orders: number;
  readonly target: number;
}

/** null before the period has begun, and while nothing can be said. */
export function landing(moment: CurveMoment, known: SalesPast, curve: SalesCurve, soFar: SoFar): LandingRange | null {
  const { calendar, period, asOf } = moment;
  const { net, orders, target } = soFar;
  if (asOf >= calendar.startOfDay(period.to)) return { low: net, high: net, basis: 'learnt', sample: 0 };
  if (asOf < calendar.startOfDay(period.from)) return null;
  const learnt = period.grain === 'day' ? restOfRunningDay(moment, curve, net) : restOfRunningDays(moment, known, curve);
  if (learnt) return towardsPlan({ low: net + learnt.low, high: net + learnt.high, basis: 'learnt', sample: learnt.sample }, curve, soFar);
  const now = pace(net, target, curve.due);
  if (now === null || !heard(moment, curve.due, orders)) return null;
  const rest = target * (1 - curve.due) * now;
  const ends = [net + rest * (1 - FEW_SPREAD), net + rest * (1 + FEW_SPREAD)];
  const range = { low: Math.min(...ends), high: Math.max(...ends) };
  return range.low === range.high ? null : { ...range, basis: 'few_samples', sample: 0 };
}

function restOfRunningDay({ calendar, period, asOf, factors }: CurveMoment, { learnt }: SalesCurve, net: number): Rest | null {
  if (!learnt?.shares) return null;
  const so = { day: period.from, net, parts: elapsedHours(calendar, period.from, asOf) };
  const { past, shares } = learnt;
  const weight = learnt.weights ?? ((day: number) => factors.of(day));
  const same = past.filter(({ day }) => weekdayOf(day) === weekdayOf(so.day));
  return restOfDay({ so, past, shares, weight, factors }) ?? restByPace({ so, past: same.length >= 4 ? same : past, shares });
}

function restOfRunningDays({ calendar, period, asOf, factors }: CurveMoment, { days }: SalesPast, { learnt }: SalesCurve): Rest | null {
  if (!learnt?.weights) return null;
  const today = calendar.dayOf(asOf);
  const parts = elapsedHours(calendar, today, asOf);
  const over = learnt.shares ? shareOver(learnt.shares(today), parts) : shareOver(new Array<number>(24).fill(1 / 24), parts);
  return restOfDays({ days, today, to: period.to, restOfToday: 1 - over, weight: learnt.weights, factors });
}

/**
 * A range wholly beyond the target while sales are behind the plan to now, or the other way round, is drawn out to the
 * target: past days may say so, but the two side by side would point in opposite directions.
 */
function towardsPlan(range: LandingRange, { due }: SalesCurve, { net, target }: SoFar): LandingRange {
  const behind = net < target * due;
  return behind ? { ...range, low: Math.min(range.low, target) } : { ...range, high: Math.max(range.high, target) };
}
