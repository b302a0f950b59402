/**
 * The chunks of a transaction on their way to the fold: several are decoded, and their facts
 * asked for, ahead of the one that is folded. Decoding begins before the transaction does.
 */
import type { Decode, Decoded, Undecoded } from '../decode/decode.ts';
import { loadFor, type Loaded } from '../fold/load.ts';
import type { Folded } from '../fold/fold.ts';
import type { FactKind } from '../../../shared/events/define.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { StoreTx } from '../ports/transaction.ts';
import { chunksOf, type CommitUnit, type RecordChunk } from './commit-unit.ts';

/** Covers the wait for an answer of the store; more would be old before they are folded, and each collection of young objects would copy them. */
export const CHUNKS_AHEAD = 4;

/** What decoding made of a record; null for a tombstone. */
export type DecodedRecord = Decoded | Undecoded | null;

export interface Chunk extends RecordChunk {
  /** One for each record. */
  readonly decoded: readonly DecodedRecord[];
  /** The events among them. */
  readonly candidates: readonly Decoded[];
}
export interface LoadedChunk extends Chunk {
  /** What the store has of the candidates, all chunks before this one included. */
  readonly loaded: Loaded;
}

export interface ChunkParts {
  readonly decode: Decode;
  readonly clock: ClockPort;
  /** Gives way to the event loop when a stretch of work has run long enough; undefined = go on. */
  readonly yieldIfDue: () => Promise<void> | undefined;
  /** RECORDS_PER_CHUNK unless given. */
  readonly recordsPerChunk?: number;
}

export interface Chunks {
  /**
   * The next chunk, undefined after the last; rejects with what decoding or the store threw. `alsoAsk` hears of the events
   * whose facts are asked for: what else it asks the store for travels in the same message.
   */
  next(tx: StoreTx, alsoAsk: (events: readonly Decoded[]) => void): Promise<LoadedChunk | undefined>;
  /** To be called with each chunk's result before the next chunk is taken: what it changed is looked up again. */
  folded(outdated: Folded['outdated']): void;
  /**
   * True once the last of many chunks is being decoded. False to the end for a transaction of a few chunks: partitions whose
   * records come while it is worked on can still share the next transaction.
   */
  readonly ending: boolean;
  /** The first chunk that is not folded; undefined after the last. */
  readonly unfolded: RecordChunk | undefined;
}

interface Entry {
  readonly decoded: Promise<Chunk>;
  chunk?: Chunk;
  question?: Question;
}
interface Question {
  readonly answer: Promise<Loaded>;
  /** Chunks folded when it was asked. */
  readonly after: number;
}

export function openChunks(parts: ChunkParts, units: readonly CommitUnit[]): Chunks {
  const cut = chunksOf(units, parts.recordsPerChunk);
  const ahead: Entry[] = [];
  let begun = 0;
  let foldedCount = 0;
  let last: Promise<unknown> = Promise.resolve();
  /** By kind and key, the number of the chunk that changed the fact last, counted from 1. */
  const changed = new Map<FactKind, Map<string, number>>();

  function fill(): void {
    for (let chunk = cut[begun]; chunk && ahead.length < CHUNKS_AHEAD; chunk = cut[begun]) {
      begun++;
      const refused = units[chunk.unitIndex]?.refused;
      // One after the other: what is needed first is there first, and after a failure nothing more is decoded.
      const records = chunk;
      const decoded = last.then(() => decodeChunk(parts, records, refused));
      const entry: Entry = { decoded };
      decoded.then(
        (done) => (entry.chunk = done),
        // `next` rejects with it.
        () => undefined,
      );
      ahead.push(entry);
      last = decoded;
    }
  }

  /** Asks for everything at once, also for records that turn out to be known: every message costs a wait. */
  function ask(tx: StoreTx, { candidates }: Chunk, alsoAsk: (events: readonly Decoded[]) => void): Question {
    const answer = loadFor(tx, candidates);
    alsoAsk(candidates);
    // `next` rejects with it, unless the transaction fails before.
    answer.catch(() => undefined);
    return { answer, after: foldedCount };
  }

  /** Whether a chunk that was folded after the question has changed one of the facts asked for. */
  function isOutdated({ after }: Question, { candidates }: Chunk): boolean {
    return foldedCount > after && candidates.some(({ kind, key }) => (changed.get(kind)?.get(key) ?? 0) > after);
  }

  fill();
  return {
    get ending() {
      return begun === cut.length && begun > CHUNKS_AHEAD;
    },
    get unfolded() {
      return cut[foldedCount];
    },
    folded(outdated) {
      foldedCount++;
      for (const [kind, keys] of outdated) {
        let ofKind = changed.get(kind);
        if (!ofKind) changed.set(kind, (ofKind = new Map()));
        for (const key of keys) ofKind.set(key, foldedCount);
      }
    },
    async next(tx, alsoAsk) {
      for (const entry of ahead) {
        if (!entry.chunk) break;
        entry.question ??= ask(tx, entry.chunk, alsoAsk);
      }
      const entry = ahead.shift();
      if (!entry) return undefined;
      fill();
      const chunk = await entry.decoded;
      const question = entry.question ?? ask(tx, chunk, alsoAsk);
      return { ...chunk, loaded: await (isOutdated(question, chunk) ? loadFor(tx, chunk.candidates) : question.answer) };
    },
  };
}

async function decodeChunk(
  { decode, clock, yieldIfDue }: ChunkParts,
  { unitIndex, records }: RecordChunk,
  refused: CommitUnit['refused'],
): Promise<Chunk> {
  const now = clock.now();
  const decoded: DecodedRecord[] = [];
  const candidates: Decoded[] = [];
  for (const { value, headers } of records) {
    const result = value === null ? null : refused ? rejectedAs(refused) : decode(value, headers, now);
    decoded.push(result);
    if (result?.ok) candidates.push(result);
    if ((decoded.length & 63) === 0) await yieldIfDue();
  }
  return { unitIndex, records, decoded, candidates };
}

function rejectedAs({ code, message }: NonNullable<CommitUnit['refused']>): Undecoded {
  return { ok: false, rejection: { code, path: '', message }, id: null, type: null, source: null };
}
