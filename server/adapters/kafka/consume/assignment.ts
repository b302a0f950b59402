/** A partition that the group has given to us, from its assignment to the next. */
import type { LogBatch } from '../../../pipeline/ports/log.ts';

export interface Partition {
  readonly topic: string;
  readonly partition: number;
  /** `topic/partition`, for maps and messages. */
  readonly name: string;
  /** Fencing epoch of the store; null until asked for. */
  epoch: number | null;
  /** Next offset the store wants; null = it has none yet. */
  position: number | null;
  /** Identity of the log that `position` belongs to; null = unknown. */
  logId: string | null;
  /** Next offset the fetch loop wants; ahead of `position` by what waits here, and by what holds no record for us, such as transaction markers. */
  seen: number;
  /** Fetched and not yet stored, in order. */
  readonly waiting: FetchedBatch[];
  working: boolean;
  /** Records are taken only when ready. */
  ready: boolean;
}

export interface FetchedBatch extends LogBatch {
  /** Total size of the values, in bytes. */
  readonly bytes: number;
}

export function newPartition(topic: string, partition: number): Partition {
  return {
    topic,
    partition,
    name: `${topic}/${partition}`,
    epoch: null,
    position: null,
    logId: null,
    seen: 0,
    waiting: [],
    working: false,
    ready: false,
  };
}
