/**
 * A token bucket by the monotonic clock. Its size and its rate are chosen below a provider's quota, so that no window of
 * a minute or of a second, wherever it begins, can hold more than the quota [N4].
 */
import type { ChannelQuota } from '../ports/channels.ts';

export interface BucketSize {
  /** Most sends at once. */
  readonly burst: number;
  readonly perMs: number;
}

/** A window holds at most `burst` and what comes back within it: that sum stays one below the quota of a minute and within that of a second. */
export function bucketSize({ perMinute, perSecond }: ChannelQuota): BucketSize {
  const quarter = Math.max(1, Math.floor(perMinute / 4));
  // Half of a second's quota at once leaves the other half to what comes back.
  const burst = perSecond === undefined ? quarter : Math.max(1, Math.min(quarter, Math.ceil(perSecond / 2)));
  const ofMinute = Math.max(0.5, perMinute - burst - 1) / 60_000;
  // Fewer than one more than what is left of the second comes back within a second.
  const ofSecond = perSecond === undefined ? Infinity : (0.9 * Math.max(1, perSecond - burst + 1)) / 1_000;
  return { burst, perMs: Math.min(ofMinute, ofSecond) };
}

/** How many sends a bucket allows in a minute. */
export const clearsInMinute = ({ burst, perMs }: BucketSize): number => burst + Math.floor(perMs * 60_000);

export interface Bucket {
  /** Whole tokens at hand. */
  at(monotonic: number): number;
  spend(monotonic: number, count: number): void;
  /** ms until the next whole token; 0 while there is one. */
  waitMs(monotonic: number): number;
}

/** @param empty begins without tokens: what was spent before is not known. */
export function createBucket({ burst, perMs }: BucketSize, monotonic: number, empty: boolean): Bucket {
  let tokens = empty ? 0 : burst;
  let seen = monotonic;
  const fill = (now: number): void => {
    tokens = Math.min(burst, tokens + Math.max(0, now - seen) * perMs);
    seen = Math.max(seen, now);
  };
  return {
    at(now) {
      fill(now);
      // Sums of fractions come a hair short of the whole they stand for.
      return Math.floor(tokens + 1e-9);
    },
    spend(now, count) {
      fill(now);
      tokens -= count;
    },
    waitMs(now) {
      fill(now);
      return tokens + 1e-9 >= 1 ? 0 : Math.ceil((1 - tokens) / perMs);
    },
  };
}
