/**
 * What days of nodes are worth and which days they are like, learnt from what they sold before: the same day of the node the
 * times before, 双11 by 双11 and the 5th day of the lunar year by the 5th, against the ordinary days of its weekday about it. A
 * past day is worth what it sold itself. A day between two thirds of an ordinary one and one and a half is a usual day, and so
 * is one whose node was never sold through: a run-up of three weeks that sells as always still teaches what is usual.
 *
 * A part of the business, such as a channel, learns from what it sold itself. A handful of orders says nothing of how many
 * usual days a 双11 is worth, so below `leastOfPart.orders` on the day and the ordinary days about it the whole tells.
 */
import type { NodeDays } from '../time/calendar.ts';
import type { DayFactors } from './day-factors.ts';
import { leastOfPart } from './hour-shares.ts';

/** Ordinary days of the same weekday are looked for so many days to either side. */
export const BESIDE = 42;
const ORDINARY_LEAST = 4;
const UNUSUAL_FROM = Math.log(1.5);

/** What stands behind the sales of a part of the business. */
interface PartOfWhole {
  /** Its orders by business day. */
  readonly orders: ReadonlyMap<number, number>;
  readonly whole: DayFactors;
}

/** @param days net sales by business day; those at `today` and later are not looked at */
export function learnNodeFactors(nodeDays: NodeDays, days: ReadonlyMap<number, number>, today: number, part?: PartOfWhole): DayFactors {
  const kept = new Map<number, number>();
  const known = (day: number): number | undefined => {
    const net = day < today ? days.get(day) : undefined;
    return net !== undefined && net > 0 ? net : undefined;
  };
  /** How many ordinary days a past day was worth, as a logarithm. */
  function worth(day: number): number | undefined {
    const net = known(day);
    if (net === undefined) return undefined;
    let [sum, count, orders] = [0, 0, part?.orders.get(day) ?? 0];
    for (let beside = day - BESIDE; beside <= day + BESIDE; beside += 7) {
      const other = nodeDays.holds(beside) ? undefined : known(beside);
      if (other === undefined) continue;
      sum += other;
      count += 1;
      orders += part?.orders.get(beside) ?? 0;
    }
    if (count < ORDINARY_LEAST || (part && orders < leastOfPart.orders)) return undefined;
    return Math.log((net * count) / sum);
  }
  /** What says how much a day is worth: itself once it is over, else the times before. */
  function timesOf(day: number): readonly number[] {
    const own = day < today ? worth(day) : undefined;
    return own === undefined ? nodeDays.before(day).flatMap((time) => worth(time) ?? []) : [own];
  }
  function learn(day: number): number {
    if (!nodeDays.holds(day)) return 1;
    const times = timesOf(day);
    if (times.length === 0 && part) return part.whole.of(day);
    const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
    return times.length === 0 || Math.abs(mean) < UNUSUAL_FROM ? 1 : Math.exp(mean);
  }
  return {
    of(day) {
      const factor = kept.get(day) ?? learn(day);
      kept.set(day, factor);
      return factor;
    },
    like: (day) => (part ? part.whole.like(day) : nodeDays.before(day).filter((time) => known(time) !== undefined)),
    ...(part && { ofWhole: (day: number) => timesOf(day).length === 0 }),
  };
}
