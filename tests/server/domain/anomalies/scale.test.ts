import fc from 'fast-check';
import { expect, test } from 'vitest';
import { median } from '../../../../server/domain/anomalies/scale.ts';
import { testSeed } from '../../../helpers/seed.ts';

function bySorting(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

test('[AN2] the median is what sorting puts into the middle, of any values in any order, which stay as they are', () => {
  const few = fc.integer({ min: -3, max: 3 });
  const any = fc.double({ noNaN: true, min: -1e12, max: 1e12 });
  const sorted = fc.array(any, { maxLength: 300 }).map((values) => values.toSorted((a, b) => a - b));
  const lists = fc.oneof(
    fc.array(few, { maxLength: 1_500, size: 'max' }),
    fc.array(any, { maxLength: 300 }),
    sorted,
    sorted.map((values) => values.toReversed()),
  );
  fc.assert(
    fc.property(lists, (values) => {
      const before = [...values];
      // Nothing is said of the sign of zero.
      expect(median(values) + 0).toBe(bySorting(values) + 0);
      expect(values).toEqual(before);
    }),
    { seed: testSeed('median'), numRuns: 2_000 },
  );
});
