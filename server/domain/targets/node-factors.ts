/**
 * What days of nodes are worth and which days they are like, learnt from what they sold before: the same day of the node the
 * times before, 双11 by 双11 and the 5th day of the lunar year by the 5th, against the ordinary days of its weekday about it. A
 * past day is worth what it sold itself. A day between two thirds of an ordinary one and one and a half is a usual day, and so
 * is one whose node was never sold through: a run-up of three weeks that sells as always still teaches what is usual.
 */
import type { NodeDays } from '../time/calendar.ts';
import type { DayFactors } from './day-factors.ts';

/** Ordinary days of the same weekday are looked for so many days to either side. */
export const BESIDE = 42;
const ORDINARY_LEAST = 4;
const UNUSUAL_FROM = Math.log(1.5);

/** @param days net sales by business day; those at `today` and later are not looked at */
export function learnNodeFactors(nodeDays: NodeDays, days: ReadonlyMap<number, number>, today: number): DayFactors {
  const kept = new Map<number, number>();
  const known = (day: number): number | undefined => {
    const net = day < today ? days.get(day) : undefined;
    return net !== undefined && net > 0 ? net : undefined;
  };
  /** How many ordinary days a past day was worth, as a logarithm. */
  function worth(day: number): number | undefined {
    const net = known(day);
    if (net === undefined) return undefined;
    let [sum, count] = [0, 0];
    for (let beside = day - BESIDE; beside <= day + BESIDE; beside += 7) {
      const other = nodeDays.holds(beside) ? undefined : known(beside);
      if (other === undefined) continue;
      sum += other;
      count += 1;
    }
    return count < ORDINARY_LEAST ? undefined : Math.log((net * count) / sum);
  }
  function learn(day: number): number {
    if (!nodeDays.holds(day)) return 1;
    const own = day < today ? worth(day) : undefined;
    const times = own === undefined ? nodeDays.before(day).flatMap((time) => worth(time) ?? []) : [own];
    const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
    return times.length === 0 || Math.abs(mean) < UNUSUAL_FROM ? 1 : Math.exp(mean);
  }
  return {
    of(day) {
      const factor = kept.get(day) ?? learn(day);
      kept.set(day, factor);
      return factor;
    },
    like: (day) => nodeDays.before(day).filter((time) => known(time) !== undefined),
  };
}
