/** Quantiles of samples that a forecast is widened by. */

/**
 * The value below which a share `p` of future draws is expected to fall: rank p × (n + 1), interpolated (Hyndman and Fan's
 * type 6). Of exchangeable draws the next one lies between the quantiles p and 1 − p with probability 1 − 2p, which is why
 * this type is used and not type 7, whose range is too narrow for few values. Beyond the outermost value the distance to
 * its neighbour is carried on. `values` is not empty.
 */
export function predictiveQuantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = p * (sorted.length + 1) - 1;
  const below = Math.min(Math.max(Math.floor(rank), 0), Math.max(0, sorted.length - 2));
  const low = sorted[below] ?? 0;
  const high = sorted[below + 1] ?? low;
  return low + (high - low) * (rank - below);
}

/** The middle value; the mean of the two middle ones where there are two. 0 for nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
