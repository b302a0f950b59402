/**
 * One channel as the dispatcher sees it: its bucket, the rest its provider asked for, how many sends are under way, and
 * whether the channel answers at all. A channel that does not is asked by one message at a time, each time after a longer
 * pause, so that an outage costs few requests; the first success opens it again.
 */
import type { ChannelKind, ChannelQuota, SendOutcome } from '../ports/channels.ts';
import { bucketSize, clearsInMinute, createBucket } from './bucket.ts';
import { LONGEST_RETRY_AFTER_MS, pauseMs } from './turns.ts';

/** Sends under way at once. */
const AT_ONCE = 8;
/** Failures in a row after which a channel counts as down. */
const DOWN_AFTER = 3;
/** The longest pause between two questions to a channel that is down: what waits is under way this soon after its return. */
const LONGEST_PROBE_MS = 60_000;
/** Feishu asks robots to leave the minutes alone at which everybody's reports come: each half hour's first seconds. */
const HALF_HOUR_MS = 1_800_000;
const CROWDED_MS = 10_000;

export interface LaneTime {
  /** UTC ms. */
  readonly now: number;
  readonly monotonic: number;
}

export interface Lane {
  /** How many messages may begin now. */
  free(time: LaneTime): number;
  /** ms until `free` may be above 0 without anything else happening; at least 1. */
  waitMs(time: LaneTime): number;
  begin(time: LaneTime, count: number): void;
  /** True when the channel answers again after it was down. */
  end(time: LaneTime, outcome: SendOutcome, random: number): boolean;
  /** What the bucket clears in a minute. */
  readonly minute: number;
}

export interface LaneStart {
  readonly kind: ChannelKind;
  readonly quota: ChannelQuota;
  readonly time: LaneTime;
  /** False when something may have been sent within the last minutes by another process [N4]. */
  readonly rested: boolean;
  /** Until when the provider asked to be left alone, UTC ms; null = not at all. */
  readonly retryAt: number | null;
}

export function createLane({ kind, quota, time, rested, retryAt }: LaneStart): Lane {
  const size = bucketSize(quota);
  const bucket = createBucket(size, time.monotonic, !rested);
  let underWay = 0;
  let failures = 0;
  let closedUntil = retryAt === null ? 0 : time.monotonic + Math.min(LONGEST_RETRY_AFTER_MS, Math.max(0, retryAt - time.now));

  const crowdedMs = (now: number): number => (kind === 'feishu' ? Math.max(0, CROWDED_MS - (now % HALF_HOUR_MS)) : 0);
  const down = (): boolean => failures >= DOWN_AFTER;

  return {
    minute: clearsInMinute(size),
    free({ now, monotonic }) {
      if (monotonic < closedUntil || crowdedMs(now) > 0) return 0;
      const most = down() ? 1 : AT_ONCE;
      return Math.max(0, Math.min(bucket.at(monotonic), most - underWay));
    },
    waitMs({ now, monotonic }) {
      return Math.max(1, closedUntil - monotonic, crowdedMs(now), bucket.waitMs(monotonic));
    },
    begin({ monotonic }, count) {
      bucket.spend(monotonic, count);
      underWay += count;
    },
    end({ monotonic }, outcome, random) {
      underWay -= 1;
      const wasDown = down();
      // A refusal is an answer: the channel works, and this message is wrong.
      failures = outcome.ok || outcome.permanent ? 0 : failures + 1;
      const asked = outcome.ok ? 0 : (outcome.retryAfterMs ?? 0);
      const probe = down() ? Math.min(LONGEST_PROBE_MS, 1_000 + pauseMs(failures - DOWN_AFTER + 1, random)) : 0;
      closedUntil = Math.max(closedUntil, monotonic + Math.max(Math.min(LONGEST_RETRY_AFTER_MS, asked), probe));
      return wasDown && outcome.ok;
    },
  };
}
