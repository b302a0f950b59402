/** Brings customers' rows up to date, once the batch's facts are in the transaction (R6). */
import { customerOf } from '../../domain/fold/order-group.ts';
import { settle } from '../../domain/ledger/customer-changes.ts';
import { customerRows } from '../../domain/ledger/customer-events.ts';
import { appended, type TimedRow } from '../../domain/ledger/row.ts';
import { difference } from '../../domain/ledger/timeline.ts';
import type { Decoded } from '../decode/decode.ts';
import type { WholeFold } from './context.ts';
import type { StoreTx } from '../ports/transaction.ts';

/** Reads stored rows of customers while the fold goes on, from before it is known what happens to them. The answers hold until customers are written. */
export interface CustomersAhead {
  /** Asks for those of these customers that were not asked for yet. */
  ask(ids: readonly string[]): void;
  /** The stored rows of these customers, and perhaps of others; a customer without rows is absent. */
  rowsOf(ids: readonly string[]): Promise<ReadonlyMap<string, readonly TimedRow[]>>;
}

export function customersAhead(tx: Pick<StoreTx, 'customerRows'>): CustomersAhead {
  const found = new Map<string, readonly TimedRow[]>();
  const answers: Promise<void>[] = [];
  const asked = new Set<string>();
  function ask(ids: readonly string[]): void {
    const unknown: string[] = [];
    for (const id of ids) {
      if (asked.has(id)) continue;
      asked.add(id);
      unknown.push(id);
    }
    if (unknown.length === 0) return;
    const answer = tx.customerRows(unknown).then((stored) => {
      for (const [id, rows] of stored) found.set(id, rows);
    });
    // `rowsOf` rejects with it; a fold that fails before that has its own error.
    answer.catch(() => undefined);
    answers.push(answer);
  }
  return {
    ask,
    async rowsOf(ids) {
      ask(ids);
      await Promise.all(answers);
      return found;
    },
  };
}

/** The customers that these events will most likely be counted for. */
export function customersOf(events: readonly Decoded[]): readonly string[] {
  return events.flatMap(({ event }) => (event.type === 'sales.order.paid' ? customerOf(event.data) : []));
}

const noRows: readonly TimedRow[] = [];

/** Must run after `putFacts`: a look at all of a customer's events sees the facts as the batch leaves them. */
export async function foldCustomers(fold: WholeFold): Promise<void> {
  const { tx, customers } = fold;
  if (customers.ids.length === 0) return;
  const stored = await fold.customersAhead.rowsOf(customers.ids);
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
