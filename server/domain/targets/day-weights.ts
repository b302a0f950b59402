/**
 * How many usual days a day is worth by its weekday and its place in the month, learnt from past days.
 *
 * A weekday's factor is the median, over the last 26 weeks, of its days ÷ the mean of the seven days around them, drawn
 * towards 1 as if `PRIOR` more weeks had said so. A place in the month is learnt from `ENOUGH_MONTHS` months on, in the
 * same way, as the mean over it and the two days before and after, and drawn towards 1 by `PRIOR_MONTHS`. Below
 * `ENOUGH_WEEKS` weeks nothing is learnt. Unusual days teach nothing; their own factor is that of the calendar of nodes.
 */
import { DAY_MS } from '../time/calendar.ts';
import { weekdayOf, type DayFactors } from './day-factors.ts';
import { median } from './quantile.ts';

/** How far back days are looked at. */
export const WEIGHT_DAYS = 400;
const WEEKDAY_DAYS = 182;
/** A place in the month is compared with so many days to either side. */
const BESIDE = 15;
const ENOUGH_WEEKS = 4;
const PRIOR = 2;
const ENOUGH_MONTHS = 11;
const PRIOR_MONTHS = 12;

/** Usual days a day is worth, its factor of the calendar of nodes included. */
export type DayWeights = (day: number) => number;

/** null when too little is known. `days`: net sales by business day; those at `today` and later are not looked at. */
export function learnDayWeights(days: ReadonlyMap<number, number>, today: number, factors: DayFactors): DayWeights | null {
  // Each day stands beside some forty others, so what it sold is looked up once.
  const first = today - WEIGHT_DAYS - BESIDE;
  const sold = Array.from({ length: today - first }, (_, i) => {
    const net = days.get(first + i);
    return net !== undefined && net > 0 && factors.of(first + i) === 1 ? net : undefined;
  });
  const usual = (day: number): number | undefined => sold[day - first];
  const byWeekday: number[][] = Array.from({ length: 7 }, () => []);
  for (let day = today - WEEKDAY_DAYS; day < today; day++) {
    const net = usual(day);
    const level = around(usual, day);
    if (net !== undefined && level !== undefined) byWeekday[weekdayOf(day)]?.push(net / level);
  }
  if (byWeekday.some((ratios) => ratios.length < ENOUGH_WEEKS)) return null;
  const drawn = byWeekday.map((ratios) => (median(ratios) * ratios.length + PRIOR) / (ratios.length + PRIOR));
  const mean = drawn.reduce((sum, factor) => sum + factor, 0) / 7;
  const weekdays = drawn.map((factor) => factor / mean);
  const ofWeekday = (day: number) => weekdays[weekdayOf(day)] ?? 1;
  const places = learnPlaces(usual, ofWeekday, today);
  return (day) => ofWeekday(day) * (places[placeOf(day)] ?? 1) * factors.of(day);
}

/** Mean of the seven days that have this one in their middle, of which five at least are known. */
function around(usual: (day: number) => number | undefined, day: number): number | undefined {
  let [sum, known] = [0, 0];
  for (let other = day - 3; other <= day + 3; other++) {
    const net = usual(other);
    if (net === undefined) continue;
    sum += net;
    known += 1;
  }
  return known < 5 ? undefined : sum / known;
}

/** Day of the month, 1–31. */
const placeOf = (day: number): number => new Date(day * DAY_MS).getUTCDate();

function learnPlaces(usual: (day: number) => number | undefined, ofWeekday: DayWeights, today: number): readonly number[] {
  const ratios: number[][] = Array.from({ length: 32 }, () => []);
  if (Array.from({ length: 31 }, (_, i) => usual(today - 331 - i)).every((net) => net === undefined)) return [];
  const level = (day: number): number | undefined => {
    let [sum, weight, known] = [0, 0, 0];
    for (let other = day - BESIDE; other <= day + BESIDE; other++) {
      const net = usual(other);
      if (net === undefined) continue;
      sum += net;
      weight += ofWeekday(other);
      known += 1;
    }
    return known < 25 ? undefined : sum / weight;
  };
  for (let day = today - WEIGHT_DAYS; day < today; day++) {
    const net = usual(day);
    const usualLevel = net === undefined ? undefined : level(day);
    if (net !== undefined && usualLevel !== undefined) ratios[placeOf(day)]?.push(net / usualLevel / ofWeekday(day));
  }
  return ratios.map((_, place) => {
    const near = ratios.slice(Math.max(1, place - 2), place + 3);
    const own = ratios[place] ?? [];
    if (own.length < ENOUGH_MONTHS) return 1;
    return (median(near.flat()) * own.length + PRIOR_MONTHS) / (own.length + PRIOR_MONTHS);
  });
}
