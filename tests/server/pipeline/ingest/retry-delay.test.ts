import { expect, it } from 'vitest';
import { retryDelay } from '../../../../server/pipeline/ingest/retry-delay.ts';

it('doubles its ceiling up to the longest and stays between a tenth and the whole of it', () => {
  const limits = { firstMs: 100, longestMs: 5_000 };
  const highest = [0, 1, 2, 3, 4, 5, 6, 7, 1_000].map((attempt) => retryDelay(attempt, limits, () => 1));
  expect(highest).toEqual([100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000]);
  expect([0, 6].map((attempt) => retryDelay(attempt, limits, () => 0))).toEqual([10, 500]);
});
