/**
 * One transaction of consumption [I1]: skip known → apply new → quarantine bad → advance the
 * offsets → change log → commit. Nothing is counted, pushed or told to Kafka before it.
 *
 * Records go through it chunk by chunk: the next ones are decoded and looked up while the
 * store still writes what came of those before them, so that neither waits for the other; and
 * a chunk is garbage soon after, so that a collection of young objects has little to copy.
 */
import type { MentionChange, MentionIntakeContext } from '../../domain/fold/mention-change.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import { customersAhead as readAhead, customersOf } from '../fold/customers.ts';
import { openFold } from '../fold/fold.ts';
import type { Decoded } from '../decode/decode.ts';
import type { Append, Commit, Touch } from '../ports/commit.ts';
import { Fenced } from '../ports/errors.ts';
import type { QuarantineEntry, StoreTx, Touched } from '../ports/transaction.ts';
import { openChunks, type ChunkParts, type Chunks } from './chunks.ts';
import { cutBefore, type CommitUnit } from './commit-unit.ts';
import { consumeChunk, nothingConsumed, partitionOf, type Consumed, type RecordParts } from './consume-chunk.ts';

/** Chunks that are folded before a transaction ends early: what it costs besides them must not become the most of it. */
const LEAST_CHUNKS = 4;
const never = (): boolean => false;

/** Raw records that are compressed together: a block of about a megabyte, so that neither its making nor its size is felt. */
const RAW_RECORDS_PER_BLOCK = 2_048;

export interface ConsumeParts extends RecordParts, ChunkParts {
  readonly commit: Commit;
  readonly calendar: Calendar;
  /** The workspace's making, UTC ms. */
  readonly workspaceSince: number;
  /** Number of the epoch of the store's clock as it tells the time just now; absent: 0 for ever. */
  readonly clockEpoch?: () => number;
  /** Opens and changes incidents for what happened to mentions; resolves to what that touched. */
  readonly openIncidents: (tx: StoreTx, changes: readonly MentionChange[], context: MentionIntakeContext) => Promise<readonly Touched[]>;
}

/**
 * Commits units of different partitions in one transaction; resolves to what became of each. Throws what the store
 * throws, and `Fenced` when a partition is no longer ours. `onReleased` is called when the next transaction may be asked for;
 * `endsEarly` is asked now and then whether what is not folded yet should be left for another transaction.
 */
export function consumeUnits(
  parts: ConsumeParts,
  units: readonly CommitUnit[],
  onReleased: () => void = () => undefined,
  endsEarly: () => boolean = never,
): Promise<readonly Consumed[]> {
  const chunks = openChunks(parts, units);
  return parts.commit((tx, touch, at, append) => consumeInside({ tx, touch, at, append }, parts, { units, chunks, onReleased, endsEarly }));
}

/** The transaction, and the store's clock when it began, which is the receipt of its records. */
interface TxContext {
  readonly tx: StoreTx;
  readonly touch: Touch;
  readonly at: number;
  readonly append: Append;
}
interface Work {
  readonly units: readonly CommitUnit[];
  readonly chunks: Chunks;
  readonly onReleased: () => void;
  readonly endsEarly: () => boolean;
}

async function consumeInside({ tx, touch, at, append }: TxContext, parts: ConsumeParts, work: Work): Promise<readonly Consumed[]> {
  const { chunks, onReleased, endsEarly } = work;
  // Together with the clock: it may be set right while this waits.
  const epoch = parts.clockEpoch?.() ?? 0;
  // Asked with the positions of the units: what the first chunk needs costs no wait of its own.
  const customersAhead = readAhead(tx);
  const askCustomers = (events: readonly Decoded[]): void => customersAhead.ask(customersOf(events));
  let next = chunks.next(tx, askCustomers);
  next.catch(() => undefined); // Awaited below, unless the units are refused first.
  const [states, policies] = await Promise.all([beginUnits(tx, work.units), tx.policies()]);
  const entries: QuarantineEntry[] = [];
  const { calendar, yieldIfDue, workspaceSince } = parts;
  const threshold = policies.polarity.threshold;
  const fold = openFold(tx, { calendar, yieldIfDue, workspaceSince, append, threshold, receivedAt: at, epoch, customersAhead });
  let current = states[0];
  for (let done = 0; ; done++) {
    if (chunks.ending) onReleased();
    const early = done >= LEAST_CHUNKS && endsEarly();
    // Also before an early end: what it asks the store must not be asked after the transaction.
    const asked = await next;
    const chunk = early ? undefined : asked;
    const state = chunk && states[chunk.unitIndex];
    // At the end of a unit, not of the transaction: the store compresses while the fold goes on.
    if (current && current !== state) await keepRaw(tx, parts, current, at);
    if (!chunk || !state) break;
    current = state;
    const { unit, from, consumed } = state;
    const folded = await consumeChunk({ fold, parts }, { unit, chunk, from, at }, consumed, entries);
    if (consumed.raw.offsets.length >= RAW_RECORDS_PER_BLOCK) await keepRaw(tx, parts, state, at);
    chunks.folded(folded?.outdated ?? []);
    if (folded && folded.mentions.length > 0) touch(...(await parts.openIncidents(tx, folded.mentions, { now: at, policies })));
    // Travels in one message with what is written and with the questions of the next chunks.
    fold.prefetch();
    next = chunks.next(tx, askCustomers);
  }
  onReleased();
  leaveUnfolded(work, states);
  touch(...(await fold.finish()));
  if (entries.length > 0) {
    await tx.quarantine(entries);
    touch('quarantine');
  }
  for (const { consumed, from } of states) {
    const { topic, partition, epoch, nextOffset, bookkeeping } = consumed.unit;
    await bookkeeping?.(tx);
    // When every record was skipped, the stored offset may lie further on already.
    if (nextOffset > from) await tx.advanceOffset({ topic, partition, epoch, nextOffset });
  }
  return states.map(({ consumed }) => consumed);
}

/** After an early end: what was not folded is not committed. */
function leaveUnfolded({ units, chunks: { unfolded } }: Work, states: readonly UnitState[]): void {
  const [first] = unfolded?.records ?? [];
  if (!unfolded || !first) return;
  const committed = cutBefore(units, unfolded.unitIndex, first);
  for (const [i, { consumed }] of states.entries()) consumed.unit = committed[i] ?? consumed.unit;
}

interface UnitState {
  readonly unit: CommitUnit;
  /** Stored next offset of the partition. */
  readonly from: number;
  readonly consumed: Consumed;
}

/** Throws `Fenced` when a partition belongs to a newer assignment. */
function beginUnits(tx: StoreTx, units: readonly CommitUnit[]): Promise<readonly UnitState[]> {
  return Promise.all(
    units.map(async (unit) => {
      const { topic, partition, epoch } = unit;
      const position = await tx.offset(topic, partition);
      if (position?.epoch !== epoch) throw new Fenced(`epoch ${epoch} of ${topic}/${partition} is no longer ours`);
      return { unit, from: position.nextOffset ?? 0, consumed: nothingConsumed(unit) };
    }),
  );
}

async function keepRaw(tx: StoreTx, { logName }: ConsumeParts, { unit, consumed }: UnitState, receivedAt: number): Promise<void> {
  if (consumed.raw.offsets.length === 0) return;
  await tx.putRaw({ partition: partitionOf(logName, unit.topic, unit.partition), receivedAt, ...consumed.raw });
  consumed.raw = { offsets: [], bytes: [] };
}
