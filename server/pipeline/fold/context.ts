/** What the parts of the fold are given: what belongs to the whole transaction, and the chunk that is folded now. */
import type { CellSums } from '../../domain/fold/cell-sums.ts';
import type { CustomerChanges } from '../../domain/fold/first-customer-event.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import type { Drafts, Loaded } from './load.ts';
import type { FirstsAhead } from './customers.ts';
import type { FactWrite, StoreTx } from '../ports/transaction.ts';

export interface WholeFold {
  readonly tx: StoreTx;
  readonly calendar: Calendar;
  /** Polarity threshold in force. */
  readonly threshold: number;
  readonly sums: CellSums;
  readonly customers: CustomerChanges;
  /** Stored firsts of the customers, asked for before they are needed. */
  readonly firsts: FirstsAhead;
  /** Gives way to the event loop when a stretch of work has run long enough. */
  readonly yieldIfDue: () => Promise<void> | undefined;
}

export interface FoldContext extends WholeFold {
  readonly drafts: Drafts;
  readonly loaded: Loaded;
  readonly writes: FactWrite[];
}
