/**
 * Decodes the pieces of a transaction in order, a few of them ahead of their turn, so that
 * the time the transaction waits for the store is spent on what comes next. Starts before
 * there is a transaction: other writers need not wait for it.
 */
import type { Decode, Decoded, Undecoded } from './decode.ts';
import type { ClockPort, LogRecord } from './ports.ts';
import { equalParts, RECORDS_A_PIECE, type Slice } from './slices.ts';

/** Covers the wait for the commit before ours. */
const PIECES_AHEAD = 4;

/** What decoding made of a record; null for a tombstone. */
export type Looked = Decoded | Undecoded | null;

export interface Piece {
  /** Index of its slice. */
  readonly of: number;
  readonly records: readonly LogRecord[];
  /** One for each record. */
  readonly looked: readonly Looked[];
}

export interface LookAheadParts {
  readonly decode: Decode;
  readonly clock: ClockPort;
  /** Gives way to the event loop when a stretch of work has run long enough; undefined = go on. */
  readonly breathe: () => Promise<void> | undefined;
}

export interface LookAhead {
  /** The next piece, undefined after the last; rejects with what decoding threw. */
  next(): Promise<Piece> | undefined;
}

export function lookAhead(parts: LookAheadParts, slices: readonly Slice[]): LookAhead {
  const cuts = slices.flatMap(({ records }, of) =>
    records.length === 0 ? [] : equalParts(records, RECORDS_A_PIECE).map((part) => ({ of, records: part })),
  );
  const ahead: Promise<Piece>[] = [];
  let begun = 0;
  let last: Promise<unknown> = Promise.resolve();

  function fill(): void {
    while (begun < cuts.length && ahead.length < PIECES_AHEAD) {
      const { of, records } = cuts[begun++] as (typeof cuts)[number];
      const refused = slices[of]?.refused;
      // One after the other: what is needed first is there first, and after a failure nothing is touched.
      const piece = last.then(async () => ({ of, records, looked: await look(parts, records, refused) }));
      // Whoever takes the piece hears of it.
      piece.catch(() => undefined);
      ahead.push(piece);
      last = piece;
    }
  }

  fill();
  return {
    next() {
      const piece = ahead.shift();
      fill();
      return piece;
    },
  };
}

async function look(
  { decode, clock, breathe }: LookAheadParts,
  records: readonly LogRecord[],
  refused: Slice['refused'],
): Promise<readonly Looked[]> {
  const now = clock.now();
  const looked: Looked[] = [];
  for (let i = 0; i < records.length; i++) {
    const { value, headers } = records[i] as LogRecord;
    if (value === null) looked.push(null);
    else looked.push(refused ? guilty(refused) : decode(value, headers, now));
    if ((i & 63) === 63) await breathe();
  }
  return looked;
}

function guilty({ code, message }: NonNullable<Slice['refused']>): Undecoded {
  return { ok: false, rejection: { code, path: '', message }, id: null, type: null, source: null };
}
