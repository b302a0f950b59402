/**
 * The one way to change what screens show. Work that runs through a `Commit` names the parts
 * it changed; the line in the change log is written in the same transaction and the push
 * signal follows the commit. Neither can be forgotten, and a transaction that fails or that
 * touches nothing leaves neither.
 *
 * It stands among the ports because ingest, incidents and services all commit.
 */
import type { ClockPort } from './clock.ts';
import type { Store } from './store.ts';
import type { StoreTx, Touched } from './transaction.ts';

/** Called after each commit that touched something: which parts, and the store's clock when the transaction began. */
export type OnCommitted = (touched: readonly Touched[], at: number) => void;

/** Names parts of the state that this transaction changed; naming one twice counts once. */
export type Touch = (...parts: readonly Touched[]) => void;

/** Runs `work` in one transaction, as `Store.write` does. `at` is the store's clock when the transaction began, UTC ms. */
export type Commit = <T>(work: (tx: StoreTx, touch: Touch, at: number) => Promise<T>) => Promise<T>;

export function createCommit(store: Pick<Store, 'write'>, clock: ClockPort, committed: OnCommitted): Commit {
  return async (work) => {
    const touched = new Set<Touched>();
    let at = 0;
    const result = await store.write(async (tx) => {
      at = clock.now();
      const done = await work(tx, (...parts) => parts.forEach((part) => touched.add(part)), at);
      // Nobody needs the number of the change, so nobody waits for it: a statement that fails also fails the commit.
      if (touched.size > 0) tx.appendChange([...touched], at).catch(() => undefined);
      return done;
    });
    if (touched.size > 0) committed([...touched], at);
    return result;
  };
}
