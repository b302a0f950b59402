/** The event log: where records come from, and where HTTP and import put them. */
import type { SourceHealth } from '../../../shared/wire/freshness.ts';

/** The two roads events may come by. */
export type LogName = SourceHealth['source'];
/** What may be left with events in it: a whole road, or one topic of a broker. */
export type LogMarkName = LogName | `topic ${string}`;

export interface LogRecord {
  readonly offset: number;
  /** null is a Kafka tombstone: counted, nothing else. */
  readonly value: Uint8Array | null;
  readonly key: Uint8Array | null;
  /** Kafka headers (`ce_…` in binary mode), values as text. */
  readonly headers: Readonly<Record<string, string>>;
  /** The log's own clock at append, UTC ms. */
  readonly appendedAt: number;
}

export interface LogBatch {
  readonly topic: string;
  readonly partition: number;
  /** Fencing epoch of this assignment; a commit under an older one is refused. */
  readonly epoch: number;
  /** In offset order; offsets may skip. */
  readonly records: readonly LogRecord[];
  /** Next offset to continue at once these records are folded. */
  readonly nextOffset: number;
  /** End of the partition's log when the batch was fetched. */
  readonly highWatermark: number;
}

/** Where the store stands in a partition. */
export interface Position {
  readonly epoch: number;
  /** null = nothing of this log was stored yet: from its beginning. */
  readonly nextOffset: number | null;
  /** The log the offset belongs to, or the record of it by which it is told from others; null = nothing of it is known. */
  readonly logId: string | null;
}

/** `lost`: the log forgot records before they were read. `new_log`: the topic was made anew or cut short. */
export type GapCause = 'lost' | 'new_log';
export interface LogGap {
  readonly topic: string;
  readonly partition: number;
  /** The offset that should have come next. */
  readonly expected: number;
  /** The oldest offset that the log holds instead. */
  readonly oldest: number;
  readonly cause: GapCause;
}

/** What was found when a partition's log was compared with the stored position. */
export interface PartitionStart {
  readonly topic: string;
  readonly partition: number;
  readonly epoch: number;
  readonly logId: string | null;
  /** The stored offset belongs to another log and is forgotten: reading begins with the oldest record. */
  readonly anew: boolean;
  /** The log never held a record: the position is its start, read to the end. */
  readonly empty: boolean;
  readonly gap: LogGap | null;
}

/** Batches of one partition that were fetched and are not stored yet. */
export interface LogFeed {
  /** As they were fetched: in order, all of one epoch. The source may add more at the end at any time. */
  readonly batches: readonly LogBatch[];
  /** Everything before this offset is committed: batches that end there leave the feed. False = commit no more of it. */
  stored(nextOffset: number): boolean;
}

export interface LogHandler {
  /** Raises the partition's epoch in the store and says where to continue. */
  assign(topic: string, partition: number): Promise<Position>;
  /** Stores, in one transaction, the identity of the log that is read from now on and what was lost on the way [I3, I12]. */
  settle(start: PartitionStart): Promise<void>;
  /**
   * Commits what the feed holds, as much at a time as a transaction should have, together with what other partitions
   * hold then. Resolves once the feed is empty or `stored` answered false. Called once at a time for a partition; after
   * `Unavailable` it may be called again with what is not stored yet.
   */
  consume(feed: LogFeed): Promise<void>;
  /** While it was read, the log lost records that had not been read [I12]. */
  gap(gap: LogGap): Promise<void>;
}

/** A source of records. `run` resolves when `stop` was called, and rejects when the source cannot go on [I14]. */
export interface LogConsumer {
  run(handler: LogHandler): Promise<void>;
  stop(): Promise<void>;
  health(): SourceHealth;
  /** When a read last reached the end of a topic (its logical name), by the store's clock; null = never since the start. */
  reachedEndAt(topic: string): number | null;
  /** Pause intake (bad-record breaker [I10], back-pressure) and resume it. */
  pause(topic: string, reason: string, detail: string): void;
  /** True when it was paused. */
  resume(topic: string): boolean;
  /** Shows a gap that nobody has acknowledged yet; null = all are acknowledged. */
  showGap(detail: string | null): void;
}

export interface AppendRecord {
  /** Logical topic; the adapter maps it to the configured name. */
  readonly topic: string;
  /** Entity id: keeps one entity's events in order. */
  readonly key: string;
  readonly value: Uint8Array;
}
/** Where HTTP and import put events. Resolves once they are durable (Kafka: acknowledged by all in-sync replicas). */
export interface LogProducer {
  append(records: readonly AppendRecord[]): Promise<void>;
}
