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

/** Where `median` puts values into order; it grows with the longest list. */
let scratch = new Float64Array(512);

/**
 * The middle value; the mean of the two middle ones where there are two; NaN of nothing. Learning what is usual asks for
 * hundreds of thousands of medians, so only the middle is put into its place: to sort everything takes three times as long.
 */
export function median(values: readonly number[]): number {
  const { length } = values;
  if (length === 0) return Number.NaN;
  if (scratch.length < length) scratch = new Float64Array(2 * length);
  for (let i = 0; i < length; i += 1) scratch[i] = values[i] ?? 0;
  const middle = length >> 1;
  const upper = placed(scratch, length, middle);
  if (length % 2 === 1) return upper;
  let lower = -Infinity;
  for (let i = 0; i < middle; i += 1) lower = Math.max(lower, scratch[i] ?? 0);
  return (lower + upper) / 2;
}

/** Moves the first `length` numbers so that the one at `place` is the one that sorting would put there, with none above it before it. */
function placed(numbers: Float64Array, length: number, place: number): number {
  let [from, to] = [0, length - 1];
  while (from < to) {
    const pivot = numbers[(from + to) >> 1] ?? 0;
    let [low, high] = [from, to];
    while (low <= high) {
      while ((numbers[low] ?? 0) < pivot) low += 1;
      while ((numbers[high] ?? 0) > pivot) high -= 1;
      if (low > high) break;
      const moved = numbers[low] ?? 0;
      numbers[low] = numbers[high] ?? 0;
      numbers[high] = moved;
      low += 1;
      high -= 1;
    }
    if (place <= high) to = high;
    else if (place >= low) from = low;
    else break;
  }
  return numbers[place] ?? Number.NaN;
}
