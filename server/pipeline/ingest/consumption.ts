/**
 * Consumption as one stream of transactions. While the store commits one it answers nothing,
 * so the last pieces of a long transaction already ask, in it, for the first pieces of the
 * next: their records then need not wait for that commit.
 *
 * What was read so is good only if three things hold, and the next transaction is begun
 * anew without it unless they do: the one it was read in is committed; partitions and
 * policies, read again in its own transaction, are what they were; and of the facts that
 * pieces since then changed, nothing is believed (`Recent`). Nobody but consumption
 * writes versions of facts.
 */
import type { Consumed } from './consume-chunk.ts';
import { consumeRecords, openingOf, Outdated, type Ahead, type ConsumeParts, type Turn } from './consume-records.ts';
import { openPieces, PIECES_AHEAD } from './chunks.ts';
import type { Commit } from '../ports/commit.ts';
import type { StoreTx } from '../ports/transaction.ts';
import { createRecent } from './recent-keys.ts';
import type { Slice } from './commit-unit.ts';

/** Pieces folded between a question and its use at most: those left of the transaction before, the one in hand too, and our own. */
const PIECES_BETWEEN = PIECES_AHEAD + 1 + PIECES_AHEAD - 1;

export interface ConsumptionParts extends ConsumeParts {
  readonly commit: Commit;
}
/**
 * Commits slices, each of another partition, in one transaction. Throws what the store throws, and `Fenced` when a
 * partition is no longer ours. `leaving` is called when the next may be asked for.
 */
export type Consume = (slices: readonly Slice[], leaving?: () => void) => Promise<readonly Consumed[]>;

/** A transaction from when it is asked for to its end. */
interface Run {
  readonly turn: Turn & { ahead?: Ahead };
  /** The transaction asked for next. */
  follower?: Run;
}

export function createConsumption(parts: ConsumptionParts): Consume {
  const recent = createRecent(PIECES_BETWEEN);
  /** The transaction asked for last, until its end. */
  let last: Run | undefined;

  async function attempt(slices: readonly Slice[], leaving: () => void, readAhead: boolean): Promise<readonly Consumed[]> {
    const { promise: committed, resolve: end } = Promise.withResolvers<boolean>();
    const handOn = (tx: StoreTx): void => {
      const next = run.follower?.turn;
      if (!next) return;
      next.ahead ??= { opening: openingOf(tx, next.slices), committed };
      next.pieces.ask(tx);
    };
    const run: Run = { turn: { slices, pieces: openPieces(parts, slices), recent, leaving, handOn } };
    // The store works in this order.
    if (last && readAhead) last.follower = run;
    last = run;
    try {
      const done = await parts.commit((tx, touch, at) => consumeRecords({ tx, touch, at }, parts, run.turn));
      end(true);
      return done;
    } catch (error) {
      end(false);
      const { ahead } = run.turn;
      if (!ahead || !(error instanceof Outdated || !(await ahead.committed))) throw error;
      return attempt(slices, leaving, false);
    } finally {
      if (last === run) last = undefined;
    }
  }

  return (slices, leaving = () => undefined) => attempt(slices, leaving, true);
}
