import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testSeed } from '../../../helpers/seed.ts';
import { landing, pace, percentile } from '../../../../server/domain/targets/plan.ts';

const seed = testSeed('plans');

describe('[K2] pace', () => {
  it('is actual ÷ planned to date on the even curve', () => {
    expect(pace(320_000, 1_000_000, 0.4)).toBe(0.8);
  });
  it('is none before the start and for a target of nothing', () => {
    expect(pace(0, 1_000_000, 0)).toBeNull();
    expect(pace(5, 0, 0.5)).toBeNull();
  });
});

describe('[R24] landing', () => {
  it('adds the remaining plan at P10 and P90 of what like periods made of theirs', () => {
    const ratios = [0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8];
    expect(landing(400, 1_000, 0.5, ratios)).toEqual({ low: 400 + 500 * 0.9, high: 400 + 500 * 1.7, basis: 'learnt' });
  });
  it('with fewer than four like periods: pace ± 10 %, and says so', () => {
    const found = landing(400, 1_000, 0.5, [0.1, 5, 9]);
    expect(found?.basis).toBe('few_samples');
    expect(found?.low).toBeCloseTo(400 + 500 * 0.8 * 0.9, 9);
    expect(found?.high).toBeCloseTo(400 + 500 * 0.8 * 1.1, 9);
  });
  it('before the start only experience gives one', () => {
    expect(landing(0, 1_000, 0, [])).toBeNull();
    expect(landing(0, 1_000, 0, [1, 1, 1, 1])).toEqual({ low: 1_000, high: 1_000, basis: 'learnt' });
  });
  it('of a period that is over is its net', () => {
    expect(landing(1_234, 1_000, 1, [])).toEqual({ low: 1_234, high: 1_234, basis: 'learnt' });
  });
  it('never has its ends crossed, refunds or not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(fc.double({ min: -2, max: 5, noNaN: true }), { maxLength: 12 }),
        (net, target, elapsed, ratios) => {
          const found = landing(net, target, elapsed, ratios);
          expect(found === null || found.low <= found.high).toBe(true);
        },
      ),
      { seed },
    );
  });
});

describe('percentile', () => {
  it('interpolates between the closest ranks', () => {
    expect(percentile([3, 1, 2, 4], 0.5)).toBe(2.5);
    expect(percentile([10, 20], 0.1)).toBe(11);
    expect(percentile([7], 0.9)).toBe(7);
  });
});
