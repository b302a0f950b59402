/**
 * What is usual at each time of a business day, learnt from like days (AN2): the median over all of them, moved by the
 * difference of the weekday at that hour, and lifted by as much of today's own difference so far as like days carry on.
 * The spread is the MAD, the median distance from that, by hour of the day.
 *
 * A look judges the half hour before it; where a half hour holds too few things to say anything, the hour, the two or the
 * four hours before it (AN3).
 */
import { median, rooted, unrooted, type Measure } from './scale.ts';

export const DAY_STEPS = 288;
/** Lengths a look may judge, in steps of five minutes. */
export const windows = [6, 12, 24, 48] as const;
const HALF_HOUR = windows[0];
const LONGEST = 48;
/** A window must usually hold so many things. */
const THINGS_LEAST = 20;
/** Like days of the day's own group that must hold data. */
export const OWN_LEAST = 4;
/** Today's difference so far is that of the four hours before the window, in half hours. */
const SO_FAR = 8;
/** Medians are taken every quarter of an hour; levels between are drawn straight, which costs a third. */
const COARSE = 3;
/** Windows up to an hour away, in quarters, show how a weekday differs. */
const NEAR = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
/** Steps of a day that are read before its start and after its end. */
export const STEPS_AFTER = 12;
export const STEPS_BEFORE = SO_FAR * HALF_HOUR + LONGEST + STEPS_AFTER;
const STEPS = STEPS_BEFORE + DAY_STEPS + STEPS_AFTER;
/** The MAD of pure chance for counts, on the scale of roots. */
const CHANCE = 0.5 * 0.6745;
/** The spread on the scale of roots is about the same all day, so that an hour's own MAD, learnt of little, has this weight beside the whole day's. */
const OWN_HOUR = 0.25;
/** A day of another kind than the one before has left that one behind after two hours. */
const PASSED_OVER = 24;
/** The MAD of an hour of so few days is uncertain: it is not taken to be smaller than the whole day's. */
const FEW_DAYS = 12;

/** Sums by step from `STEPS_BEFORE` before the start of a day on; of a like day to `STEPS_AFTER` after its end. */
export type DaySteps = readonly number[];
export interface LearntFrom {
  readonly group: number;
  readonly steps: DaySteps;
}

/** Of one length of window, by the step it ends before, from `STEPS_BEFORE` before the start of the day on. */
interface Level {
  /** On the scale of roots. */
  readonly roots: readonly number[];
  /** By hour of the day, on the scale of roots. */
  readonly mad: readonly number[];
}

export interface Usual {
  readonly measure: Measure;
  /** Like days of the day's own group. */
  readonly days: number;
  /** The length of window each look judges (look 0 is the start of the day); null where even the longest holds too few things. */
  readonly window: readonly (number | null)[];
  readonly level: ReadonlyMap<number, Level>;
  /** What half hours usually sum to. */
  readonly halfHours: readonly number[];
  readonly carry: Carry;
}

/** How much of the difference so far carries on, what it is in the middle, and how far from it it is believed. */
interface Carry {
  readonly share: number;
  readonly middle: number;
  readonly most: number;
}

/** What a look saw. */
export interface Judged {
  /** In steps from the start of the day. */
  readonly look: number;
  /** Steps the window is long. */
  readonly window: number;
  readonly value: number;
  readonly usual: number;
  /** MADs away from what is usual; above 0 where it is more. */
  readonly mads: number;
}

