/**
 * What is done about records that cannot be committed [I9]. Infrastructure (`Unavailable`) and
 * lost partitions (`Fenced`) pass to the caller, who tries again or lets go. Data that the
 * store refuses, and bugs, are isolated by halving the unit, so that no other record is held
 * up. A bug ends the process; a record that did so three times is quarantined `reader_bug`.
 */
import { BadData, Fenced, Unavailable } from '../ports/errors.ts';
import type { Logger } from '../ports/logger.ts';
import type { Store } from '../ports/store.ts';
import type { StoreTx } from '../ports/transaction.ts';
import { halve, type CommitUnit } from './commit-unit.ts';
import { positionOf } from './consume-chunk.ts';

/** Tries of a record (or of the batch after an assignment) before it is treated as the cause. */
export const MAX_ATTEMPTS = 3;

export interface IsolationParts {
  readonly store: Pick<Store, 'write'>;
  readonly logger: Logger;
  readonly logName: 'kafka' | 'log';
  readonly commit: (units: readonly CommitUnit[]) => Promise<void>;
}

export interface Isolation {
  /** Commits the unit, or all of it but the records that cannot be committed. */
  commit(unit: CommitUnit): Promise<void>;
  /** The same for a unit whose commit has just failed with this error. */
  commitAround(unit: CommitUnit, error: unknown): Promise<void>;
  /** Quarantines a single record as `reader_bug`. */
  commitBroken(unit: CommitUnit, attempt: string, tries: number, message: string): Promise<void>;
}

export function createIsolation({ store, logger, logName, commit }: IsolationParts): Isolation {
  async function tryCommit(unit: CommitUnit): Promise<void> {
    try {
      await commit([unit]);
    } catch (error) {
      await commitAround(unit, error);
    }
  }

  /** Halves the unit until the record that cannot be committed is alone; the rest is committed on the way. */
  async function commitAround(unit: CommitUnit, error: unknown): Promise<void> {
    if (error instanceof Unavailable || error instanceof Fenced) throw error;
    if (unit.records.length <= 1) return commitAlone(unit, error);
    for (const half of halve(unit)) await tryCommit(half);
  }

  async function commitAlone(unit: CommitUnit, error: unknown): Promise<void> {
    const { topic, partition } = unit;
    const record = unit.records[0];
    if (!record) throw error;
    const { offset } = record;
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof BadData) {
      logger.warn({ topic, partition, offset, error }, 'the store refused a record: quarantined');
      return commit([{ ...unit, refused: { code: 'invalid_data', message: `the store refused it: ${message}` } }]);
    }
    const attempt = positionOf(logName, topic, partition, offset);
    const tries = unit.tries ?? (await store.write((tx) => tx.countAttempt(attempt)));
    logger.error({ topic, partition, offset, tries, error }, 'a record brought the reader down');
    if (tries < MAX_ATTEMPTS) throw error;
    await commitBroken(unit, attempt, tries, message);
  }

  async function commitBroken(unit: CommitUnit, attempt: string, tries: number, message: string): Promise<void> {
    logger.error(
      { topic: unit.topic, partition: unit.partition, position: attempt, code: 'reader_bug', tries },
      'quarantined as reader_bug so that it cannot block its neighbours; this is a bug of ours, please report it',
    );
    const bookkeeping = async (tx: StoreTx): Promise<void> => {
      await unit.bookkeeping?.(tx);
      await tx.clearAttempt(attempt);
    };
    const refused = { code: 'reader_bug', message: `reading it brought the program down ${tries} times: ${message}` } as const;
    await commit([{ ...unit, bookkeeping, refused }]);
  }

  return { commit: tryCommit, commitAround, commitBroken };
}
