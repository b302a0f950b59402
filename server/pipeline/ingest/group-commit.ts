/**
 * Group commit: partitions that wait for the store at the same time share a transaction, so
 * that a busy server pays for commits, offsets and ledger blocks once. No partition waits for
 * another: records that come alone are committed alone, and the next group forms while the one
 * before it is worked on. What somebody waits for does not wait for a backlog of others: a group that
 * is worked on ends early for it.
 */
import { Unavailable } from '../ports/errors.ts';
import { createGroupQueue, type GroupQueue } from '../ports/group-queue.ts';
import { COMMIT_LIMITS, takeUnits, URGENT_LIMITS, type CommitUnit, type FeedReader } from './commit-unit.ts';

export interface GroupCommitParts {
  /**
   * Commits all units or none, or of all of them what comes before the moment `endsEarly` became true; resolves to what it
   * committed of each. Calls `onReleased` when the next group may begin.
   */
  readonly together: (units: readonly CommitUnit[], onReleased: () => void, endsEarly: () => boolean) => Promise<readonly CommitUnit[]>;
  /** Commits one unit, or as much of it as can be committed. */
  readonly alone: (unit: CommitUnit) => Promise<void>;
  /** The same for a unit that has just failed alone with this error. */
  readonly around: (unit: CommitUnit, error: unknown) => Promise<void>;
  /** Somebody waits for what this reader has: it goes before others, in a transaction that is short. */
  readonly isUrgent: (reader: FeedReader) => boolean;
}

/** Commits the next records of a feed and resolves to them. A reader waits here once at a time. */
export function createGroupCommit({ together, alone, around, isUrgent }: GroupCommitParts): GroupQueue<FeedReader, CommitUnit> {
  return createGroupQueue(async (run) => {
    const urgentWaits = (): boolean => run.waiting.some(isUrgent);
    const units = takeUnits(run.waiting, urgentWaits() ? URGENT_LIMITS : COMMIT_LIMITS);
    run.take(units.length);
    try {
      return await together(units, run.release, urgentWaits);
    } catch (error) {
      // The store is away for all of them; any other error may come from one unit, so each is tried on its own.
      if (error instanceof Unavailable) throw error;
      const outcomes: Promise<CommitUnit>[] = [];
      for (const unit of units) {
        const outcome = (units.length === 1 ? around(unit, error) : alone(unit)).then(() => unit);
        await outcome.catch(() => undefined);
        outcomes.push(outcome);
      }
      return outcomes;
    }
  }, isUrgent);
}