export function learnUsual(days: readonly LearntFrom[], group: number, measure: Measure): Usual {
  const groups = [...new Set([group, ...days.map((day) => day.group)])];
  const sums = new Map(windows.map((length) => [length, days.map(({ steps }) => windowSums(steps, length))]));
  const rootsOf = (length: number) => {
    const roots = (sums.get(length as 6) ?? []).map((values) => values.map((value) => rooted(value, measure)));
    const shape = Array.from({ length: Math.floor(STEPS / COARSE) + 1 }, (_, i) => median(roots.map((root) => root[i * COARSE] ?? 0)));
    return {
      roots,
      byGroup: new Map(
        groups.map((g) => [
          g,
          levelOf(
            roots.filter((_, d) => days[d]?.group === g),
            shape,
          ),
        ]),
      ),
    };
  };
  const halves = rootsOf(HALF_HOUR);
  const usualHalves = new Map([...halves.byGroup].map(([g, roots]) => [g, roots.map((root) => unrooted(root, measure))]));
  const halfHours = usualHalves.get(group) ?? [];
  // Eight half hours on end are one window of four hours, which is summed up already.
  const usualSoFar = new Map([...usualHalves].map(([g, halves]) => [g, Array.from({ length: STEPS + 1 }, (_, i) => soFar(halves, i))]));
  const differences = days.map(({ group: g }, d) => {
    const expected = usualSoFar.get(g) ?? [];
    return (sums.get(LONGEST)?.[d] ?? []).map((sum, i) => differenceOf(sum, expected[i] ?? 0));
  });
  const carry = learnCarry(
    days.map(({ group: g }, d) => ({
      differences: differences[d] ?? [],
      sums: sums.get(HALF_HOUR)?.[d] ?? [],
      usual: usualHalves.get(g) ?? halfHours,
    })),
  );
  const window = windowOfLooks(days);
  const used = windows.filter((length) => length === HALF_HOUR || window.includes(length));
  const level = new Map(
    used.map((length) => {
      const { roots, byGroup } = length === HALF_HOUR ? halves : rootsOf(length);
      const distances: number[][] = Array.from({ length: 24 }, () => []);
      days.forEach(({ group: g }, d) => {
        for (let look = 1; look <= DAY_STEPS; look += 1) {
          const at = STEPS_BEFORE + look;
          const expected = (byGroup.get(g)?.[at] ?? 0) * lift(carry, differences[d]?.[at - length] ?? 0);
          distances[hourOf(look)]?.push(Math.abs((roots[d]?.[at] ?? 0) - expected));
        }
      });
      const hourly = distances.map(median);
      const whole = median(hourly);
      const least = Math.max(measure === 'count' ? CHANCE : 0, days.length < FEW_DAYS ? whole : 0);
      return [
        length,
        { roots: byGroup.get(group) ?? [], mad: hourly.map((mad) => Math.max(OWN_HOUR * mad + (1 - OWN_HOUR) * whole, least)) },
      ] as const;
    }),
  );
  return { measure, days: days.filter((day) => day.group === group).length, window, level, halfHours, carry };
}

/**
 * Judges the looks up to `last` (288 at the end of the day); a look whose window is null is left out. `fresh`: the day before
 * was another kind of day, of a node or of none, so that nothing before midnight says anything of today, and its first two
 * hours, in which the one passes into the other, are not judged.
 */
export function judgeDay(usual: Usual, steps: DaySteps, last: number, fresh: boolean): readonly Judged[] {
  const { measure, level, halfHours, carry } = usual;
  const sums = new Map([...level.keys()].map((length) => [length, windowSums(steps, length)]));
  const halves = (sums.get(HALF_HOUR) ?? []).map((sum, i) => (fresh && i < STEPS_BEFORE + HALF_HOUR ? (halfHours[i] ?? 0) : sum));
  const judged: Judged[] = [];
  for (let look = 1; look <= last; look += 1) {
    const window = usual.window[look] ?? null;
    const known = window === null ? undefined : level.get(window);
    if (window === null || !known || (fresh && look < Math.max(window, PASSED_OVER))) continue;
    const at = STEPS_BEFORE + look;
    const value = sums.get(window)?.[at] ?? 0;
    const root = (known.roots[at] ?? 0) * lift(carry, differenceOf(soFar(halves, at - window), soFar(halfHours, at - window)));
    const mad = known.mad[hourOf(look)] ?? 0;
    judged.push({ look, window, value, usual: unrooted(root, measure), mads: mad > 0 ? distance(rooted(value, measure), root) / mad : 0 });
  }
  return judged;
}

/**
 * Halfway between the scale of roots, on which a rise is nearer than a fall of the same size, and that of the values
 * themselves, on which chance alone rises farther than it falls.
 */
function distance(root: number, usual: number): number {
  const difference = root - usual;
  return usual > 0 ? difference * (1 + difference / (4 * usual)) : difference;
}

/** The hour of the day in which the window before a look ends. */
const hourOf = (look: number): number => Math.min(23, Math.floor((look - 1) / 12));

/** Sums of the windows that end before each step; of windows that begin before the first step the part that is known. */
function windowSums(steps: DaySteps, length: number): number[] {
  const sums = [0];
  let sum = 0;
  for (let i = 0; i < STEPS; i += 1) {
    sum += (steps[i] ?? 0) - (i >= length ? (steps[i - length] ?? 0) : 0);
    sums.push(sum);
  }
  return sums;
}

