/**
 * One write at a time: transactions in the order they were asked for. The next one begins
 * once the commit of the one before it is on its way: the connection works in order, so it
 * sees what that one left, committed or not, while the event loop does not wait for a disk.
 */
import { openTransaction, type OpenTransaction, type Transaction } from './transaction.ts';
import type { Post } from '../steps.ts';

export interface WriteQueue {
  /** One transaction: commits when `work` resolves, rolls back when it throws; errors are the port's. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Alone between transactions, without one. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** From now on every transaction is refused with this error: what was found must not be written over. */
  refuse(error: unknown): void;
  /** Resolves when everything asked for so far is done. */
  idle(): Promise<void>;
}

/** `committed` hears after each commit how many pages of the log are not yet in the file. */
export function createWriteQueue(post: Post, committed: (pages: number) => void): WriteQueue {
  /** Until the last one asked for has given way. */
  let tail: Promise<unknown> = Promise.resolve();
  /** Until the answer to its commit. */
  let answered: Promise<unknown> = Promise.resolve();
  let refusal: { readonly error: unknown } | undefined;

  async function transact<T>(work: (transaction: Transaction) => Promise<T>, release: () => void): Promise<T> {
    if (refusal) throw refusal.error;
    const transaction: OpenTransaction = openTransaction(post);
    try {
      const result = await work(transaction);
      await transaction.complete();
      const commit = transaction.commit();
      release();
      const pages = await commit;
      if (pages !== undefined) committed(pages);
      return result;
    } catch (error) {
      await transaction.rollBack();
      throw error;
    }
  }

  function alone<T>(work: () => Promise<T>): Promise<T> {
    const done = Promise.all([tail, answered]).then(work);
    tail = done.catch(() => undefined);
    return done;
  }

  return {
    alone,
    transaction(work) {
      const turn = Promise.withResolvers<void>();
      const done = tail.then(() => transact(work, turn.resolve)).finally(turn.resolve);
      tail = turn.promise;
      answered = done.catch(() => undefined);
      return done;
    },
    refuse(error) {
      refusal ??= { error };
    },
    idle: () => alone(async () => undefined),
  };
}
