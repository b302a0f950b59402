import { expect, it } from 'vitest';
import { returnRange } from '../../../client/director/campaign-columns.tsx';

const words = { roi: (value: number | null) => (value === null ? '—' : `${(100 * value).toFixed(1)}%`) };

it.each([
  ['two ends that differ', { roi: 0.485, roi_low: -0.408 }, { low: '-40.8%', high: '48.5%' }],
  ['two ends that read the same', { roi: -0.28941, roi_low: -0.28944 }, null],
  ['a return that is known', { roi: 0.2, roi_low: null }, null],
  ['a sum without a range', { roi: 0.2 }, null],
  ['no return', { roi: null, roi_low: null }, null],
])('[K12] the range of a return: %s', (_what, sum, expected) => {
  expect(returnRange(sum, words)).toEqual(expected);
});
