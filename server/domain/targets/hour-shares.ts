/**
 * What share of a day's sales each business hour brings, by weekday, learnt from past days.
 *
 * Learnt from the 56 days before, of which those with sales of their own count and unusual ones do not. Each day has equal
 * weight, so that a day of large sales does not decide the shape. A weekday's shares are those of its own days together with
 * those of all days, which count as `POOLED` days more: eight days say less about an hour than 56 do. With few orders each
 * hour is smoothed with its neighbours (1 : 2 : 1), by half at `BLUR_ORDERS` and ever less with more.
 * Below `Least` nothing is learnt.
 */
import { weekdayOf, type DayFactors } from './day-factors.ts';

export const HISTORY_DAYS = 56;
/** Days and orders without which no shape is learnt: for the whole, and for a part of it, of which only the same weekdays are read. */
export interface Least {
  readonly days: number;
  readonly orders: number;
}
export const leastOfWhole: Least = { days: 14, orders: 200 };
export const leastOfPart: Least = { days: 4, orders: 100 };
const POOLED = 2;
const BLUR_ORDERS = 200;

export interface PastDay {
  readonly day: number;
  /** Net sales of its 24 business hours, minor units. */
  readonly hours: readonly number[];
  readonly total: number;
}

/** Hourly sums (by day × 24 + hour) as the usual days among the 56 before `today` that sold anything. */
export function pastDays(hours: ReadonlyMap<number, number>, today: number, factors: DayFactors): readonly PastDay[] {
  const found: PastDay[] = [];
  for (let day = today - HISTORY_DAYS; day < today; day++) {
    if (factors.of(day) !== 1) continue;
    const nets = hoursOf(hours, day);
    const total = nets.reduce((sum, net) => sum + net, 0);
    if (total > 0) found.push({ day, hours: nets, total });
  }
  return found;
}

/** 24 shares that add up to 1, of a business day. */
export type HourShares = (day: number) => readonly number[];

/** null when too little is known. `orders`: how many orders the days rest on. */
export function learnHourShares(days: readonly PastDay[], orders: number, unusual: Unusual, least: Least): HourShares | null {
  if (days.length < least.days || orders < least.orders) return null;
  const shapes = days.map(({ day, hours }) => ({ weekday: weekdayOf(day), shares: sharesOf(hours) }));
  const all = mean(shapes.map(({ shares }) => shares));
  const blur = BLUR_ORDERS / (BLUR_ORDERS + orders);
  const known = Array.from({ length: 7 }, (_, weekday) => {
    const own = shapes.filter((shape) => shape.weekday === weekday).map(({ shares }) => shares);
    const mixed = mean([...own, ...Array.from({ length: POOLED }, () => all)]);
    return mixed.map((share, hour) => (1 - blur) * share + blur * smoothed(mixed, hour));
  });
  return (day) => {
    const usual = known[weekdayOf(day)] ?? all;
    const like = unusual.factors.of(day) === 1 ? [] : likeShapes(unusual, day);
    return like.length === 0 ? usual : mean([usual, ...like]);
  };
}

/** Hourly sums of unusual past days, and what tells which of them a day is like. */
export interface Unusual {
  readonly hours: ReadonlyMap<number, number>;
  readonly factors: DayFactors;
}

/** An unusual day has the shape of those it is like, and a part of the usual one. */
function likeShapes({ hours, factors }: Unusual, day: number): readonly (readonly number[])[] {
  return factors.like(day).flatMap((other) => {
    const nets = hoursOf(hours, other);
    return nets.some((net) => net > 0) ? [sharesOf(nets)] : [];
  });
}

function hoursOf(hours: ReadonlyMap<number, number>, day: number): number[] {
  const nets: number[] = [];
  for (let hour = 0; hour < 24; hour += 1) nets.push(hours.get(day * 24 + hour) ?? 0);
  return nets;
}

/** An hour of more refunds than sales has no share. */
function sharesOf(hours: readonly number[]): readonly number[] {
  const positive = hours.map((net) => Math.max(0, net));
  const total = positive.reduce((sum, net) => sum + net, 0);
  return positive.map((net) => net / total);
}

function mean(shapes: readonly (readonly number[])[]): readonly number[] {
  return Array.from({ length: 24 }, (_, hour) => shapes.reduce((sum, shape) => sum + (shape[hour] ?? 0), 0) / shapes.length);
}

/** Midnight is the neighbour of 23:00, so that nothing is lost at the ends. */
function smoothed(shares: readonly number[], hour: number): number {
  const at = (index: number) => shares[(index + 24) % 24] ?? 0;
  return (at(hour - 1) + 2 * at(hour) + at(hour + 1)) / 4;
}

/** The part of a whole that has come by when these parts of its hours are over. */
export const shareOver = (shares: readonly number[], parts: readonly number[]): number =>
  shares.reduce((sum, share, hour) => sum + share * (parts[hour] ?? 0), 0);
