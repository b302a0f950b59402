/** When negative mentions are a spike, and how seldom quiet days are taken for one. */
import { describe, expect, it } from 'vitest';
import { findSpikes, LOOK_MS, lookAt, poissonTail, type CountsAt, type TenMinutes } from '../../../../server/domain/severity/spikes.ts';
import { defaultSpike } from '../../../../shared/incidents/spike-policy.ts';
import { seededRandom, type Random } from '../../../helpers/random.ts';
import { testSeed } from '../../../helpers/seed.ts';

const DAY = 144;
const WEEK = 7 * DAY;
const HISTORY = 8 * WEEK;
const DAYS = 90;

/** Knuth's, which is exact for the small means of ten minutes. */
function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let [count, product] = [0, random.next()];
  while (product > limit) {
    count += 1;
    product *= random.next();
  }
  return count;
}

interface Market {
  /** Negative mentions a day, about. */
  readonly perDay: number;
  /** How much days differ from each other beyond chance: 0 not at all. */
  readonly moods: number;
}
/** Counts with the rhythm of a day and a week, and better and worse days, from eight weeks before ordinal 0. */
function quiet(random: Random, { perDay, moods }: Market): TenMinutes[] {
  const counts: TenMinutes[] = [];
  let mood = 1;
  for (let i = 0; i < HISTORY + DAYS * DAY; i += 1) {
    if (i % DAY === 0) mood = 1 + moods * (random.next() - 0.5);
    const hour = (i % DAY) / 6;
    const rhythm = 0.25 + 1.5 * Math.max(0, Math.sin(((hour - 6) / 18) * Math.PI)) * (i % WEEK < 5 * DAY ? 1 : 1.3);
    const mean = (perDay / DAY) * rhythm * mood;
    const negative = poisson(random, mean);
    counts.push({ negative, total: negative + poisson(random, mean * 1.2) });
  }
  return counts;
}
const reading =
  (counts: readonly TenMinutes[]): CountsAt =>
  (ordinal) =>
    counts[ordinal + HISTORY];
const spikesOf = (counts: readonly TenMinutes[]) => findSpikes(reading(counts), 0, DAYS * DAY, defaultSpike);

const markets: readonly (readonly [string, Market])[] = [
  ['a small brand', { perDay: 15, moods: 0.4 }],
  ['a middling brand', { perDay: 120, moods: 0.6 }],
  ['a large brand', { perDay: 1_500, moods: 0.5 }],
];

describe('ninety quiet days [SV6]', () => {
  it.each(markets)('of %s hold at most one spike a week', (name, market) => {
    const seed = testSeed(`quiet days of ${name}`);
    const random = seededRandom(seed);
    const weeks = DAYS / 7;
    const runs = Array.from({ length: 4 }, () => spikesOf(quiet(random, market)).length);
    const perWeek = runs.reduce((sum, one) => sum + one, 0) / (runs.length * weeks);
    process.stdout.write(`${name}: ${perWeek.toFixed(3)} false spikes a week\n`);
    expect(perWeek, `seed ${seed}`).toBeLessThanOrEqual(1);
  });
});

