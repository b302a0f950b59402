/**
 * The pieces of a transaction on their way to the fold: decoded, and their facts asked for,
 * several ahead of their turn. Begins before there is a transaction; then the one before it
 * may be asked.
 */
import type { Decode, Decoded, Undecoded } from '../decode/decode.ts';
import { loadFor, type Loaded } from '../fold/load.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { LogRecord } from '../ports/log.ts';
import type { StoreTx } from '../ports/transaction.ts';
import { equalParts, RECORDS_A_PIECE, type Slice } from './commit-unit.ts';

/** Covers most of the end of the transaction before ours, which answers nothing; more would be old before it is folded, and be copied by every collection. */
export const PIECES_AHEAD = 4;

/** What decoding made of a record; null for a tombstone. */
export type Looked = Decoded | Undecoded | null;

export interface Piece {
  /** Index of its slice. */
  readonly of: number;
  readonly records: readonly LogRecord[];
  /** One for each record. */
  readonly looked: readonly Looked[];
  /** The events among them. */
  readonly candidates: readonly Decoded[];
}
export interface AskedPiece extends Piece {
  /** What the store had of the candidates when it was asked. Rejects when the transaction it was asked in ended too early; nobody need listen. */
  readonly loaded: Promise<Loaded>;
}

export interface PiecesParts {
  readonly decode: Decode;
  readonly clock: ClockPort;
  /** Gives way to the event loop when a stretch of work has run long enough; undefined = go on. */
  readonly yieldIfDue: () => Promise<void> | undefined;
  /** RECORDS_A_PIECE unless given. */
  readonly recordsAPiece?: number;
}

export interface Pieces {
  /** The next piece, undefined after the last; rejects with what decoding threw. Asks for those behind it, too. */
  next(tx: StoreTx): Promise<AskedPiece | undefined>;
  /** Whether the last of many is being decoded at least. A few are not worth an end of their own: who comes while they are folded can still share the next commit. */
  readonly ending: boolean;
  /** Asks for what is decoded. */
  ask(tx: StoreTx): void;
}

interface Entry {
  readonly decoded: Promise<Piece>;
  piece?: Piece;
  loaded?: Promise<Loaded>;
}

export function openPieces(parts: PiecesParts, slices: readonly Slice[]): Pieces {
  const cuts = slices.flatMap(({ records }, of) =>
    records.length === 0 ? [] : equalParts(records, parts.recordsAPiece ?? RECORDS_A_PIECE).map((part) => ({ of, records: part })),
  );
  const ahead: Entry[] = [];
  let begun = 0;
  let last: Promise<unknown> = Promise.resolve();

  function fill(): void {
    while (begun < cuts.length && ahead.length < PIECES_AHEAD) {
      const { of, records } = cuts[begun++] as (typeof cuts)[number];
      const refused = slices[of]?.refused;
      // One after the other: what is needed first is there first, and after a failure nothing is touched.
      const decoded = last.then(() => decodePiece(parts, of, records, refused));
      const entry: Entry = { decoded };
      decoded.then(
        (piece) => (entry.piece = piece),
        // Whoever takes the piece hears of it.
        () => undefined,
      );
      ahead.push(entry);
      last = decoded;
    }
  }

  function ask(tx: StoreTx): void {
    for (const entry of ahead) {
      if (!entry.piece) return;
      entry.loaded ??= askFor(tx, entry.piece);
    }
  }

  fill();
  return {
    get ending() {
      return begun === cuts.length && begun > PIECES_AHEAD;
    },
    ask,
    async next(tx) {
      ask(tx);
      const entry = ahead.shift();
      if (!entry) return undefined;
      fill();
      const piece = await entry.decoded;
      return { ...piece, loaded: entry.loaded ?? askFor(tx, piece) };
    },
  };
}

/** All of it in one go, also for records that turn out to be known: every turn costs a wait. */
function askFor(tx: StoreTx, { candidates }: Piece): Promise<Loaded> {
  const loaded = loadFor(tx, candidates);
  // Whoever folds the piece hears of it, unless something fails before.
  loaded.catch(() => undefined);
  return loaded;
}

async function decodePiece(
  { decode, clock, yieldIfDue }: PiecesParts,
  of: number,
  records: readonly LogRecord[],
  refused: Slice['refused'],
): Promise<Piece> {
  const now = clock.now();
  const looked: Looked[] = [];
  const candidates: Decoded[] = [];
  for (let i = 0; i < records.length; i++) {
    const { value, headers } = records[i] as LogRecord;
    const result = value === null ? null : refused ? guilty(refused) : decode(value, headers, now);
    looked.push(result);
    if (result?.ok) candidates.push(result);
    if ((i & 63) === 63) await yieldIfDue();
  }
  return { of, records, looked, candidates };
}

function guilty({ code, message }: NonNullable<Slice['refused']>): Undecoded {
  return { ok: false, rejection: { code, path: '', message }, id: null, type: null, source: null };
}
