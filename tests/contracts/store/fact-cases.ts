/** Facts with their versions, what they join, who is a customer. */
import { expect, test } from 'vitest';
import { factKey } from '../../../server/domain/facts.ts';
import { customerRows } from '../../../server/domain/ledger/customer-events.ts';
import { factOf, leadWrite, order, orderWrite, refundWrite, signingWrite, SOURCE, versionOf, write } from './samples.ts';
import type { StoreCase } from './store-contract.ts';

export function registerFactCases(stores: StoreCase): void {
  test('[I4] a loaded fact tells its standing versions, and whether exactly this version was ever seen', async () => {
    const store = await stores.open();
    const first = order({ orderId: '1', paidAt: 5 });
    const [old] = first.fact.versions;
    const [newer] = order({ orderId: '1', version: 3, paidAt: 6 }).fact.versions;
    if (!old || !newer) throw new Error('a sample without versions');
    const cancelled = versionOf('sales.order.cancelled', { orderId: '1', version: 4 }, 7);
    const after = factOf('order', '1', [newer, cancelled]);
    await store.write((tx) => tx.putFacts([write(first.fact, first.columns)]));
    await store.write((tx) => tx.putFacts([write(after, first.columns, { isNew: false, history: [old] })]));
    const key = after.key;
    const loaded = await store.write((tx) =>
      tx.loadFacts([
        { kind: 'order', key, version: 1 },
        { kind: 'order', key, version: 2 },
        { kind: 'order', key, version: 3 },
        { kind: 'order', key, version: 4 },
        { kind: 'order', key, version: 9 },
        { kind: 'refund', key, version: 1 },
      ]),
    );
    expect(loaded.map((l) => l.seen)).toEqual([old, undefined, newer, cancelled, undefined, undefined]);
    expect(loaded.slice(0, 5).map((l) => l.fact)).toEqual(Array(5).fill(after));
    expect(loaded[5]?.fact).toBeUndefined();
  });

  test('[I4] a body comes back byte for byte, with every kind of character', async () => {
    const store = await stores.open();
    const reason = 'tab\t newline\n quote" slash\\ 漏水 🫖 \u2028 end ';
    const fact = factOf('order', 'odd id\twith space', [versionOf('sales.order.cancelled', { orderId: 'x', version: 1, reason }, -1)]);
    const { columns } = order({ orderId: 'x' });
    await store.write((tx) =>
      tx.putFacts([
        write(fact, { ...columns, paidAt: null, day: null, buyerId: null, customerId: null, channel: null, counts: false, live: false }),
      ]),
    );
    const [loaded] = await store.write((tx) => tx.loadFacts([{ kind: 'order', key: fact.key, version: 1 }]));
    expect(loaded?.fact).toEqual(fact);
  });

  test('[I6] refunds, orders, leads and signings are found by what they join', async () => {
    const store = await stores.open();
    const found = await store.write(async (tx) => {
      await tx.putFacts([
        orderWrite({ orderId: '1', leadId: 'L1' }),
        orderWrite({ orderId: '2', leadId: 'L1' }),
        orderWrite({ orderId: '3' }),
        refundWrite('r1', '1', 1),
        refundWrite('r2', '1', 2),
        refundWrite('r3', 'never seen', 3),
        leadWrite('L1', 1, { source: '/crm' }),
        leadWrite('L1', 2, { source: '/ads' }),
        signingWrite('L1', 'K', 9),
      ]);
      const keys = ['1', '2', 'never seen'].map((id) => factKey(SOURCE, id));
      return {
        refunds: await tx.refundsOfOrders(keys),
        orders: await tx.ordersOfLeads(['L1', 'L2']),
        leads: await tx.leadsById(['L1', 'L1']),
        signings: await tx.signingsOfLeads(['L1']),
        byKey: await tx.factsByKey('order', [...keys, 'nobody']),
      };
    });
    const keysOf = (map: ReadonlyMap<string, readonly { key: string }[]>) =>
      Object.fromEntries([...map].map(([k, v]) => [k, v.map((f) => f.key)]));
    expect(keysOf(found.refunds)).toEqual({ '/shop 1': ['/shop r1', '/shop r2'], '/shop never seen': ['/shop r3'] });
    expect(keysOf(found.orders)).toEqual({ L1: ['/shop 1', '/shop 2'] });
    expect(keysOf(found.leads)).toEqual({ L1: ['/ads L1', '/crm L1'] });
    expect(keysOf(found.signings)).toEqual({ L1: ['/shop ["L1","lead.signed"]'] });
    expect([...found.byKey.keys()].sort()).toEqual(['/shop 1', '/shop 2']);
  });

  test('facts page through in key order', async () => {
    const store = await stores.open();
    const ids = ['b', 'a', 'd', 'c', 'e'];
    const pages = await store.write(async (tx) => {
      await tx.putFacts(ids.map((orderId) => orderWrite({ orderId })));
      const first = await tx.pageFacts('order', null, 2);
      const second = await tx.pageFacts('order', first.at(-1)?.key ?? null, 2);
      return [first, second, await tx.pageFacts('order', second.at(-1)?.key ?? null, 2)];
    });
    expect(pages.map((p) => p.map((f) => f.key))).toEqual([['/shop a', '/shop b'], ['/shop c', '/shop d'], ['/shop e']]);
  });

  test('[R6] a customer’s first event is the earliest live order or signing; ties go to the earlier key', async () => {
    const store = await stores.open();
    const events = await store.write(async (tx) => {
      await tx.putFacts([
        orderWrite({ orderId: '1', buyerId: 'B1', paidAt: 10, live: false }),
        refundWrite('r', '1', 10, 100),
        orderWrite({ orderId: '3', buyerId: 'B1', paidAt: 20, channel: '京东' }),
        orderWrite({ orderId: '2', buyerId: 'B1', paidAt: 20, channel: '抖音' }),
        orderWrite({ orderId: '4', buyerId: 'B1', customerId: 'K', paidAt: 30 }),
        leadWrite('L', 1, { source: '/b', version: 2, channel: '展会', region: '华北' }),
        leadWrite('L', 1, { source: '/a', version: 2, channel: '官网' }),
        leadWrite('L', 1, { source: '/0', version: 1, channel: '旧' }),
        signingWrite('L', 'K', 25),
        signingWrite('unknown lead', 'K2', 5),
      ]);
      return tx.eventsOfCustomers(['B1', 'K', 'K2', 'nobody']);
    });
    expect([...events.values()].flatMap(customerRows).map(({ entity, at, dims, measures }) => [entity, at, dims, measures])).toEqual([
      ['B1', 20, ['抖音', '华东', null], [1]],
      ['K', 25, ['官网', null, null], [1]],
      ['K2', 5, [null, null, null], [1]],
    ]);
  });
}
