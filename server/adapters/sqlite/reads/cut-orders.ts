/**
 * Orders with all they are joined to, as a cut may need them. Which orders can matter is
 * decided by what stands now; a cut by knowledge (`knownAt`) may show a fact as it no
 * longer stands, so there every fact with older versions is a candidate as well.
 */
import { factKey } from '../../../domain/facts.ts';
import { type FactWithHistory, type OrderMembers, type RecountCut } from '../../../domain/fold/recount.ts';
import type { Calendar } from '../../../domain/time/calendar.ts';
import { chunks, keysWithHistory, withHistory } from './cut-facts.ts';
import type { Reader } from './reader.ts';

/** Half-open range of business days. */
export interface Days {
  readonly from: number;
  readonly to: number;
}
/** An order's key, and its versions unless only refunds of it are known. */
type OrderRow = readonly [string, string | null];

/** Orders paid in the days. */
export function paidIn(reader: Reader, { from, to }: Days): Iterable<OrderRow> {
  return reader.arrays('select key, versions from orders where day >= ? and day < ?').iterate(from, to) as unknown as Iterable<OrderRow>;
}

/** Orders paid elsewhen, or unknown, that have a refund in the days. */
export function refundedIn(reader: Reader, { from, to }: Days, calendar: Calendar): Iterable<OrderRow> {
  return reader
    .arrays(
      `select distinct r.order_key, o.versions from refunds r left join orders o on o.key = r.order_key
       where r.at >= ? and r.at < ? and (o.day is null or o.day < ? or o.day >= ?)`,
    )
    .iterate(calendar.startOfDay(from), calendar.startOfDay(to), from, to) as unknown as Iterable<OrderRow>;
}

/** Orders that were, or whose refunds were, different once; without those `paidIn` and `refundedIn` give anyway. */
export function changedOrders(reader: Reader, known: (row: { key: string; day: number | null }) => boolean): OrderRow[] {
  const keys = new Set(keysWithHistory(reader, 'order'));
  for (const refund of changedRefunds(reader)) for (const key of ordersNamed(refund)) keys.add(key);
  const found: OrderRow[] = [];
  for (const chunk of chunks(keys)) {
    const rows = reader
      .arrays('select j.value, o.day, o.versions from json_each(?) j left join orders o on o.key = j.value')
      .all(JSON.stringify(chunk)) as unknown as [string, number | null, string | null][];
    for (const [key, day, versions] of rows) if (!known({ key, day })) found.push([key, versions]);
  }
  return found;
}

/** The groups of the given orders under a cut. Each order may be given once. */
export function* orderMembers(reader: Reader, orders: Iterable<OrderRow>, cut: RecountCut): Generator<OrderMembers> {
  const history = cut.knownAt !== undefined;
  const changed = history ? changedRefunds(reader) : [];
  for (const chunk of chunks(orders)) {
    const there = chunk.filter((row): row is readonly [string, string] => row[1] !== null);
    const facts = new Map(withHistory(reader, 'order', there, history).map((f) => [f.fact.key, f]));
    const refunds = refundsNaming(reader, new Set(chunk.map(([key]) => key)), changed);
    const leads = leadsOf(reader, [...facts.values()], history);
    for (const [key] of chunk) {
      const order = facts.get(key);
      const named = order ? leadsNamed(order) : [];
      yield { orderKey: key, order, refunds: refunds.get(key) ?? [], leads: named.flatMap((id) => leads.get(id) ?? []) };
    }
  }
}

function changedRefunds(reader: Reader): FactWithHistory[] {
  const found: FactWithHistory[] = [];
  for (const chunk of chunks(keysWithHistory(reader, 'refund'))) {
    const rows = reader
      .arrays('select r.key, r.versions from json_each(?) j cross join refunds r on r.key = j.value')
      .all(JSON.stringify(chunk)) as unknown as [string, string][];
    found.push(...withHistory(reader, 'refund', rows, true));
  }
  return found;
}

function ordersNamed({ fact, history }: FactWithHistory): string[] {
  const named: string[] = [];
  for (const version of [...fact.versions, ...history]) {
    if (version.type === 'sales.order.refunded') named.push(factKey(fact.source, version.data.orderId));
  }
  return named;
}

/** Refunds by every order they name in any version: a correction may have moved one to another order. */
function refundsNaming(
  reader: Reader,
  orderKeys: ReadonlySet<string>,
  changed: readonly FactWithHistory[],
): Map<string, FactWithHistory[]> {
  const rows = reader
    .arrays('select r.key, r.versions from json_each(?) j cross join refunds r on r.order_key = j.value')
    .all(JSON.stringify([...orderKeys])) as unknown as [string, string][];
  const all = new Map(withHistory(reader, 'refund', rows, false).map((f) => [f.fact.key, f]));
  for (const refund of changed) if (ordersNamed(refund).some((key) => orderKeys.has(key))) all.set(refund.fact.key, refund);
  const found = new Map<string, FactWithHistory[]>();
  for (const refund of all.values()) {
    for (const key of new Set(ordersNamed(refund))) {
      const list = found.get(key);
      if (list) list.push(refund);
      else found.set(key, [refund]);
    }
  }
  return found;
}

function leadsNamed({ fact, history }: FactWithHistory): string[] {
  const ids = new Set<string>();
  for (const version of [...fact.versions, ...history]) {
    if (version.type === 'sales.order.paid' && version.data.leadId !== undefined) ids.add(version.data.leadId);
  }
  return [...ids];
}

function leadsOf(reader: Reader, orders: readonly FactWithHistory[], history: boolean): Map<string, FactWithHistory[]> {
  return leadsById(reader, new Set(orders.flatMap(leadsNamed)), history);
}

/** Facts of leads over all sources, by lead id. */
export function leadsById(reader: Reader, ids: ReadonlySet<string>, history: boolean): Map<string, FactWithHistory[]> {
  const found = new Map<string, FactWithHistory[]>();
  for (const chunk of chunks(ids)) {
    const rows = reader
      .arrays('select l.lead_id, l.key, l.versions from json_each(?) j cross join leads l on l.lead_id = j.value')
      .all(JSON.stringify(chunk)) as unknown as [string, string, string][];
    const facts = withHistory(
      reader,
      'lead',
      rows.map(([, key, versions]) => [key, versions] as const),
      history,
    );
    rows.forEach(([id], i) => {
      const list = found.get(id);
      const fact = facts[i] as FactWithHistory;
      if (list) list.push(fact);
      else found.set(id, [fact]);
    });
  }
  return found;
}
