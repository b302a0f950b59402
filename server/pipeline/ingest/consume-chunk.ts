/** What becomes of a chunk's records, once the store has said what it has of them. */
import type { Rejection } from '../../../shared/events/outcomes.ts';
import { structuredBytes } from '../decode/binary-mode.ts';
import type { Decoded, Undecoded } from '../decode/decode.ts';
import { noCounts, type Counts } from './consumed.ts';
import type { Fold, Folded } from '../fold/fold.ts';
import type { LoadedChunk } from './chunks.ts';
import type { LogRecord } from '../ports/log.ts';
import type { LoadedFact, QuarantineEntry } from '../ports/transaction.ts';
import { idConflict, quarantineEntry } from '../decode/quarantine-entry.ts';
import type { CommitUnit } from './commit-unit.ts';

/** What became of one unit. */
export interface Consumed {
  /** What was committed: less than what was asked for where the transaction ended early. */
  unit: CommitUnit;
  readonly counts: Counts;
  /** By code. */
  readonly rejected: Map<string, number>;
  overRefunded: number;
  /** Of each record that was neither known nor a tombstone, in order: was it bad? */
  readonly verdicts: boolean[];
  /** Raw records that the store does not have yet. */
  raw: { readonly offsets: number[]; readonly bytes: Uint8Array[] };
}

export function nothingConsumed(unit: CommitUnit): Consumed {
  return { unit, counts: noCounts(), rejected: new Map(), overRefunded: 0, verdicts: [], raw: { offsets: [], bytes: [] } };
}

export interface RecordParts {
  /** How positions name this log. */
  readonly logName: 'kafka' | 'log';
  readonly sha256: (bytes: Uint8Array) => string;
  readonly encodeUtf8: (text: string) => Uint8Array;
}

export function partitionOf(logName: string, topic: string, partition: number): string {
  return `${logName} ${topic}/${partition}`;
}

export function positionOf(logName: string, topic: string, partition: number, offset: number): string {
  return `${partitionOf(logName, topic, partition)}@${offset}`;
}

/** A chunk with what is known about it. */
export interface ChunkContext {
  readonly unit: CommitUnit;
  readonly chunk: LoadedChunk;
  /** Stored next offset of the partition: what lies before it is known. */
  readonly from: number;
  /** The store's clock. */
  readonly at: number;
}

/** Folds what is new, counts all of it into `consumed` and leaves what is bad in `entries`. */
export async function consumeChunk(
  { fold, parts }: { readonly fold: Fold; readonly parts: RecordParts },
  { unit, chunk, from, at }: ChunkContext,
  consumed: Consumed,
  entries: QuarantineEntry[],
): Promise<Folded | undefined> {
  const { topic, partition } = unit;
  const { records, decoded, loaded } = chunk;
  const { counts, rejected, verdicts, raw } = consumed;
  /** The record of each event. */
  const good: LogRecord[] = [];
  const events: Decoded[] = [];
  const facts: LoadedFact[] = [];
  /** Index into `verdicts` of each event: whether it conflicts is known only after the fold. */
  const verdictOf: number[] = [];
  let candidate = 0;
  const bytesOf = ({ value, headers }: LogRecord): Uint8Array => structuredBytes(value as Uint8Array, headers, parts.encodeUtf8);
  const refuse = (record: LogRecord, result: Decoded | Undecoded, rejection: Rejection): void => {
    counts.quarantined++;
    rejected.set(rejection.code, (rejected.get(rejection.code) ?? 0) + 1);
    const origin = { position: positionOf(parts.logName, topic, partition, record.offset), topic, receivedAt: at };
    entries.push(quarantineEntry(rejection, bytesOf(record), origin, result, parts.sha256));
  };
  for (let i = 0; i < records.length; i++) {
    const record = records[i] as LogRecord;
    const result = decoded[i];
    const fact = result?.ok ? (loaded.facts[candidate++] as LoadedFact) : undefined;
    if (record.offset < from) {
      counts.skipped++;
    } else if (!result) {
      counts.tombstone++;
    } else if (result.ok) {
      good.push(record);
      events.push(result);
      facts.push(fact as LoadedFact);
      verdictOf.push(verdicts.push(false) - 1);
    } else {
      verdicts.push(true);
      refuse(record, result, result.rejection);
    }
  }
  if (events.length === 0) return undefined;

  const folded = await fold.chunk(events, { ...loaded, facts });
  for (let i = 0; i < good.length; i++) {
    const record = good[i] as LogRecord;
    const outcome = folded.outcomes[i];
    if (outcome === 'conflict') {
      verdicts[verdictOf[i] as number] = true;
      refuse(record, events[i] as Decoded, idConflict);
    } else if (outcome === 'duplicate') counts.duplicate++;
    else {
      counts[outcome === 'older' ? 'older' : 'applied']++;
      raw.offsets.push(record.offset);
      raw.bytes.push(bytesOf(record));
    }
  }
  consumed.overRefunded += folded.overRefunded;
  return folded;
}
