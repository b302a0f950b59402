/**
 * The scale on which figures are judged. The spread of counts and of sums of many amounts grows with the root of their
 * size, so on the scale of roots it is about the same at three in the morning and at eight in the evening, and one spread
 * can be learnt from the whole day.
 */

/** What is summed: things, or minor units of money. */
export type Measure = 'count' | 'money';

/** A count as Anscombe's root, money (signed) as its signed root. */
export function rooted(value: number, measure: Measure): number {
  return measure === 'count' ? Math.sqrt(Math.max(0, value) + 0.375) : Math.sign(value) * Math.sqrt(Math.abs(value));
}

/** The value a root stands for. */
export function unrooted(root: number, measure: Measure): number {
  return measure === 'count' ? Math.max(0, root * root - 0.375) : Math.sign(root) * root * root;
}

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = new Float64Array(values).sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
