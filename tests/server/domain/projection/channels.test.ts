/** [S7] Parts make the whole: the rows of a list and the row of the rest add up to the total, whatever the parts are. */
import { describe, expect, it } from 'vitest';
import { channelRows } from '../../../../server/domain/projection/channels.ts';
import { rowCaps, withRest } from '../../../../server/domain/projection/row-caps.ts';
import { voices } from '../../../../server/domain/projection/rivals.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { testSeed } from '../../../helpers/seed.ts';

const most = rowCaps.channels;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const seed = testSeed('channels');

describe(`[S7] channels (seed ${seed})`, () => {
  it('add up to the day for any set of them, refunds and the unattributed included', () => {
    const random = seededRandom(seed);
    for (let run = 0; run < 400; run++) {
      const count = random.pick([0, 1, 4, 5, 6, 7, 50]);
      const all = Array.from({ length: count }, (_, i) => ({
        channel: i === 2 ? null : `渠道${i}`,
        net: random.pick([0, 1, -1, 999_99, -8_000_00, random.below(10 ** 9), -random.below(10 ** 9)]),
        planToNow: random.chance(0.8) ? random.below(10 ** 6) : null,
        ...{ pace: null, curve: 'even' as const },
      }));
      const rows = channelRows(all, most);
      expect(sum(rows.map((row) => row.net ?? NaN))).toBe(sum(all.map((row) => row.net)));
      expect(rows.length).toBe(Math.min(count, most));
      expect(sum(rows.map((row) => Math.max(1, row.others)))).toBe(count);
      // The row of the rest comes last, and never stands for one alone.
      expect(rows.slice(0, -1).every((row) => row.others === 0)).toBe(true);
      expect(rows.at(-1)?.others).not.toBe(1);
      if (all.every((row) => row.planToNow !== null))
        expect(sum(rows.map((row) => row.planToNow ?? NaN))).toBe(sum(all.map((row) => row.planToNow ?? NaN)));
    }
  });

  it('come largest first, and the rest has a plan only where each of its channels has one', () => {
    const all = [1, 2, 3, 4, 5, 6].map((n) => ({
      channel: `c${n}`,
      net: n,
      planToNow: n === 1 ? null : 10,
      pace: 1,
      curve: 'learnt' as const,
    }));
    expect(channelRows(all, most).map((row) => [row.channel, row.net, row.planToNow, row.others])).toEqual([
      ['c6', 6, 10, 0],
      ['c5', 5, 10, 0],
      ['c4', 4, 10, 0],
      ['c3', 3, 10, 0],
      [null, 3, null, 2],
    ]);
  });
});

describe('[S7] a list', () => {
  it.each([0, 1, 5, 6, 7, 50])('of %i leaves nothing out and nothing out alone', (count) => {
    const rows = Array.from({ length: count }, (_, i) => i);
    const { shown, rest } = withRest(rows, 6);
    expect([...shown, ...rest]).toEqual(rows);
    expect(shown.length + Math.min(1, rest.length)).toBe(Math.min(count, 6));
    expect(rest.length).not.toBe(1);
  });

  it.each([0, 1, 6, 7, 30])('of voices adds up with %i tracked brands', (count) => {
    const tracked = Array.from({ length: count }, (_, i) => `b${i}`);
    const counts = ['own', ...tracked].map((brand, i) => ({ slot: 0, brand, polarity: 'neutral', count: i * 7 }));
    const { rows, rest, total } = voices(counts, { own: ['own'], tracked });
    expect(sum(rows.map((row) => row.mentions)) + (rest?.mentions ?? 0)).toBe(total);
    expect(rows.length + (rest === null ? 0 : rest.brands)).toBe(count + 1);
    if (total > 0) expect(sum(rows.map((row) => row.share)) + (rest?.share ?? 0)).toBeCloseTo(1, 12);
  });
});
