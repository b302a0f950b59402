/** Brings customers' rows up to date, once the batch's facts are in the transaction (R6). */
import { settle, type CustomerChanges } from '../../domain/ledger/customer-changes.ts';
import { customerRows } from '../../domain/ledger/customer-events.ts';
import { appended, type TimedRow } from '../../domain/ledger/row.ts';
import { difference } from '../../domain/ledger/timeline.ts';
import type { WholeFold } from './context.ts';
import type { StoreTx } from '../ports/transaction.ts';

/** Reads stored rows of customers while the fold goes on. The answers hold until customers are written. */
export interface CustomersAhead {
  /** Asks for the customers that events named since the last call. */
  ask(): void;
  /** The stored rows of all customers named; a customer without rows is absent. */
  all(): Promise<ReadonlyMap<string, readonly TimedRow[]>>;
}

export function customersAhead(tx: StoreTx, { ids }: CustomerChanges): CustomersAhead {
  const found = new Map<string, readonly TimedRow[]>();
  const answers: Promise<void>[] = [];
  let asked = 0;
  const ask = (): void => {
    if (ids.length === asked) return;
    const answer = tx.customerRows(ids.slice(asked)).then((stored) => {
      for (const [id, rows] of stored) found.set(id, rows);
    });
    // `all` rejects with it; a fold that fails before that has its own error.
    answer.catch(() => undefined);
    answers.push(answer);
    asked = ids.length;
  };
  return {
    ask,
    async all() {
      ask();
      await Promise.all(answers);
      return found;
    },
  };
}

const noRows: readonly TimedRow[] = [];

/** Must run after `putFacts`: a look at all of a customer's events sees the facts as the batch leaves them. */
export async function foldCustomers(fold: WholeFold): Promise<void> {
  const { tx, customers } = fold;
  if (customers.ids.length === 0) return;
  const stored = await fold.customersAhead.all();
  const writes: { customerId: string; rows: readonly TimedRow[] }[] = [];
  const put = (customerId: string, after: readonly TimedRow[]): void => {
    const cause = customers.byId.get(customerId)?.cause;
    const changed = difference(stored.get(customerId) ?? noRows, after);
    if (changed.length === 0 || cause === undefined) return;
    for (const row of changed) fold.rows.push(appended(row, 'newCustomers', fold.receivedAt, cause));
    writes.push({ customerId, rows: after });
  };
  const unsure: string[] = [];
  for (const [id, change] of customers.byId) {
    const settled = settle(change, stored.get(id) ?? noRows);
    if (settled === 'unsure') unsure.push(id);
    else if (settled) put(id, settled);
  }
  if (unsure.length > 0) {
    const events = await tx.eventsOfCustomers(unsure);
    for (const id of unsure) {
      const known = events.get(id);
      put(id, known ? customerRows(known) : noRows);
    }
  }
  if (writes.length > 0) await tx.putCustomerRows(writes);
}
