/** The store port's `write` over a queue of transactions. */
import type { Store } from '../../../pipeline/ports/store.ts';
import type { TxContext } from './context.ts';
import { createStoreTx } from './store-tx.ts';
import type { WriteQueue } from './write-queue.ts';

export function createStoreWriter(queue: Pick<WriteQueue, 'transaction'>, shared: Omit<TxContext, 'transaction'>): Store['write'] {
  return (work) => queue.transaction((transaction) => work(createStoreTx({ ...shared, transaction })));
}
