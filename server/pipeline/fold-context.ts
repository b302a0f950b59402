/** What every part of the fold is handed. */
import type { CellSums } from '../domain/fold/cell-sums.ts';
import type { CustomerChanges } from '../domain/customers.ts';
import type { Calendar } from '../domain/time/calendar.ts';
import type { Drafts, Loaded } from './fold-drafts.ts';
import type { FirstsAhead } from './fold-customers.ts';
import type { FactWrite, StoreTx } from './ports.ts';

export interface FoldContext {
  readonly tx: StoreTx;
  readonly drafts: Drafts;
  readonly loaded: Loaded;
  readonly calendar: Calendar;
  /** Polarity threshold in force. */
  readonly threshold: number;
  readonly sums: CellSums;
  readonly customers: CustomerChanges;
  /** Stored firsts of those the batch's orders may make a customer, asked for before they are needed. */
  readonly firsts: FirstsAhead;
  readonly writes: FactWrite[];
  /** Gives way to the event loop when a slice has run long enough. */
  readonly breathe: () => Promise<void> | undefined;
}
