/** What the parts of a transaction share. */
import type { BlockPositions } from './block-positions.ts';
import type { ClockShifts } from '../receipt-text.ts';
import type { Pacer } from './pacer.ts';
import type { Transaction } from './transaction.ts';

export interface TxContext {
  readonly transaction: Transaction;
  /** Building rows and reading them is work on the event loop. */
  readonly pacer: Pacer;
  /** UTC ms; only to tell which policies and targets are in force. */
  readonly now: () => number;
  readonly positions: BlockPositions;
  readonly clock: ClockBook;
  /** How every sealed text begins that can be opened; undefined: any can. */
  readonly opens?: readonly string[] | undefined;
}

/** What is known of the epochs of our clock, for all transactions: each sees what the one before it wrote. */
export interface ClockBook {
  shifts: ClockShifts;
}

/** Rows built or read between two looks at the clock. */
const PACE_EVERY = 64;
/** How many keys one lookup takes: bounds a message. */
const LOOKUP_CHUNK = 2_000;

/** Runs `visit` for each item, giving way now and then. */
export async function paced<T>({ pacer }: TxContext, items: Iterable<T>, visit: (item: T) => void): Promise<void> {
  let since = 0;
  for (const item of items) {
    visit(item);
    if (++since < PACE_EVERY) continue;
    since = 0;
    const wait = pacer.yieldIfDue();
    if (wait) await wait;
  }
}

/** Runs `visit` for the rows of `sql` over `keys`, which it gets as one JSON array. */
export async function lookUp<R extends readonly unknown[]>(
  context: TxContext,
  sql: string,
  keys: readonly string[],
  visit: (row: R) => void,
): Promise<void> {
  for (let from = 0; from < keys.length; from += LOOKUP_CHUNK) {
    const chunk = keys.length <= LOOKUP_CHUNK ? keys : keys.slice(from, from + LOOKUP_CHUNK);
    await paced(context, await context.transaction.rows<R>(sql, [JSON.stringify(chunk)]), visit);
  }
}
