/** Every fact of a store in memory as recount groups: what `verify` would read. */
import type { FactKind } from '../../../shared/events/define.ts';
import { decodeVersion } from '../../../server/adapters/sqlite/version-text.ts';
import { standing, type Fact, type FactVersion } from '../../../server/domain/facts.ts';
import type { FactWithHistory, OrderMembers } from '../../../server/domain/ledger/members.ts';
import type { RecountGroup } from './recount.ts';
import type { MemoryStore } from '../memory-store.ts';

export async function recountGroups(store: MemoryStore): Promise<RecountGroup[]> {
  const history = new Map<string, FactVersion[]>();
  for (const row of store.db.prepare('select kind, key, text from fact_history').all()) {
    const name = `${String(row['kind'])} ${String(row['key'])}`;
    history.set(name, [...(history.get(name) ?? []), decodeVersion(String(row['text']))]);
  }
  const whole = (fact: Fact): FactWithHistory => ({ fact, history: history.get(`${fact.kind} ${fact.key}`) ?? [] });
  const all = async (kind: FactKind): Promise<FactWithHistory[]> =>
    (await store.write((tx) => tx.pageFacts(kind, null, 100_000))).map(whole);

  const leads = await all('lead');
  const orders = new Map<string, OrderMembers & { refunds: FactWithHistory[] }>();
  for (const order of await all('order')) orders.set(order.fact.key, { orderKey: order.fact.key, order, refunds: [], leads });
  for (const refund of await all('refund')) {
    const named = [...refund.fact.versions, ...refund.history].map((v) => (v.type === 'sales.order.refunded' ? v.data.orderId : ''));
    for (const orderId of new Set(named)) {
      const orderKey = `${refund.fact.source} ${orderId}`;
      const group = orders.get(orderKey) ?? { orderKey, order: undefined, refunds: [], leads };
      group.refunds.push(refund);
      orders.set(orderKey, group);
    }
  }
  const signings = (await all('leadStatus')).filter(({ fact }) => standing(fact, 'lead.signed'));
  return [
    ...orders.values(),
    ...signings.map((signing) => ({
      signing,
      leads: leads.filter(
        (lead) => standing(lead.fact, 'lead.created')?.data.leadId === standing(signing.fact, 'lead.signed')?.data.leadId,
      ),
    })),
    ...(await all('mention')).map((mention) => ({ mention })),
    ...(await all('spend')).map((spend) => ({ spend })),
  ];
}
