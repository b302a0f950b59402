/**
 * The one way to change what screens show. Work that runs through a `Commit` names the parts
 * it changed and appends the ledger rows of the change; the line in the change log is written in the same transaction and the push
 * signal follows the commit. Neither can be forgotten, and a transaction that fails or that
 * touches nothing leaves neither.
 *
 * It stands among the ports because ingest, incidents and services all commit.
 */
import type { LedgerRow } from '../../domain/ledger/row.ts';
import type { ClockPort } from './clock.ts';
import type { Store } from './store.ts';
import type { StoreTx, Touched } from './transaction.ts';

/** The rows a transaction added to the ledger, and the position of the block that holds them. */
export interface AppendedRows {
  readonly position: number;
  readonly rows: readonly LedgerRow[];
}

/**
 * Called after each commit that touched something or appended to the ledger: which parts, the store's clock when the
 * transaction began, and the rows it appended, if any.
 */
export type OnCommitted = (touched: readonly Touched[], at: number, ledger: AppendedRows | undefined) => void;

/** Names parts of the state that this transaction changed; naming one twice counts once. */
export type Touch = (...parts: readonly Touched[]) => void;

/** Adds rows to the ledger with this transaction; no rows are no block. */
export type Append = (rows: readonly LedgerRow[]) => Promise<void>;

/** Runs `work` in one transaction, as `Store.write` does. `at` is the store's clock when the transaction began, UTC ms. */
export type Commit = <T>(work: (tx: StoreTx, touch: Touch, at: number, append: Append) => Promise<T>) => Promise<T>;

export function createCommit(store: Pick<Store, 'write'>, clock: ClockPort, committed: OnCommitted): Commit {
  return async (work) => {
    const touched = new Set<Touched>();
    let at = 0;
    let ledger: AppendedRows | undefined;
    const result = await store.write(async (tx) => {
      at = clock.now();
      const touch: Touch = (...parts) => parts.forEach((part) => touched.add(part));
      const append: Append = async (rows) => {
        if (rows.length === 0) return;
        const position = await tx.appendLedger(rows);
        ledger = { position, rows: ledger ? ledger.rows.concat(rows) : rows };
      };
      const done = await work(tx, touch, at, append);
      // Nobody needs the number of the change, so nobody waits for it: a statement that fails also fails the commit.
      if (touched.size > 0) tx.appendChange([...touched], at).catch(() => undefined);
      return done;
    });
    if (touched.size > 0 || ledger) committed([...touched], at, ledger);
    return result;
  };
}
