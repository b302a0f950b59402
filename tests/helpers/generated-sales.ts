/**
 * A shop's sales of some years, generated: shape of the hours by weekday, weekdays, a level that drifts, noise of days and
 * of hours that each go on from the ones before, and node days (双11, 618, 双12, 女王节) at a known multiple of a usual day
 * with a shape of their own: a rush at midnight and in the evening.
 */
import type { DayFactors } from '../../server/domain/targets/day-factors.ts';
import { weekdayOf } from '../../server/domain/targets/day-factors.ts';
import { seededRandom } from './random.ts';

export interface GeneratedSales {
  /** Net sales by business hour (day × 24 + hour) and by business day. */
  readonly hours: ReadonlyMap<number, number>;
  readonly days: ReadonlyMap<number, number>;
}

const workday = [24, 20, 18, 17, 17, 19, 26, 34, 42, 48, 50, 50, 50, 46, 43, 42, 42, 43, 44, 48, 53, 56, 48, 35];
const weekend = [30, 24, 20, 18, 17, 17, 20, 26, 36, 46, 54, 58, 58, 56, 54, 53, 52, 50, 48, 48, 50, 52, 48, 38];
const node = [70, 30, 20, 16, 15, 16, 22, 32, 42, 48, 50, 50, 50, 46, 43, 42, 42, 43, 46, 52, 60, 66, 66, 60];
const weekdays = [0.94, 0.92, 0.95, 0.97, 1.04, 1.12, 1.06];
const BASE = 260_000_000;
const DAY_NOISE = { size: 0.12, carried: 0.5 };
const HOUR_NOISE = { size: 0.25, carried: 0.6 };

export const shapeOf = (day: number, factors: DayFactors): readonly number[] =>
  factors.of(day) !== 1 ? node : weekdayOf(day) >= 5 ? weekend : workday;

const multiples: Readonly<Record<string, number>> = { '11-11': 5, '06-18': 4, '12-12': 2.5, '03-08': 2 };
const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(5, 10);
/** Kept by day: it is asked millions of times of a few thousand days, and writing a date takes longer than all that is learnt. */
const factors = new Map<number, number>();
function factorOf(day: number): number {
  const kept = factors.get(day);
  if (kept !== undefined) return kept;
  const factor = multiples[dateOf(day)] ?? 1;
  factors.set(day, factor);
  return factor;
}

/** The calendar of nodes of these sales; the hours of a node are told by the last two before it. */
export const generatedNodes: DayFactors = {
  of: factorOf,
  like: (day) =>
    Array.from({ length: 500 }, (_, i) => day - 1 - i)
      .filter((other) => factorOf(other) !== 1)
      .slice(0, 2),
};

export function generateSales(seed: number, from: number, count: number): GeneratedSales {
  const random = seededRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  const next = (before: number, { size, carried }: typeof DAY_NOISE): number =>
    carried * before + Math.sqrt(1 - carried ** 2) * size * normal();
  const hours = new Map<number, number>();
  const days = new Map<number, number>();
  let [ofDay, ofHour, level, drift] = [0, 0, Math.log(BASE), 0.0003];
  for (let day = from; day < from + count; day++) {
    // About every two months the business grows or shrinks at another rate, some percent a month.
    if (random.chance(1 / 60)) drift = (random.next() - 0.4) / 1_000;
    level += drift;
    ofDay = next(ofDay, DAY_NOISE);
    const shape = shapeOf(day, generatedNodes);
    const whole = shape.reduce((sum, part) => sum + part, 0);
    const expected = Math.exp(level + ofDay) * (weekdays[weekdayOf(day)] ?? 1) * factorOf(day);
    let total = 0;
    shape.forEach((part, hour) => {
      ofHour = next(ofHour, HOUR_NOISE);
      const net = Math.round((expected * part * Math.exp(ofHour - HOUR_NOISE.size ** 2 / 2)) / whole);
      hours.set(day * 24 + hour, net);
      total += net;
    });
    days.set(day, total);
  }
  return { hours, days };
}
