/**
 * One transaction of the line [I1]: skip known → apply new → quarantine bad → advance the
 * offsets → change log → commit. Nothing is counted, pushed or told to Kafka before it.
 *
 * It goes piece by piece: one is decoded and looked up while the store still writes what
 * came of the one before it, so that neither waits for the other; and it is garbage soon
 * after, so that a collection of young objects finds little it has to copy.
 */
import type { MentionChange, MentionIntakeContext } from '../domain/fold/mention-change.ts';
import type { Calendar } from '../domain/time/calendar.ts';
import { consumePiece, nothingConsumed, partitionOf, type Consumed, type PieceInHand, type PieceParts } from './consume-piece.ts';
import type { Decoded } from './decode.ts';
import { openFold, type Fold, type Folded } from './fold.ts';
import { loadFor, type Loaded } from './fold-drafts.ts';
import { lookAhead, type LookAhead, type LookAheadParts, type Piece } from './look-ahead.ts';
import { Fenced, type QuarantineEntry, type Store, type StoreTx, type Touched } from './ports.ts';
import type { Slice } from './slices.ts';

/** Records compressed together: a block of about a megabyte, so that neither its making nor its size is felt. */
const RAW_AT_ONCE = 2_048;

export interface ConsumeParts extends PieceParts, LookAheadParts {
  readonly store: Store;
  readonly calendar: Calendar;
  /** Opens and changes incidents for what happened to mentions; true when one changed. */
  readonly openIncidents: (tx: StoreTx, changes: readonly MentionChange[], context: MentionIntakeContext) => Promise<boolean>;
}

export interface Committed {
  /** One per slice, in order. */
  readonly consumed: readonly Consumed[];
  readonly touched: readonly Touched[];
  /** The store's clock at receipt. */
  readonly at: number;
}

/** A piece on its way: decoded and asked for. */
interface Asked extends Piece {
  readonly candidates: readonly Decoded[];
  readonly loaded: Promise<Loaded>;
}

/**
 * Commits slices, each of another partition, in one transaction. Throws what the store throws, and `Fenced` when a
 * partition is no longer ours. `leaving` is called once the last record is folded.
 */
export function consumeRecords(parts: ConsumeParts, slices: readonly Slice[], leaving?: () => void): Promise<Committed> {
  const pieces = lookAhead(parts, slices);
  return parts.store.write((tx) => consumeInside(tx, parts, slices, pieces, leaving));
}

async function consumeInside(
  tx: StoreTx,
  parts: ConsumeParts,
  slices: readonly Slice[],
  pieces: LookAhead,
  leaving?: () => void,
): Promise<Committed> {
  const at = parts.clock.now();
  const opening = Promise.all([positionsOf(tx, slices), tx.policies()]);
  opening.catch(() => undefined);
  const consumed = slices.map(nothingConsumed);
  const entries: QuarantineEntry[] = [];
  const touched = new Set<Touched>();
  let fold: Fold | undefined;
  let before: Folded | undefined;
  let asked = askFor(tx, await pieces.next());
  while (asked) {
    const { of, candidates, loaded } = asked;
    const piece = asked;
    asked = askFor(tx, await pieces.next());
    const [positions, policies] = await opening;
    fold ??= openFold(tx, { calendar: parts.calendar, threshold: policies.polarity.threshold, receivedAt: at, breathe: parts.breathe });
    // It was asked for before the piece before it was folded.
    const current = before?.outdates(candidates) ? loadFor(tx, candidates) : loaded;
    const sums = consumed[of] as Consumed;
    const inHand = { slice: slices[of] as Slice, piece, loaded: await current, from: positions[of] as number, at };
    before = await consumePiece({ fold, parts }, inHand, sums, entries);
    // Early: the store compresses while the fold goes on.
    if (sums.raw.offsets.length >= RAW_AT_ONCE || asked?.of !== of) await keepRaw(tx, parts, inHand, sums);
    if (before && before.mentions.length > 0 && (await parts.openIncidents(tx, before.mentions, { now: at, policies })))
      touched.add('incidents');
  }
  leaving?.();
  const [positions] = await opening;
  if (fold) for (const part of await fold.finish()) touched.add(part);
  if (entries.length > 0) {
    await tx.quarantine(entries);
    touched.add('quarantine');
  }
  for (const [i, { topic, partition, epoch, nextOffset, bookkeeping }] of slices.entries()) {
    await bookkeeping?.(tx);
    // Everything skipped: the store stands further on already.
    if (nextOffset > (positions[i] as number)) await tx.advanceOffset({ topic, partition, epoch, nextOffset });
  }
  // Its number is of no use here, so nobody waits for it; should it fail, the commit does.
  if (touched.size > 0) tx.appendChange([...touched], at).catch(() => undefined);
  return { consumed, touched: [...touched], at };
}

async function keepRaw(tx: StoreTx, { logName }: ConsumeParts, { slice, at }: PieceInHand, consumed: Consumed): Promise<void> {
  const partition = partitionOf(logName, slice.topic, slice.partition);
  if (consumed.raw.offsets.length > 0) await tx.putRaw({ partition, receivedAt: at, ...consumed.raw });
  consumed.raw = { offsets: [], bytes: [] };
}

/** Stored next offset of each slice's partition. */
async function positionsOf(tx: StoreTx, slices: readonly Slice[]): Promise<readonly number[]> {
  const stored = await Promise.all(slices.map(({ topic, partition }) => tx.offset(topic, partition)));
  return slices.map(({ topic, partition, epoch }, i) => {
    const position = stored[i];
    if (position?.epoch !== epoch) throw new Fenced(`epoch ${epoch} of ${topic}/${partition} is no longer ours`);
    return position.nextOffset ?? 0;
  });
}

/** All of it in one go, also for records that turn out to be known: every turn costs a wait. */
function askFor(tx: StoreTx, piece: Piece | undefined): Asked | undefined {
  if (!piece) return undefined;
  const candidates = piece.looked.filter((result): result is Decoded => result !== null && result.ok);
  const loaded = loadFor(tx, candidates);
  // Whoever folds the piece hears of it, unless something fails before.
  loaded.catch(() => undefined);
  return { ...piece, candidates, loaded };
}
