/** Facts of a page with every version they ever had, and with everything any of these versions joins. */
import type { FactKind } from '../../../../shared/events/define.ts';
import type { FactVersion } from '../../../domain/facts.ts';
import type { CustomerMembers, FactWithHistory, LeadMembers, OrderMembers, SigningMembers } from '../../../domain/ledger/members.ts';
import { factOfRow } from '../fact-row.ts';
import { factTables } from '../fact-tables.ts';
import { numberIn, textIn } from '../row-values.ts';
import { shiftsOf } from '../receipt-text.ts';
import { decodeVersion } from '../version-text.ts';
import { push, type FactRow, type Prepare } from './rows.ts';

/** An order or a signing, by its row id, that names a customer in some version. */
export interface Naming {
  readonly customerId: string;
  readonly kind: 'order' | 'leadStatus';
  readonly id: number;
}

export interface MembersReader {
  facts(kind: FactKind, rows: readonly FactRow[]): FactWithHistory[];
  orders(rows: readonly FactRow[]): OrderMembers[];
  /** Keys of orders of which only refunds are known. */
  orphans(orderKeys: readonly string[]): OrderMembers[];
  /** Everything of each customer, one after another. */
  customers(naming: readonly Naming[]): CustomerMembers[];
  /** Every fact and signing of each lead; no id twice. */
  leads(ids: readonly string[]): LeadMembers[];
}

