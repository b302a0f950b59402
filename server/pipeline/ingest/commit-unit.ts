/** What consumption is handed, and the pieces it is worked off in. */
import type { Rejection } from '../../../shared/events/outcomes.ts';
import type { LogBatch, LogRecord } from '../ports/log.ts';
import type { StoreTx } from '../ports/transaction.ts';

/** Bounds a transaction: how long other writers wait, and how much a crash repeats. */
export const MAX_RECORDS_PER_COMMIT = 8_000;
/** Enough to make a message to the store worth its cost, few enough to be gone before young objects are collected. */
export const RECORDS_A_PIECE = 128;

/** Records of one partition that are committed together. */
export interface Slice {
  readonly topic: string;
  readonly partition: number;
  readonly epoch: number;
  readonly records: readonly LogRecord[];
  /** Stored next offset once these records are through. */
  readonly nextOffset: number;
  /** Attempts this slice ends or hands on, in its transaction. */
  readonly bookkeeping?: ((tx: StoreTx) => Promise<void>) | undefined;
  /** Set for a single record found guilty: it is quarantined for this, without a look at it. */
  readonly refused?: Pick<Rejection, 'code' | 'message'> | undefined;
  /** Tries already counted for a single record. */
  readonly tries?: number | undefined;
}

/** A batch in transactions of bounded size. Even an empty batch is one: its offsets may have moved past markers. */
export function slicesOf({ topic, partition, epoch, records, nextOffset }: LogBatch): readonly Slice[] {
  const parts = equalParts(records, MAX_RECORDS_PER_COMMIT);
  return parts.map((part, i) => ({ topic, partition, epoch, records: part, nextOffset: parts[i + 1]?.[0]?.offset ?? nextOffset }));
}

/** At least one part. Equal ones: a short rest would cost as much around it as a whole one. */
export function equalParts(records: readonly LogRecord[], most: number): readonly (readonly LogRecord[])[] {
  if (records.length <= most) return [records];
  const count = Math.ceil(records.length / most);
  const length = Math.ceil(records.length / count);
  return Array.from({ length: count }, (_, i) => records.slice(i * length, (i + 1) * length));
}
