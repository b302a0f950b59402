/**
 * One transaction of the line [I1]: skip known → apply new → quarantine bad → advance the
 * offset → change log → commit. Nothing is counted, pushed or told to Kafka before it.
 */
import type { Rejection } from '../../shared/events/outcomes.ts';
import type { MentionChange, MentionIntakeContext } from '../domain/fold/mention-change.ts';
import type { Calendar } from '../domain/time/calendar.ts';
import { structuredBytes } from './decode/binary-mode.ts';
import type { Decode, Decoded, Undecoded } from './decode.ts';
import { noCounts, type Counts } from './consumed.ts';
import { foldBatch } from './fold-batch.ts';
import { loadFor } from './fold-drafts.ts';
import {
  Fenced,
  type ClockPort,
  type LoadedFact,
  type LogRecord,
  type QuarantineEntry,
  type RawRecord,
  type Store,
  type StoreTx,
  type Touched,
} from './ports.ts';
import { idConflict, quarantineEntry } from './quarantine-entry.ts';

export interface ConsumeParts {
  readonly store: Store;
  readonly decode: Decode;
  readonly calendar: Calendar;
  readonly clock: ClockPort;
  /** How positions name this log. */
  readonly logName: 'kafka' | 'log';
  /** Opens and changes incidents for what happened to mentions; true when one changed. */
  readonly openIncidents: (tx: StoreTx, changes: readonly MentionChange[], context: MentionIntakeContext) => Promise<boolean>;
  readonly sha256: (bytes: Uint8Array) => string;
  readonly encodeUtf8: (text: string) => Uint8Array;
  /** Gives way to the event loop when a slice has run long enough; undefined = go on. */
  readonly breathe: () => Promise<void> | undefined;
}

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
  /** The records as they were read ahead of their turn. */
  readonly looked?: Promise<readonly Looked[]> | undefined;
}

export interface Consumed {
  readonly counts: Counts;
  /** By code. */
  readonly rejected: ReadonlyMap<string, number>;
  readonly touched: readonly Touched[];
  readonly overRefunded: number;
  /** In order of the records that were looked at: was it bad? */
  readonly verdicts: readonly boolean[];
  /** The store's clock at receipt. */
  readonly at: number;
}

export function positionOf(logName: string, topic: string, partition: number, offset: number): string {
  return `${logName} ${topic}/${partition}@${offset}`;
}

/** Throws what the store throws; `Fenced` when the partition is no longer ours. */
export async function consumeRecords(parts: ConsumeParts, slice: Slice): Promise<Consumed> {
  const looked = await (slice.looked ?? lookAt(parts, slice.records, slice.refused));
  return parts.store.write((tx) => consumeInside(tx, parts, slice, looked, parts.clock.now()));
}

/** What decoding made of a record; null for a tombstone. */
export type Looked = Decoded | Undecoded | null;

/** One for each record. Needs no transaction, so other writers are not kept waiting for it, and it may be done ahead. */
export async function lookAt(
  parts: Pick<ConsumeParts, 'decode' | 'clock' | 'breathe'>,
  records: readonly LogRecord[],
  refused?: Slice['refused'],
): Promise<readonly Looked[]> {
  const now = parts.clock.now();
  const looked: Looked[] = [];
  for (let i = 0; i < records.length; i++) {
    const { value, headers } = records[i] as LogRecord;
    if (value === null) looked.push(null);
    else looked.push(refused ? guilty(refused) : parts.decode(value, headers, now));
    if ((i & 63) === 63) await parts.breathe();
  }
  return looked;
}

function guilty({ code, message }: Pick<Rejection, 'code' | 'message'>): Undecoded {
  return { ok: false, rejection: { code, path: '', message }, id: null, type: null, source: null };
}

async function consumeInside(tx: StoreTx, parts: ConsumeParts, slice: Slice, looked: readonly Looked[], at: number): Promise<Consumed> {
  const { topic, partition, epoch, records } = slice;
  const candidates = looked.filter((result): result is Decoded => result !== null && result.ok);
  // In one go, also for records that turn out to be known: every turn costs the batch a wait.
  const [stored, policies, loaded] = await Promise.all([tx.offset(topic, partition), tx.policies(), loadFor(tx, candidates)]);
  if (stored?.epoch !== epoch) throw new Fenced(`epoch ${epoch} of ${topic}/${partition} is no longer ours`);
  const from = stored.nextOffset ?? 0;
  const counts = noCounts();
  const rejected = new Map<string, number>();

  /** The record of each event. */
  const good: LogRecord[] = [];
  const events: Decoded[] = [];
  const facts: LoadedFact[] = [];
  let candidate = 0;
  const entries: QuarantineEntry[] = [];
  const verdicts: boolean[] = [];
  /** Index into `verdicts` of each good one: a conflict turns out later. */
  const verdictOf: number[] = [];
  const refuse = (record: LogRecord, result: Decoded | Undecoded, rejection = result.ok ? idConflict : result.rejection): void => {
    counts.quarantined++;
    rejected.set(rejection.code, (rejected.get(rejection.code) ?? 0) + 1);
    const bytes = structuredBytes(record.value as Uint8Array, record.headers, parts.encodeUtf8);
    const origin = { position: positionOf(parts.logName, topic, partition, record.offset), topic, receivedAt: at };
    entries.push(quarantineEntry(rejection, bytes, origin, result, parts.sha256));
  };
  for (let i = 0; i < records.length; i++) {
    const record = records[i] as LogRecord;
    const result = looked[i];
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
      refuse(record, result);
    }
  }

  const touched = new Set<Touched>();
  let overRefunded = 0;
  if (events.length > 0) {
    const folded = await foldBatch(tx, events, {
      calendar: parts.calendar,
      threshold: policies.polarity.threshold,
      receivedAt: at,
      breathe: parts.breathe,
      loaded: { ...loaded, facts },
      async admitted(outcomes) {
        const raw: RawRecord[] = [];
        for (let i = 0; i < good.length; i++) {
          const record = good[i] as LogRecord;
          const outcome = outcomes[i];
          if (outcome === 'conflict') {
            verdicts[verdictOf[i] as number] = true;
            refuse(record, events[i] as Decoded);
          } else if (outcome === 'duplicate') counts.duplicate++;
          else {
            counts[outcome === 'older' ? 'older' : 'applied']++;
            const position = positionOf(parts.logName, topic, partition, record.offset);
            raw.push({ position, receivedAt: at, bytes: structuredBytes(record.value as Uint8Array, record.headers, parts.encodeUtf8) });
          }
        }
        // Early: the store compresses while the fold goes on.
        if (raw.length > 0) await tx.putRaw(raw);
      },
    });
    overRefunded = folded.overRefunded;
    for (const part of folded.touched) touched.add(part);
    if (folded.mentions.length > 0 && (await parts.openIncidents(tx, folded.mentions, { now: at, policies }))) touched.add('incidents');
  }
  if (entries.length > 0) {
    await tx.quarantine(entries);
    touched.add('quarantine');
  }
  await slice.bookkeeping?.(tx);
  // Everything skipped: the store stands further on already.
  if (slice.nextOffset > from) await tx.advanceOffset({ topic, partition, epoch, nextOffset: slice.nextOffset });
  // Its number is of no use here, so nobody waits for it; should it fail, the commit does.
  if (touched.size > 0) tx.appendChange([...touched], at).catch(() => undefined);
  return { counts, rejected, touched: [...touched], overRefunded, verdicts, at };
}
