/** Brings customers' first events up to date, once the batch's facts are in the transaction (R6). */
import { addCustomer, customersOf, same, settle, type Qualifying } from '../domain/customers.ts';
import type { WholeFold } from './fold-context.ts';
import type { CustomerFirst, StoreTx } from './ports.ts';

/** Reads of stored firsts that run while the fold goes on. Good until customers are written. */
export interface FirstsAhead {
  ask(ids: Iterable<string>): void;
  /** Of these customers, asked for before or not. */
  of(ids: readonly string[]): Promise<ReadonlyMap<string, CustomerFirst>>;
}

export function firstsAhead(tx: StoreTx): FirstsAhead {
  const asked = new Set<string>();
  const found = new Map<string, CustomerFirst>();
  const answers: Promise<void>[] = [];
  const ask = (ids: Iterable<string>): void => {
    const others: string[] = [];
    for (const id of ids)
      if (!asked.has(id)) {
        asked.add(id);
        others.push(id);
      }
    if (others.length === 0) return;
    const answer = tx.customers(others).then((firsts) => {
      for (const [id, first] of firsts) found.set(id, first);
    });
    // Whoever needs it hears of it; a fold that fails before that has its own error.
    answer.catch(() => undefined);
    answers.push(answer);
  };
  return {
    ask,
    async of(ids) {
      ask(ids);
      await Promise.all(answers);
      return found;
    },
  };
}

/** Must run after `putFacts`: a search for a first event sees the facts as the batch leaves them. */
export async function foldCustomers(fold: WholeFold): Promise<void> {
  const { tx, customers, sums } = fold;
  const ids = customersOf(customers);
  if (ids.length === 0) return;
  const stored = await fold.firsts.of(ids);
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
