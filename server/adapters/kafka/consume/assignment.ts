/** A partition that the consumer group has assigned to us, from this assignment to the next one. */
import type { LogBatch } from '../../../pipeline/ports/log.ts';

export interface Partition {
  readonly topic: string;
  readonly partition: number;
  /** `topic/partition`, for maps and messages. */
  readonly name: string;
  /** Fencing epoch of the store; null until the store was asked. */
  epoch: number | null;
  /** The next offset to store; null = nothing of this partition is stored yet. */
  position: number | null;
  /** Identity of the log that `position` belongs to; null = unknown. */
  logId: string | null;
  /** Offset of a record that was stored since the assignment, of the last ones; null = none was. */
  lastStored: number | null;
  /**
   * The next offset to fetch. It is ahead of `position` by the batches in `waiting` and by offsets without a record,
   * such as transaction markers.
   */
  seen: number;
  /** Batches that are fetched and not stored yet, in order. */
  readonly waiting: FetchedBatch[];
  /** True while batches of this partition are being committed. */
  working: boolean;
  /** False until the start of the partition is checked; fetched records are dropped until then. */
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
    lastStored: null,
    seen: 0,
    waiting: [],
    working: false,
    ready: false,
  };
}
