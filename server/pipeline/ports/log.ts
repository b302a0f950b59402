/** The event log: where records come from, and where HTTP and import put them. */
import type { SourceHealth } from '../../../shared/wire/freshness.ts';

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

export interface LogHandler {
  /** Raises the partition's epoch in the store and says where to continue; null = from the beginning. */
  assign(topic: string, partition: number): Promise<{ epoch: number; nextOffset: number | null }>;
  /** Resolves once the batch is committed; several partitions may have one here at a time, which then share a commit. Throws `Unavailable` to be called again with the same records. */
  batch(batch: LogBatch, keepAlive: () => Promise<void>): Promise<void>;
  /** The log no longer has our next offset [I12]. */
  gap(topic: string, partition: number, expected: number, oldest: number): Promise<void>;
}

/** A source of records. `run` resolves when `stop` was called, and rejects when the source cannot go on [I14]. */
export interface LogConsumer {
  run(handler: LogHandler): Promise<void>;
  stop(): Promise<void>;
  health(): SourceHealth;
  /** Pause intake (bad-record brake [I10], back-pressure) and resume it. */
  pause(topic: string, reason: string, detail: string): void;
  resume(topic: string): void;
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
