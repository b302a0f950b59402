/** The store: one writer, many readers. */
import type { StoreReads } from './reads.ts';
import type { StoreTx } from './transaction.ts';

export interface Store {
  /** Runs alone, in the order of the calls; commits when `work` resolves, rolls back when it throws. */
  write<T>(work: (tx: StoreTx) => Promise<T>): Promise<T>;
  readonly reads: StoreReads;
  /** Names this store's content: changes when another file or an older backup is opened. */
  readonly storeId: string;
  close(): Promise<void>;
}
