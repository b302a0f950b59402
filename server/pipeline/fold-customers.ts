/** Brings customers' first events up to date, once the batch's facts are in the transaction (R6). */
import { addCustomer, customersOf, same, settle, type Qualifying } from '../domain/customers.ts';
import type { FoldContext } from './fold-context.ts';
import type { CustomerFirst, StoreTx } from './ports.ts';

/** Reads of stored firsts that run while the fold goes on. */
export interface FirstsAhead {
  ask(ids: ReadonlySet<string>): void;
  /** Of these customers, asked for before or not. */
  of(ids: readonly string[]): Promise<ReadonlyMap<string, CustomerFirst>>;
}

export function firstsAhead(tx: StoreTx): FirstsAhead {
  let asked: ReadonlySet<string> = new Set();
  let answer: Promise<ReadonlyMap<string, CustomerFirst>> | undefined;
  return {
    ask(ids) {
      if (ids.size === 0) return;
      asked = ids;
      answer = tx.customers([...ids]);
      // Whoever needs it hears of it; a fold that fails before that has its own error.
      answer.catch(() => undefined);
    },
    async of(ids) {
      const others = ids.filter((id) => !asked.has(id));
      const [known, more] = await Promise.all([answer, others.length > 0 ? tx.customers(others) : undefined]);
      if (known && more) return new Map([...known, ...more]);
      return known ?? more ?? new Map();
    },
  };
}

/** Must run after `putFacts`: a search for a first event sees the facts as the batch leaves them. */
export async function foldCustomers(fold: FoldContext): Promise<void> {
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
    rows.push({
      customerId,
      first: first ? { customerId, at: first.at, day: first.day, channel: first.channel, region: first.region } : null,
    });
  };
  for (const first of settle(customers, stored)) put(first.customerId, first);
  if (customers.unsure.size > 0) {
    const firsts = await tx.firstEvents([...customers.unsure]);
    for (const id of customers.unsure) put(id, firsts.get(id));
  }
  if (rows.length > 0) await tx.putCustomers(rows);
}
