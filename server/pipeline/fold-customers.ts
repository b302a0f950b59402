/** Brings customers' first events up to date, once the batch's facts are in the transaction (R6). */
import { addCustomer, customersOf, same, settle, type Qualifying } from '../domain/customers.ts';
import type { FoldContext } from './fold-context.ts';
import type { CustomerFirst } from './ports.ts';

/** Must run after `putFacts`: a search for a first event sees the facts as the batch leaves them. */
export async function foldCustomers(fold: FoldContext): Promise<void> {
  const { tx, customers, sums } = fold;
  const ids = customersOf(customers);
  if (ids.length === 0) return;
  const stored = await tx.customers(ids);
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
