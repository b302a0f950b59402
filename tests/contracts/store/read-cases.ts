/** What screens and KPIs ask. */
import { expect, test } from 'vitest';
import { engagementWrite, incident, mentionWrite, order, orderWrite, refundWrite, write } from './samples.ts';
import type { Place } from '../../../server/pipeline/ports/page.ts';
import type { StoreCase } from './store-contract.ts';

export function registerReadCases(stores: StoreCase): void {
  test('facts of a kind come newest first with their columns, inside a span of event time', async () => {
    const store = await stores.open();
    await store.write((tx) => tx.putFacts([1, 3, 2, 4].map((at) => refundWrite(`r${at}`, 'o', at))));
    const rows = await store.reads.facts({ kind: 'refund', from: 2, to: 4, limit: 10 });
    expect(rows.map((r) => [r.fact.key, r.columns])).toEqual([
      ['/shop r3', { kind: 'refund', orderKey: '/shop o', at: 3, day: 0, amount: 10 }],
      ['/shop r2', { kind: 'refund', orderKey: '/shop o', at: 2, day: 0, amount: 10 }],
    ]);
    expect((await store.reads.facts({ kind: 'refund', limit: 1 })).map((r) => r.columns.at)).toEqual([4]);
    const sample = order({ orderId: '1', buyerId: 'B', customerId: 'K', leadId: 'L', campaignId: 'C' });
    await store.write((tx) => tx.putFacts([write(sample.fact, sample.columns), orderWrite({ orderId: '2' })]));
    const orders = await store.reads.facts({ kind: 'order', limit: 5 });
    expect(orders).toContainEqual(sample);
    expect(orders).toContainEqual(order({ orderId: '2' }));
  });

  test('engagement adds up the platforms of a campaign', async () => {
    const store = await stores.open();
    await store.write((tx) =>
      tx.putFacts([engagementWrite('C1', '微博', 5), engagementWrite('C1', '小红书', 7), engagementWrite('C2', '微博', 1)]),
    );
    expect([...(await store.reads.engagement())].sort((a, b) => a.reads - b.reads)).toEqual([
      { campaignId: 'C2', reads: 1, likes: 2, shares: 3 },
      { campaignId: 'C1', reads: 12, likes: 24, shares: 36 },
    ]);
  });

  test('mentions are counted by slot, brand and polarity; deleted ones and those outside are not', async () => {
    const store = await stores.open();
    await store.write((tx) =>
      tx.putFacts([
        mentionWrite({ mentionId: 'a', at: 100 }),
        mentionWrite({ mentionId: 'b', at: 109 }),
        mentionWrite({ mentionId: 'c', at: 110, polarity: 'positive' }),
        mentionWrite({ mentionId: 'd', at: 105, deleted: true }),
        mentionWrite({ mentionId: 'e', at: 99 }),
        mentionWrite({ mentionId: 'f', at: 120 }),
      ]),
    );
    const slots = await store.reads.mentionSlots({ from: 100, to: 120, stepMs: 10 });
    expect([...slots].sort((x, y) => x.slot - y.slot)).toEqual([
      { slot: 0, brand: '山澜', polarity: 'negative', count: 2 },
      { slot: 1, brand: '山澜', polarity: 'positive', count: 1 },
    ]);
  });

  test('old negative mentions of an own brand wait for a decision until an incident has them', async () => {
    const store = await stores.open();
    const old = { history: true };
    await store.write(async (tx) => {
      await tx.putFacts([
        mentionWrite({ mentionId: 'a', at: 1, ...old }),
        mentionWrite({ mentionId: 'b', at: 2, ...old }),
        mentionWrite({ mentionId: 'other brand', brand: '铂域', ...old }),
        mentionWrite({ mentionId: 'positive', polarity: 'positive', ...old }),
        mentionWrite({ mentionId: 'deleted', deleted: true, ...old }),
        mentionWrite({ mentionId: 'fresh' }),
      ]);
    });
    const pendingPage = (limit: number, after: Place | null = null) => store.reads.pendingHistory({ limit, after });
    expect(await pendingPage(10)).toEqual({ total: 0, rows: [], next: null });
    const value = { own: ['山澜'], tracked: ['铂域'] };
    await store.write((tx) => tx.putPolicy('brands', { value, owner: 'o', reason: 'r', effectiveFrom: 1, setAt: 1 }));
    const pending = await pendingPage(10);
    expect([pending.total, pending.rows.map((r) => r.mentionId)]).toEqual([2, ['b', 'a']]);
    expect(pending.rows[0]).toMatchObject({ key: '/shop b', brand: '山澜', publishedAt: 2 });
    expect(await pendingPage(0)).toEqual({ total: 2, rows: [], next: null });
    const first = await pendingPage(1);
    expect([first.total, first.rows.map((r) => r.mentionId)]).toEqual([2, ['b']]);
    expect(await pendingPage(1, first.next)).toMatchObject({ total: 2, rows: [{ mentionId: 'a' }], next: null });
    await store.write(async (tx) => {
      await tx.putIncidents([{ incident: incident('i'), previousVersion: 0, events: [] }]);
      await tx.putMembers([{ incidentId: 'i', key: '/shop b', before: null, after: { platform: '微博', publishedAt: 2, reach: 0 } }]);
    });
    expect((await pendingPage(10)).rows.map((r) => r.mentionId)).toEqual(['a']);
  });
}