/** The shape all days share, by quarters of an hour, moved by the median difference of the group's days near it; by steps. */
function levelOf(roots: readonly (readonly number[])[], shape: readonly number[]): number[] {
  const coarse = shape.map((middle, i) => {
    // Most of the learning is done here, in loops, which take a third of the time of lists put together.
    const differences: number[] = [];
    for (const near of NEAR) {
      const at = shape[i + near];
      if (at === undefined) continue;
      for (const root of roots) differences.push((root[(i + near) * COARSE] ?? 0) - at);
    }
    return middle + (differences.length === 0 ? 0 : median(differences));
  });
  return Array.from({ length: STEPS + 1 }, (_, i) => {
    const low = coarse[Math.floor(i / COARSE)] ?? 0;
    const high = coarse[Math.ceil(i / COARSE)] ?? low;
    return low + ((high - low) * (i % COARSE)) / COARSE;
  });
}

/** The shortest window of each look that usually holds enough things: steps that hold nothing tell how many things a step holds. */
function windowOfLooks(days: readonly LearntFrom[]): (number | null)[] {
  const things = Array.from({ length: 24 }, (_, hour) => {
    let empty = 0.5;
    for (const { steps } of days) for (let i = 0; i < 12; i += 1) if ((steps[STEPS_BEFORE + hour * 12 + i] ?? 0) === 0) empty += 1;
    return -Math.log(empty / Math.max(1, days.length * 12));
  });
  const inStep = (step: number): number => things[((Math.floor(step / 12) % 24) + 24) % 24] ?? 0;
  return Array.from({ length: DAY_STEPS + 1 }, (_, look) => {
    let sum = 0;
    for (let back = 1; back <= LONGEST; back += 1) {
      sum += inStep(look - back);
      const length = windows.find((one) => one === back);
      if (length !== undefined && sum >= THINGS_LEAST) return length;
    }
    return null;
  });
}

/** What the four hours before a step held, by their half hours. */
function soFar(halves: readonly number[], at: number): number {
  let sum = 0;
  for (let back = 0; back < SO_FAR; back += 1) sum += halves[at - back * HALF_HOUR] ?? 0;
  return sum;
}

/** How much more, as a share, than is usual; 0 where nothing is usual. */
const differenceOf = (sum: number, expected: number): number => (expected > 0 ? sum / expected - 1 : 0);

/** What the difference so far does to a level on the scale of roots. */
function lift({ share, middle, most }: Carry, difference: number): number {
  const believed = Math.max(-most, Math.min(most, difference - middle));
  return Math.sqrt(Math.max(0.1, 1 + middle + share * believed));
}

/** By least squares over like days, every half hour: what the difference so far says of the next half hour. */
function learnCarry(
  days: readonly { readonly differences: readonly number[]; readonly sums: readonly number[]; readonly usual: readonly number[] }[],
): Carry {
  const pairs = days.flatMap(({ differences, sums, usual }) =>
    Array.from({ length: DAY_STEPS / HALF_HOUR }, (_, half) => {
      const at = STEPS_BEFORE + (half + 1) * HALF_HOUR;
      const expected = usual[at] ?? 0;
      return expected > 0 ? { before: differences[at - HALF_HOUR] ?? 0, after: (sums[at] ?? 0) / expected - 1 } : undefined;
    }).filter((pair) => pair !== undefined),
  );
  if (pairs.length === 0) return { share: 0, middle: 0, most: 0 };
  const before = aboutMedian(pairs.map((pair) => pair.before));
  const after = aboutMedian(pairs.map((pair) => pair.after));
  let [products, squares] = [0, 0];
  before.values.forEach((one, i) => {
    products += one * (after.values[i] ?? 0);
    squares += one * one;
  });
  const share = squares === 0 ? 0 : Math.max(0, Math.min(1, products / squares));
  return { share, middle: before.middle, most: before.most };
}

/** Values as distances from their median, drawn in to four and a half MADs. */
function aboutMedian(values: readonly number[]): { readonly values: readonly number[]; readonly middle: number; readonly most: number } {
  const middle = median(values);
  const most = 4.5 * median(values.map((one) => Math.abs(one - middle)));
  return { values: values.map((one) => Math.max(-most, Math.min(most, one - middle))), middle, most };
}
