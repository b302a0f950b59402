/**
 * Everything that decides who was a new customer in some days, at a cut: the customers
 * who bought or signed in those days, and all they did before. A customer's first event
 * cannot be told from part of their events.
 */
import type { RecountCut, RecountGroup, SigningMembers } from '../../../domain/fold/recount.ts';
import type { Calendar } from '../../../domain/time/calendar.ts';
import { chunks, withHistory } from './cut-facts.ts';
import { changedOrders, leadsById, orderMembers, type Days } from './cut-orders.ts';
import type { Reader } from './reader.ts';

export function* customerGroups(reader: Reader, days: Days, cut: RecountCut, calendar: Calendar): Generator<RecountGroup> {
  const signings = signingRows(reader);
  const customers = new Set<string>();
  for (const row of reader
    .arrays('select distinct customer_id from orders where day >= ? and day < ? and customer_id is not null')
    .iterate(days.from, days.to))
    customers.add((row as unknown as [string])[0]);
  const [from, to] = [calendar.startOfDay(days.from), calendar.startOfDay(days.to)];
  for (const { customerId, at } of signings) if (at >= from && at < to) customers.add(customerId);

  const changed = cut.knownAt === undefined ? [] : changedOrders(reader, () => false);
  // Whoever any version of a changed fact names may have been a customer by it.
  const members = [...orderMembers(reader, changed, cut)];
  for (const { order } of members) {
    for (const v of order ? [...order.fact.versions, ...order.history] : []) {
      if (v.type === 'sales.order.paid') customers.add(v.data.customerId ?? v.data.buyerId);
    }
  }
  yield* members;
  const given = new Set(changed.map(([key]) => key));
  yield* orderMembers(reader, ordersOf(reader, customers, days.to, given), cut);
  yield* signingGroups(reader, cut);
}

/** Orders of the customers paid before a day, found by one pass over the covering index. */
function* ordersOf(
  reader: Reader,
  customers: ReadonlySet<string>,
  toDay: number,
  given: ReadonlySet<string>,
): Generator<readonly [string, string]> {
  const rows = reader.arrays('select id, customer_id from orders where day < ?').iterate(toDay) as unknown as Iterable<[number, string]>;
  const one = reader.arrays('select key, versions from orders where id = ?');
  for (const [id, customerId] of rows) {
    if (!customers.has(customerId)) continue;
    const row = one.get(id) as unknown as [string, string];
    if (!given.has(row[0])) yield row;
  }
}

function signingRows(reader: Reader): { customerId: string; at: number }[] {
  const rows = reader.arrays('select customer_id, at from lead_statuses where customer_id is not null').all() as unknown as [
    string,
    number,
  ][];
  return rows.map(([customerId, at]) => ({ customerId, at }));
}

function* signingGroups(reader: Reader, cut: RecountCut): Generator<SigningMembers> {
  const history = cut.knownAt !== undefined;
  const rows = reader.arrays(`select key, versions from lead_statuses where type = 'lead.signed'`).iterate() as unknown as Iterable<
    [string, string]
  >;
  for (const chunk of chunks(rows)) {
    const signings = withHistory(reader, 'leadStatus', chunk, history);
    const idOf = (s: SigningMembers['signing']): string => (s.fact.versions[0] as { data: { leadId: string } }).data.leadId;
    const leads = leadsById(reader, new Set(signings.map(idOf)), history);
    for (const signing of signings) yield { signing, leads: leads.get(idOf(signing)) ?? [] };
  }
}
