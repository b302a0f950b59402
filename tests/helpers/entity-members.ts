/** Every entity of a store in memory with its history: what the ledger is written from anew. */
import type { FactKind } from '../../shared/events/define.ts';
import { decodeVersion } from '../../server/adapters/sqlite/version-text.ts';
import { standing, type Fact, type FactVersion } from '../../server/domain/facts.ts';
import { kindsWithRows } from '../../server/domain/ledger/registry.ts';
import type { EntityMembers, FactWithHistory, LeadMembers, OrderMembers, SigningMembers } from '../../server/domain/ledger/members.ts';
import type { MemoryStore } from './memory-store.ts';

export async function entityMembers(store: MemoryStore): Promise<EntityMembers[]> {
  const history = new Map<string, FactVersion[]>();
  for (const row of store.db.prepare('select kind, key, text from fact_history').all()) {
    const name = `${String(row['kind'])} ${String(row['key'])}`;
    history.set(name, [...(history.get(name) ?? []), decodeVersion(String(row['text']), [])]);
  }
  const whole = (fact: Fact): FactWithHistory => ({ fact, history: history.get(`${fact.kind} ${fact.key}`) ?? [] });
  const all = async (kind: FactKind): Promise<FactWithHistory[]> =>
    (await store.write((tx) => tx.pageFacts(kind, null, 100_000))).map(whole);

  const leads = await all('lead');
  const orders = new Map<string, OrderMembers & { refunds: FactWithHistory[] }>();
  for (const order of await all('order')) orders.set(order.fact.key, { orderKey: order.fact.key, order, refunds: [], leads });
  for (const refund of await all('refund')) {
    const named = versionsOf(refund).map((v) => (v.type === 'sales.order.refunded' ? v.data.orderId : ''));
    for (const orderId of new Set(named)) {
      const orderKey = `${refund.fact.source} ${orderId}`;
      const group = orders.get(orderKey) ?? { orderKey, order: undefined, refunds: [], leads };
      group.refunds.push(refund);
      orders.set(orderKey, group);
    }
  }
  const signings = (await all('leadStatus'))
    .filter(({ fact }) => standing(fact, 'lead.signed'))
    .map((signing): SigningMembers => {
      const leadId = standing(signing.fact, 'lead.signed')?.data.leadId;
      return { signing, leads: leads.filter((lead) => standing(lead.fact, 'lead.created')?.data.leadId === leadId) };
    });
  const customers = new Map<string, { customerId: string; orders: OrderMembers[]; signings: SigningMembers[] }>();
  const customer = (customerId: string) => {
    const known = customers.get(customerId) ?? { customerId, orders: [], signings: [] };
    customers.set(customerId, known);
    return known;
  };
  for (const members of orders.values())
    for (const id of new Set(versionsOf(members.order).flatMap(customerOf))) customer(id).orders.push(members);
  for (const members of signings)
    for (const id of new Set(versionsOf(members.signing).flatMap(customerOf))) customer(id).signings.push(members);
  const contacts = new Map<string | null, Map<string, LeadMembers>>();
  const leadIdOf = (one: FactWithHistory) => standing(one.fact, 'lead.created')?.data.leadId ?? '';
  const signed = await all('leadStatus');
  for (const lead of leads) {
    const leadId = leadIdOf(lead);
    const members = {
      leadId,
      facts: leads.filter((other) => leadIdOf(other) === leadId),
      signings: signed.filter(({ fact }) => standing(fact, 'lead.signed')?.data.leadId === leadId),
    };
    for (const version of versionsOf(lead)) {
      const contact = version.type === 'lead.created' ? (version.data.contactHash ?? null) : null;
      const ofContact = contacts.get(contact) ?? new Map<string, LeadMembers>();
      contacts.set(contact, ofContact.set(leadId, members));
    }
  }
  const ofContacts = [...contacts].flatMap(([contact, ofContact]): EntityMembers[] => {
    const list = [...ofContact.values()];
    const groups = contact === null ? list.map((lead) => [lead]) : [list];
    return groups.map((group) => ({ entity: 'contact', members: { contact, leads: group } }));
  });
  const facts: EntityMembers[] = [];
  for (const kind of kindsWithRows) for (const members of await all(kind)) facts.push({ entity: 'fact', members });
  return [
    ...[...orders.values()].map((members): EntityMembers => ({ entity: 'order', members })),
    ...[...customers.values()].map((members): EntityMembers => ({ entity: 'customer', members })),
    ...ofContacts,
    ...facts,
  ];
}

function versionsOf(members: FactWithHistory | undefined): FactVersion[] {
  return members ? [...members.fact.versions, ...members.history] : [];
}

function customerOf(version: FactVersion): string[] {
  if (version.type === 'sales.order.paid') return [version.data.customerId ?? version.data.buyerId];
  return version.type === 'lead.signed' ? [version.data.customerId] : [];
}
