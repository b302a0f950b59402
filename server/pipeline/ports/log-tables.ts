/**
 * The tables of the embedded event log. They live in the store's own file, so that
 * one durable commit takes an event in and a crash between log and store cannot
 * lose one; what the log means (consumers, epochs, waiting) is `adapters/log`, which asks for no more than this.
 */
import type { AppendRecord, LogRecord } from './log.ts';

export interface LogTables {
  /** Resolves once all records are durable, or takes none. Calls that wait at the same time share one commit. */
  append(records: readonly AppendRecord[], appendedAt: number): Promise<void>;
  /**
   * Records from `fromOffset` on, in order, until their values pass `maxBytes`; at least one when there is one.
   * Offsets of a topic start at 0 and are dense.
   */
  read(topic: string, fromOffset: number, maxBytes: number): Promise<readonly LogRecord[]>;
  /** Oldest offset still kept; equals `end` when nothing is. */
  start(topic: string): Promise<number>;
  /** The offset the next record will get. */
  end(topic: string): Promise<number>;
  /** Forgets records below an offset; offsets are never given twice. */
  trim(topic: string, belowOffset: number): Promise<void>;
}
