/** What the parts of the fold are given: what belongs to the whole transaction, and the chunk that is folded now. */
import type { ChangeContext } from '../../domain/ledger/cause.ts';
import type { CustomerChanges } from '../../domain/ledger/customer-changes.ts';
import type { LedgerRow } from '../../domain/ledger/row.ts';
import type { Drafts, Loaded } from './load.ts';
import type { CustomersAhead } from './customers.ts';
import type { FactWrite, StoreTx } from '../ports/transaction.ts';

export interface WholeFold {
  readonly tx: StoreTx;
  /** What the rows of facts depend on besides the facts. */
  readonly change: ChangeContext;
  /** The store's clock, UTC ms. */
  readonly receivedAt: number;
  /** What the transaction adds to the ledger. */
  readonly rows: LedgerRow[];
  readonly customers: CustomerChanges;
  /** Stored rows of the customers, asked for before they are needed. */
  readonly customersAhead: CustomersAhead;
  /** Gives way to the event loop when a stretch of work has run long enough. */
  readonly yieldIfDue: () => Promise<void> | undefined;
}

export interface FoldContext extends WholeFold {
  readonly drafts: Drafts;
  readonly loaded: Loaded;
  readonly writes: FactWrite[];
}
