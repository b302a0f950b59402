/**
 * How long to wait before trying again. Full jitter, so that many who failed
 * together do not come back together.
 */
export interface RetryLimits {
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * Delay in ms before try `attempt + 1`, attempts counted from 0: between a tenth of
 * and the whole of `firstMs · 2^attempt`, capped. `random` returns [0, 1).
 */
export function retryDelay(attempt: number, limits: RetryLimits, random: () => number): number {
  const ceiling = Math.min(limits.longestMs, limits.firstMs * 2 ** Math.min(attempt, 30));
  return Math.ceil(ceiling * (0.1 + 0.9 * random()));
}
