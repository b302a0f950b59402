/**
 * What the remaining days of a running month, quarter or year may bring [R24].
 *
 * The level is what the last `LEVEL_DAYS` days sold per usual day. The same forecast is made from every past day for a
 * stretch of the same length after it; its errors are ratios actual ÷ forecast, and the range lies between their 10th and
 * 90th percentile. Forecasts of neighbouring days share most of their days, so they say less than their number: the range
 * is widened, as that of Student's distribution is against the normal one, by how many stretches fit into the history side
 * by side. Days of nodes to come are worth what they were the times before, which is off by as much as single days are:
 * by their share of the rest the range is wider.
 */
import type { DayFactors } from './day-factors.ts';
import type { DayWeights } from './day-weights.ts';
import { median, predictiveQuantile } from './quantile.ts';
import type { Rest } from './day-forecast.ts';

const LEVEL_DAYS = 28;
/** Half as much history again as the stretch is long; below this it says nothing. */
const ENOUGH_STRETCHES = 1.5;
const ENOUGH_ERRORS = 9;
/** How far what a node day is worth lies from what it was worth once or twice before: 90 of 100 on one side, as a logarithm. */
const NODE_ERROR = 0.25;

export interface DaysForecastInput {
  /** Net sales by business day; today's and later ones are not looked at. */
  readonly days: ReadonlyMap<number, number>;
  readonly today: number;
  /** Day after the last of the period. */
  readonly to: number;
  /** Part of today, by its hours, that is still to come. */
  readonly restOfToday: number;
  readonly weight: DayWeights;
  readonly factors: DayFactors;
}

/** null without enough history. */
export function restOfDays({ days, today, to, restOfToday, weight, factors }: DaysForecastInput): Rest | null {
  const first = firstDay(days, today);
  if (first === undefined) return null;
  const net = (day: number) => days.get(day) ?? 0;
  const sums = running(first, today, (day) => net(day));
  const weights = running(first, to, (day) => weight(day));
  const length = Math.max(1, Math.round(to - today - 1 + restOfToday));
  const errors: number[] = [];
  for (let origin = first + LEVEL_DAYS; origin + length <= today; origin++) {
    const level = (sums(origin) - sums(origin - LEVEL_DAYS)) / (weights(origin) - weights(origin - LEVEL_DAYS));
    const actual = sums(origin + length) - sums(origin);
    if (level > 0 && actual > 0) errors.push(Math.log(actual / (level * (weights(origin + length) - weights(origin)))));
  }
  const stretches = (today - first - LEVEL_DAYS) / length;
  if (errors.length < ENOUGH_ERRORS || stretches < ENOUGH_STRETCHES) return null;
  const level = (sums(today) - sums(today - LEVEL_DAYS)) / (weights(today) - weights(today - LEVEL_DAYS));
  const weightOfRest = weights(to) - weights(today) - (1 - restOfToday) * weight(today);
  const expected = level * weightOfRest;
  const centre = median(errors);
  const wider = widening(stretches);
  let ofNodes = 0;
  for (let day = today + 1; day < to; day++) if (factors.of(day) !== 1) ofNodes += weight(day) / weightOfRest;
  const restAt = (p: number, side: -1 | 1) => {
    const error = wider * (predictiveQuantile(errors, p) - centre);
    return Math.max(0, expected * Math.exp(centre + side * Math.hypot(error, ofNodes * NODE_ERROR)));
  };
  return { low: restAt(0.1, -1), high: restAt(0.9, 1), sample: errors.length };
}

function firstDay(days: ReadonlyMap<number, number>, today: number): number | undefined {
  let first: number | undefined;
  for (const [day, net] of days) if (net !== 0 && day < today && (first === undefined || day < first)) first = day;
  return first;
}

/** Sums up to a day, so that the sum over any stretch is a difference. */
function running(from: number, to: number, of: (day: number) => number): (day: number) => number {
  const sums = [0];
  for (let day = from; day < to; day++) sums.push((sums.at(-1) ?? 0) + of(day));
  return (day) => sums[Math.min(Math.max(day - from, 0), sums.length - 1)] ?? 0;
}

/**
 * Student's 90th percentile of a mean of `n` over the normal one, with the error of the mean itself: about
 * 1 + 1.3 ÷ (n − 0.5).
 */
const widening = (n: number): number => 1.05 + 0.6 / Math.max(0.75, n - 0.5);
