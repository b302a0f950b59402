/**
 * Group commit: slices of different partitions that wait for the store at the same time
 * share a transaction, so that a busy line pays for commits, offsets and hot cells once.
 * Nobody waits for company: a slice that comes alone is committed alone, and the next
 * group forms while the one before it is worked on.
 */
import { Unavailable } from '../ports/errors.ts';
import { MAX_RECORDS_PER_COMMIT, type Slice } from './commit-unit.ts';

export interface GroupCommitParts {
  /** Commits all or none; calls `leaving` when the next group may begin. */
  readonly together: (slices: readonly Slice[], leaving: () => void) => Promise<void>;
  /** Commits one slice, or as much of it as can be committed. */
  readonly alone: (slice: Slice) => Promise<void>;
  /** The same for a slice that has just failed alone. */
  readonly around: (slice: Slice, error: unknown) => Promise<void>;
}

interface Waiting {
  readonly slice: Slice;
  readonly done: PromiseWithResolvers<void>;
}

/** Resolves once the slice is committed. Callers hand in one slice of a partition at a time. */
export function createGroupCommit({ together, alone, around }: GroupCommitParts): (slice: Slice) => Promise<void> {
  const waiting: Waiting[] = [];
  let busy = false;

  function nextGroup(): Waiting[] {
    const group = waiting.splice(0, 1);
    let records = group[0]?.slice.records.length ?? 0;
    for (let next = waiting[0]; next; next = waiting[0]) {
      records += next.slice.records.length;
      if (records > MAX_RECORDS_PER_COMMIT) break;
      group.push(next);
      waiting.shift();
    }
    return group;
  }

  async function commit(group: readonly Waiting[], leaving: () => void): Promise<void> {
    try {
      await together(
        group.map(({ slice }) => slice),
        leaving,
      );
      for (const { done } of group) done.resolve();
    } catch (error) {
      // The store is away for all of them; whoever is guilty of anything else shows alone.
      for (const { slice, done } of group)
        if (error instanceof Unavailable) done.reject(error);
        else await (group.length === 1 ? around(slice, error) : alone(slice)).then(done.resolve, done.reject);
    }
  }

  async function work(): Promise<void> {
    busy = true;
    while (waiting.length > 0) {
      const turn = Promise.withResolvers<void>();
      void commit(nextGroup(), turn.resolve).finally(turn.resolve);
      await turn.promise;
    }
    busy = false;
  }

  return (slice) => {
    const done = Promise.withResolvers<void>();
    waiting.push({ slice, done });
    if (!busy) void work();
    return done.promise;
  };
}
