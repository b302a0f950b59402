/** Brings customers' first events up to date, once the batch's facts are in the transaction (R6). */
import { addCustomer, same, settle, type CustomerChanges, type Qualifying } from '../../domain/fold/first-customer-event.ts';
import type { WholeFold } from './context.ts';
import type { CustomerFirst, StoreTx } from '../ports/transaction.ts';

/** Reads stored first events while the fold goes on. The answers hold until customers are written. */
export interface FirstsAhead {
  /** Asks for the customers that events named since the last call. */
  ask(): void;
  /** The stored first events of all customers named. */
  all(): Promise<ReadonlyMap<string, CustomerFirst>>;
}

export function firstsAhead(tx: StoreTx, { ids }: CustomerChanges): FirstsAhead {
  const found = new Map<string, CustomerFirst>();
  const answers: Promise<void>[] = [];
  let asked = 0;
  const ask = (): void => {
    if (ids.length === asked) return;
    const answer = tx.customers(ids.slice(asked)).then((firsts) => {
      for (const [id, first] of firsts) found.set(id, first);
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

/** Must run after `putFacts`: a search for a first event sees the facts as the batch leaves them. */
export async function foldCustomers(fold: WholeFold): Promise<void> {
  const { tx, customers, sums } = fold;
  if (customers.ids.length === 0) return;
  const stored = await fold.firsts.all();
  const rows: { customerId: string; first: CustomerFirst | null }[] = [];
  const put = (customerId: string, first: Qualifying | undefined): void => {
    const before = stored.get(customerId);
    if (before && first && same(before, first)) return;
    if (!before && !first) return;
    if (before) addCustomer(before, sums, -1);
    if (first) addCustomer(first, sums, 1);
    rows.push({ customerId, first: first ?? null });
  };
  for (const first of settle(customers, stored)) put(first.customerId, first);
  if (customers.unsure.size > 0) {
    const firsts = await tx.firstEvents([...customers.unsure]);
    for (const id of customers.unsure) put(id, firsts.get(id));
  }
  if (rows.length > 0) await tx.putCustomers(rows);
}