describe('planted spikes [SV6]', () => {
  it.each(markets)('of %s are found within the hour', (name, market) => {
    const seed = testSeed(`planted spikes of ${name}`);
    const random = seededRandom(seed);
    const counts = quiet(random, market);
    // Two hours a week of four times the largest usual hour, and never less than twenty an hour.
    const extra = Math.max(20, (market.perDay / 24) * 6) / 6;
    const planted: number[] = [];
    for (let week = 0; week < 12; week += 1) {
      const start = week * WEEK + (random.below(5) + 1) * DAY + random.below(DAY - 12);
      planted.push(start);
      for (let i = start; i < start + 12; i += 1) {
        const own = counts[i + HISTORY] ?? { negative: 0, total: 0 };
        const more = poisson(random, extra);
        counts[i + HISTORY] = { negative: own.negative + more, total: own.total + more };
      }
    }
    const found = spikesOf(counts);
    const delays = planted.map((start) => {
      const spike = found.find(
        ({ startedAt, endedAt }) => startedAt >= start * LOOK_MS && startedAt <= (start + 12) * LOOK_MS && endedAt !== null,
      );
      return spike === undefined ? null : spike.foundAt / LOOK_MS - start;
    });
    const kept = delays.filter((delay) => delay !== null);
    const median = kept.toSorted((a, b) => a - b)[kept.length >> 1] ?? Infinity;
    process.stdout.write(`${name}: ${kept.length} of ${planted.length} found, ${median * 10} min after they began, by the middle one\n`);
    expect(kept.length, `seed ${seed}`).toBeGreaterThanOrEqual(planted.length - 2);
    expect(median * 10, `seed ${seed}`).toBeLessThanOrEqual(60);
  });
});

describe('a look [SV6]', () => {
  const flat =
    (negative: number, total = negative * 2): CountsAt =>
    () => ({ negative, total });
  const with_ =
    (base: CountsAt, from: number, counts: TenMinutes): CountsAt =>
    (ordinal) =>
      ordinal >= from && ordinal < from + 6 ? counts : base(ordinal);

  it('needs the minimum, the share and what is unusual at once', () => {
    const over = (counts: TenMinutes) => lookAt(with_(flat(1), 0, counts), 6, defaultSpike)?.over;
    expect(over({ negative: 6, total: 8 })).toBe(true);
    expect(over({ negative: 1, total: 2 })).toBe(false);
    expect(over({ negative: 6, total: 40 })).toBe(false);
    expect(lookAt(with_(flat(0), 0, { negative: 1, total: 1 }), 6, defaultSpike)?.over).toBe(false);
  });
  it('says nothing before two weeks are known', () => {
    const young: CountsAt = (ordinal) => (ordinal < -WEEK ? undefined : { negative: ordinal >= 0 ? 50 : 0, total: 50 });
    expect(lookAt(young, 6, defaultSpike)).toMatchObject({ usual: null, over: false });
  });
  it('judges many by deviations from the median of roots', () => {
    const at = (negative: number) => lookAt(with_(flat(20), 0, { negative, total: negative * 2 }), 6, defaultSpike);
    expect(at(20)).toMatchObject({ usual: 120, over: false });
    expect(at(28)?.over).toBe(false);
    expect(at(29)?.over).toBe(true);
  });
});

describe('a spike [SV6]', () => {
  const during =
    (from: number, length: number): CountsAt =>
    (ordinal) =>
      ordinal >= from && ordinal < from + length ? { negative: 10, total: 12 } : { negative: 0, total: 6 };

  it('takes two looks in a row, is one however long it lasts, and ends an hour after its last look', () => {
    const [spike, ...others] = findSpikes(during(100, 18), 0, 400, defaultSpike);
    expect(others).toEqual([]);
    expect(spike).toEqual({ startedAt: 102 * LOOK_MS, foundAt: 103 * LOOK_MS, endedAt: 128 * LOOK_MS, negative: 60, total: 72, usual: 0 });
  });
  it('that is still on has no end', () => {
    expect(findSpikes(during(100, 18), 0, 110, defaultSpike)).toMatchObject([{ startedAt: 102 * LOOK_MS, endedAt: null }]);
  });
  it('is none where the rule is switched off', () => {
    expect(findSpikes(during(100, 18), 0, 400, { ...defaultSpike, enabled: false })).toEqual([]);
  });
});

it('the tail of Poisson’s law is exact where tables are', () => {
  expect(poissonTail(0, 3)).toBe(1);
  expect(poissonTail(1, 2)).toBeCloseTo(1 - Math.exp(-2), 10);
  expect(poissonTail(10, 3)).toBeCloseTo(0.001_102_488, 9);
  expect(poissonTail(30, 3)).toBeLessThan(1e-18);
});
