/**
 * One write at a time: transactions on the writing connection in the order they
 * were asked for. SQLite has one transaction per connection and the work inside
 * gives way to the event loop, so the order has to be kept here.
 */
import type { DatabaseSync } from 'node:sqlite';
import { translate } from './errors.ts';
import type { TxContext } from './tx/context.ts';

export interface WriteQueue {
  /** One transaction: commits when `work` resolves, rolls back when it throws; errors are the port's. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** Alone between transactions, without one. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** From now on every transaction is refused with this error: what was found must not be written over. */
  refuse(error: unknown): void;
  /** Resolves when everything asked for so far is done. */
  idle(): Promise<void>;
}

export function createWriteQueue(context: TxContext, committed: () => void): WriteQueue {
  const { db } = context;
  let tail: Promise<unknown> = Promise.resolve();
  let refusal: { readonly error: unknown } | undefined;

  function alone<T>(work: () => Promise<T>): Promise<T> {
    const done = tail.then(work);
    tail = done.catch(() => undefined);
    return done;
  }

  async function transact<T>(work: () => Promise<T>): Promise<T> {
    if (refusal) throw refusal.error;
    try {
      db.exec('begin immediate');
      const result = await work();
      for (const pending of context.beforeCommit) (await pending)();
      const wait = context.pacer.pace();
      if (wait) await wait;
      db.exec('commit');
      return result;
    } catch (error) {
      rollBack(db);
      throw translate(error);
    } finally {
      context.beforeCommit.length = 0;
    }
  }

  return {
    alone,
    async transaction(work) {
      const result = await alone(() => transact(work));
      committed();
      return result;
    },
    refuse(error) {
      refusal ??= { error };
    },
    idle: () => alone(async () => undefined),
  };
}

/** After a full disk SQLite has rolled back by itself, and an explicit rollback would throw. */
function rollBack(db: DatabaseSync): void {
  if (db.isOpen && db.isTransaction) db.exec('rollback');
}
