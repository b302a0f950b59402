/**
 * What the rest of a running day may bring [R24], from what is sold so far and from past days.
 *
 * Past days are looked at up to the same moment. Each says how far its sales until then were from what its level of the week
 * before and the learnt curve expected (its surprise so far), and how far the rest was. The surprise of the rest follows
 * that of the morning in part: how much is a regression over the past days. What is left over are the errors of this
 * method, and the range lies between their 10th and 90th predictive percentile. So a range learnt in the small hours is
 * wide, and a day that began well is not expected to go on as well as it began.
 *
 * A day far outside what past days did, such as an unknown promotion, has left its level of before: the rest then follows
 * the pace of the day alone.
 */
import type { DayFactors } from './day-factors.ts';
import { shareOver, type HourShares, type PastDay } from './hour-shares.ts';
import { median, predictiveQuantile } from './quantile.ts';

/** Days before a day that say what level it comes from. */
const LEVEL_DAYS = 10;
/** Part of a usual day that is added to both sides of a ratio, so that an hour of no sales has a finite one. */
const FLOOR = 0.01;
/** A surprise this many times as large as the largest past one, and of this size at least, is a day of its own kind. */
const BEYOND = 1.5;
const BEYOND_LEAST = 0.5;
/** The curve, the level and the slope were fitted to the same days, so their errors are a little too small: 1 + this ÷ their number. */
const FITTED = 4;
/** Past days of a usual kind say less about an unusual one. */
const UNUSUAL = 1.25;
/** Fewer than this say nothing of how far a pace may carry. */
const FEWEST = 4;
/** Fewer past days than this, beyond those that say the level, are no sample. */
const ENOUGH_ERRORS = 9;

export interface DaySoFar {
  readonly day: number;
  /** Net sales to now. */
  readonly net: number;
  /** Elapsed part of each hour. */
  readonly parts: readonly number[];
}

/** Range of the net sales still to come; null without enough past days. `sample`: how many days it was learnt from. */
export interface Rest {
  readonly low: number;
  readonly high: number;
  readonly sample: number;
}

export interface DayForecastInput {
  readonly so: DaySoFar;
  readonly past: readonly PastDay[];
  readonly shares: HourShares;
  /** Usual days a day is worth, by weekday and node. */
  readonly weight: (day: number) => number;
  readonly factors: DayFactors;
}

interface Surprise {
  readonly sofar: number;
  readonly rest: number;
}

export function restOfDay({ so, past, shares, weight, factors }: DayForecastInput): Rest | null {
  const over = (day: number) => shareOver(shares(day), so.parts);
  const share = over(so.day);
  if (share >= 1) return { low: 0, high: 0, sample: past.length };
  const levels = past.map(({ day, total }) => ({ day, log: Math.log(total / weight(day)) }));
  const levelBefore = (day: number): number | undefined => {
    const before = levels.filter((level) => level.day < day).slice(-LEVEL_DAYS);
    return before.length < LEVEL_DAYS ? undefined : before.reduce((sum, { log }) => sum + log, 0) / LEVEL_DAYS;
  };
  const surpriseOf = (day: number, level: number, sofar: number, rest: number): Surprise => {
    const expected = Math.exp(level) * weight(day);
    const part = over(day);
    const floor = FLOOR * expected;
    return {
      sofar: Math.log((Math.max(0, sofar) + floor) / (part * expected + floor)),
      rest: Math.log((Math.max(0, rest) + floor) / ((1 - part) * expected + floor)),
    };
  };
  const surprises = past.flatMap(({ day, hours, total }) => {
    const level = levelBefore(day);
    if (level === undefined) return [];
    const sofar = shareOver(hours, so.parts);
    return [surpriseOf(day, level, sofar, total - sofar)];
  });
  const level = levelBefore(so.day);
  if (level === undefined || surprises.length < ENOUGH_ERRORS) return null;

  const expected = Math.exp(level) * weight(so.day);
  const today = surpriseOf(so.day, level, so.net, 0).sofar;
  const largest = Math.max(...surprises.map(({ sofar }) => Math.abs(sofar)));
  const usual = factors.of(so.day) === 1;
  const own = usual && Math.abs(today) > Math.max(BEYOND_LEAST, BEYOND * largest);
  const slope = own ? 1 : slopeOf(surprises);
  const errors = surprises.map(({ sofar, rest }) => rest - slope * sofar);
  const floor = FLOOR * expected;
  const centre = median(errors);
  const wider = (1 + FITTED / errors.length) * (usual ? 1 : UNUSUAL);
  const restAt = (p: number) => {
    const error = centre + wider * (predictiveQuantile(errors, p) - centre);
    return Math.max(0, Math.exp(slope * today + error) * ((1 - share) * expected + floor) - floor);
  };
  return { low: restAt(0.1), high: restAt(0.9), sample: errors.length };
}

/**
 * The same from few days: the rest goes on at the pace so far, give or take what the rest of past days differed from theirs.
 * null with fewer than four of them, and before anything is due.
 */
export function restByPace({ so, past, shares }: Pick<DayForecastInput, 'so' | 'past' | 'shares'>): Rest | null {
  const over = (day: number) => shareOver(shares(day), so.parts);
  const share = over(so.day);
  if (past.length < FEWEST || share <= 0 || so.net <= 0) return null;
  const errors = past.map(({ day, hours, total }) => {
    const [part, sofar, floor] = [over(day), Math.max(0, shareOver(hours, so.parts)), FLOOR * total];
    return Math.log((Math.max(0, total - sofar) + floor) / (1 - part + FLOOR)) - Math.log((sofar + floor) / (part + FLOOR));
  });
  const usualRest = (so.net / share) * (1 - share);
  const restAt = (p: number) => usualRest * Math.exp(predictiveQuantile(errors, p));
  return { low: restAt(0.1), high: restAt(0.9), sample: errors.length };
}

/** Least squares around the means, between not at all and in full. */
function slopeOf(surprises: readonly Surprise[]): number {
  const mean = (of: (surprise: Surprise) => number) => surprises.reduce((sum, surprise) => sum + of(surprise), 0) / surprises.length;
  const [mx, my] = [mean(({ sofar }) => sofar), mean(({ rest }) => rest)];
  const xy = surprises.reduce((sum, { sofar, rest }) => sum + (sofar - mx) * (rest - my), 0);
  const xx = surprises.reduce((sum, { sofar }) => sum + (sofar - mx) ** 2, 0);
  return xx === 0 ? 0 : Math.min(1, Math.max(0, xy / xx));
}
