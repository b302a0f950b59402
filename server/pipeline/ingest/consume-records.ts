/**
 * One transaction of the line [I1]: skip known → apply new → quarantine bad → advance the
 * offsets → change log → commit. Nothing is counted, pushed or told to Kafka before it.
 *
 * It goes piece by piece: one is decoded and looked up while the store still writes what
 * came of those before it, so that neither waits for the other; and it is garbage soon
 * after, so that a collection of young objects finds little it has to copy.
 */
import type { Policies } from '../../../shared/kpi/targets.ts';
import type { MentionChange, MentionIntakeContext } from '../../domain/fold/mention-change.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import { consumePiece, nothingConsumed, partitionOf, type Consumed, type PieceInHand, type PieceParts } from './consume-chunk.ts';
import { openFold } from '../fold/fold.ts';
import { loadFor, type Loaded } from '../fold/load.ts';
import type { AskedPiece, Pieces, PiecesParts } from './chunks.ts';
import { Fenced } from '../ports/errors.ts';
import type { Touch } from '../ports/commit.ts';
import type { QuarantineEntry, StoreTx, Touched } from '../ports/transaction.ts';
import type { Recent } from './recent-keys.ts';
import type { Slice } from './commit-unit.ts';

/** Records compressed together: a block of about a megabyte, so that neither its making nor its size is felt. */
const RAW_AT_ONCE = 2_048;

export interface ConsumeParts extends PieceParts, PiecesParts {
  readonly calendar: Calendar;
  /** Opens and changes incidents for what happened to mentions; resolves to what that touched. */
  readonly openIncidents: (tx: StoreTx, changes: readonly MentionChange[], context: MentionIntakeContext) => Promise<readonly Touched[]>;
}

/** What a transaction begins with. */
export interface Opening {
  /** Of each slice's partition. */
  readonly positions: readonly Awaited<ReturnType<StoreTx['offset']>>[];
  readonly policies: Policies;
}
/** What was read in the transaction before this one. */
export interface Ahead {
  readonly opening: Promise<Opening>;
  /** Whether that one is. Never rejects. */
  readonly committed: Promise<boolean>;
}
/** A transaction's part in the stream of them. */
export interface Turn {
  readonly slices: readonly Slice[];
  readonly pieces: Pieces;
  /** Of all transactions. */
  readonly recent: Recent;
  readonly ahead?: Ahead;
  /** Called when the next transaction may be asked for. */
  leaving(): void;
  /** The next one may ask, in this one, for what it needs first. */
  handOn(tx: StoreTx): void;
}

/** What was read ahead is no longer so. */
export class Outdated extends Error {
  override readonly name = 'Outdated';
}

/** The transaction a turn runs in, and the store's clock when it began: the receipt of its records. */
export interface Within {
  readonly tx: StoreTx;
  readonly touch: Touch;
  readonly at: number;
}

/** What became of each slice, in order. Throws what the store throws, `Fenced` when a partition is no longer ours, and `Outdated`. */
export async function consumeRecords({ tx, touch, at }: Within, parts: ConsumeParts, turn: Turn): Promise<readonly Consumed[]> {
  const { slices, pieces, recent, ahead } = turn;
  const own = openingOf(tx, slices);
  const { positions, policies } = await (ahead?.opening ?? own);
  const from = positions.map((position) => position?.nextOffset ?? 0);
  const consumed = slices.map(nothingConsumed);
  const entries: QuarantineEntry[] = [];
  const { calendar, yieldIfDue } = parts;
  const fold = openFold(tx, { calendar, yieldIfDue, threshold: policies.polarity.threshold, receivedAt: at });
  let of = 0;
  for (;;) {
    // With what is written, one message to the store.
    fold.askAhead();
    const next = pieces.next(tx);
    if (pieces.ending) {
      turn.leaving();
      turn.handOn(tx);
    }
    const piece = await next;
    // Early: the store compresses while the fold goes on.
    if (piece?.of !== of) await keepRaw(tx, parts, slices[of], consumed[of], at);
    if (!piece) break;
    of = piece.of;
    const loaded = await currentFor(tx, piece, recent);
    const sums = consumed[of] as Consumed;
    const inHand: PieceInHand = { slice: slices[of] as Slice, piece, loaded, from: from[of] as number, at };
    const folded = await consumePiece({ fold, parts }, inHand, sums, entries);
    if (sums.raw.offsets.length >= RAW_AT_ONCE) await keepRaw(tx, parts, slices[of], sums, at);
    if (folded) recent.folded(folded.outdated);
    if (folded && folded.mentions.length > 0) touch(...(await parts.openIncidents(tx, folded.mentions, { now: at, policies })));
  }
  turn.leaving();
  turn.handOn(tx);
  if (ahead && !(await isStill(ahead, own))) throw new Outdated('what was read ahead is no longer so');
  touch(...(await fold.finish()));
  if (entries.length > 0) {
    await tx.quarantine(entries);
    touch('quarantine');
  }
  for (const [i, { topic, partition, epoch, nextOffset, bookkeeping }] of slices.entries()) {
    await bookkeeping?.(tx);
    // Everything skipped: the store stands further on already.
    if (nextOffset > (from[i] as number)) await tx.advanceOffset({ topic, partition, epoch, nextOffset });
  }
  return consumed;
}

/** What the store has for a piece now that the pieces before it are folded. */
function currentFor(tx: StoreTx, { candidates, loaded }: AskedPiece, recent: Recent): Promise<Loaded> {
  if (candidates.some(({ kind, key }) => recent.has(kind, key))) return loadFor(tx, candidates);
  // Asked in a transaction that has ended since, some of the answer may not have come.
  return loaded.catch(() => loadFor(tx, candidates));
}

/** The answer to `own` comes after the end of the transaction before: nothing here waits for it. */
async function isStill({ opening, committed }: Ahead, own: Promise<Opening>): Promise<boolean> {
  return JSON.stringify(await opening) === JSON.stringify(await own) && (await committed);
}

async function keepRaw(
  tx: StoreTx,
  { logName }: ConsumeParts,
  slice: Slice | undefined,
  consumed: Consumed | undefined,
  receivedAt: number,
): Promise<void> {
  if (!slice || !consumed || consumed.raw.offsets.length === 0) return;
  await tx.putRaw({ partition: partitionOf(logName, slice.topic, slice.partition), receivedAt, ...consumed.raw });
  consumed.raw = { offsets: [], bytes: [] };
}

/** Throws `Fenced` when a partition is another's. */
export function openingOf(tx: StoreTx, slices: readonly Slice[]): Promise<Opening> {
  const read = Promise.all([Promise.all(slices.map(({ topic, partition }) => tx.offset(topic, partition))), tx.policies()]);
  const opening = read.then(([positions, policies]) => {
    for (const [i, { topic, partition, epoch }] of slices.entries())
      if (positions[i]?.epoch !== epoch) throw new Fenced(`epoch ${epoch} of ${topic}/${partition} is no longer ours`);
    return { positions, policies };
  });
  // Whoever needs it hears of it.
  opening.catch(() => undefined);
  return opening;
}