export function createMembersReader(prepare: Prepare): MembersReader {
  const changedKinds = new Set(
    prepare('select distinct kind from fact_history')
      .all()
      .map((row) => textIn(row, 'kind')),
  );
  const shifts = shiftsOf(prepare);
  const historyOf = prepare(`select h.key, h.text from json_each(?) j cross join fact_history h on h.kind = ? and h.key = j.value`);
  const refundsOf = prepare('select r.key, r.versions, r.order_key from json_each(?) j cross join refunds r on r.order_key = j.value');
  const movedRefundsOf =
    prepare(`select r.key, r.versions, m.order_key from json_each(?) j cross join temp.moved_refunds m on m.order_key = j.value
    cross join refunds r on r.key = m.key where r.order_key <> m.order_key`);
  const leadsOf = prepare('select l.key, l.versions, l.lead_id from json_each(?) j cross join leads l on l.lead_id = j.value');
  const signingsOf = prepare(
    `select s.key, s.versions, s.lead_id from json_each(?) j cross join lead_statuses s on s.lead_id = j.value and s.type = 'lead.signed'`,
  );
  const byId = (kind: Naming['kind']) =>
    prepare(`select f.id, f.key, f.versions from json_each(?) j cross join ${factTables[kind].table} f on f.id = j.value`);

  function facts(kind: FactKind, rows: readonly FactRow[]): FactWithHistory[] {
    const old = new Map<string, FactVersion[]>();
    if (changedKinds.has(kind) && rows.length > 0) {
      for (const row of historyOf.all(JSON.stringify(rows.map(({ key }) => key)), kind))
        push(old, textIn(row, 'key'), decodeVersion(textIn(row, 'text'), shifts));
    }
    return rows.map(({ key, versions }) => ({ fact: factOfRow(kind, key, versions, shifts), history: old.get(key) ?? [] }));
  }

  /** Facts that rows of a statement join to the values of a column. */
  function joined(kind: FactKind, column: string, found: readonly Readonly<Record<string, unknown>>[]): Map<string, FactWithHistory[]> {
    const rows = found.map((row) => ({ key: textIn(row, 'key'), versions: textIn(row, 'versions'), to: textIn(row, column) }));
    const unique = new Map(rows.map((row) => [row.key, row]));
    const members = new Map(facts(kind, [...unique.values()]).map((one) => [one.fact.key, one]));
    const lists = new Map<string, FactWithHistory[]>();
    for (const { key, to } of rows) {
      const one = members.get(key);
      if (one) push(lists, to, one);
    }
    for (const list of lists.values()) if (list.length > 1) list.sort((a, b) => (a.fact.key < b.fact.key ? -1 : 1));
    return lists;
  }

  const refunds = (orderKeys: readonly string[]): Map<string, FactWithHistory[]> => {
    const keys = JSON.stringify(orderKeys);
    return joined('refund', 'order_key', [...refundsOf.all(keys), ...movedRefundsOf.all(keys)]);
  };
  const leads = (ids: readonly string[]): Map<string, FactWithHistory[]> =>
    ids.length === 0 ? new Map<string, FactWithHistory[]>() : joined('lead', 'lead_id', leadsOf.all(JSON.stringify([...new Set(ids)])));

  function orders(rows: readonly FactRow[]): OrderMembers[] {
    const ofOrders = facts('order', rows);
    const refundsByOrder = refunds(rows.map(({ key }) => key));
    const named = ofOrders.map(leadsNamed);
    const leadsById = leads(named.flat());
    return ofOrders.map((order, i) => {
      const orderKey = order.fact.key;
      return {
        orderKey,
        order,
        refunds: refundsByOrder.get(orderKey) ?? [],
        leads: (named[i] ?? []).flatMap((id) => leadsById.get(id) ?? []),
      };
    });
  }

  function signings(rows: readonly FactRow[]): SigningMembers[] {
    const all = facts('leadStatus', rows);
    const named = all.map(leadsNamed);
    const leadsById = leads(named.flat());
    return all.map((signing, i) => ({ signing, leads: (named[i] ?? []).flatMap((id) => leadsById.get(id) ?? []) }));
  }

  /** Members of the facts that name customers, by row id. */
  function named<M>(kind: Naming['kind'], naming: readonly Naming[], membersOf: (rows: readonly FactRow[]) => M[]): Map<number, M> {
    const ids = [...new Set(naming.filter((one) => one.kind === kind).map(({ id }) => id))];
    if (ids.length === 0) return new Map();
    const rows = byId(kind)
      .all(JSON.stringify(ids))
      .map((row) => ({ id: numberIn(row, 'id'), key: textIn(row, 'key'), versions: textIn(row, 'versions') }));
    const found = new Map<number, M>();
    membersOf(rows).forEach((members, i) => found.set(rows[i]?.id ?? 0, members));
    return found;
  }

  return {
    facts,
    leads(ids) {
      const factsById = leads(ids);
      const signingsById = joined('leadStatus', 'lead_id', signingsOf.all(JSON.stringify(ids)));
      return ids.map((leadId) => ({ leadId, facts: factsById.get(leadId) ?? [], signings: signingsById.get(leadId) ?? [] }));
    },
    orders,
    orphans(orderKeys) {
      const refundsByOrder = refunds(orderKeys);
      return orderKeys.map((orderKey) => ({ orderKey, order: undefined, refunds: refundsByOrder.get(orderKey) ?? [], leads: [] }));
    },
    customers(naming) {
      const ordersById = named('order', naming, orders);
      const signingsById = named('leadStatus', naming, signings);
      const customers = new Map<string, { customerId: string; orders: OrderMembers[]; signings: SigningMembers[] }>();
      for (const { customerId, kind, id } of naming) {
        let customer = customers.get(customerId);
        if (!customer) customers.set(customerId, (customer = { customerId, orders: [], signings: [] }));
        const order = kind === 'order' ? ordersById.get(id) : undefined;
        const signing = kind === 'leadStatus' ? signingsById.get(id) : undefined;
        if (order) customer.orders.push(order);
        if (signing) customer.signings.push(signing);
      }
      return [...customers.values()];
    },
  };
}

/** Ids of the leads that any version of the fact names. */
function leadsNamed({ fact, history }: FactWithHistory): string[] {
  const ids = new Set<string>();
  for (const { data } of [...fact.versions, ...history]) if ('leadId' in data && data.leadId !== undefined) ids.add(data.leadId);
  return [...ids];
}
