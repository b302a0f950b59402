/** What screens and KPIs ask. */
import { expect, test } from 'vitest';
import type { OrderCounts } from '../../../server/pipeline/ports/reads.ts';
import { seededRandom } from '../../helpers/random.ts';
import { testSeed } from '../../helpers/seed.ts';
import { DAY_MS, engagementWrite, incident, mentionWrite, order, orderWrite, refundWrite, write, type OrderSample } from './samples.ts';
import type { Place } from '../../../server/pipeline/ports/page.ts';
import type { StoreCase } from './store-contract.ts';

type Dims = readonly (string | null | undefined)[];

/** Counted the slow, obvious way. */
function counted(orders: readonly OrderSample[], from: number, to: number, dimsOf: (o: OrderSample) => Dims[]): OrderCounts[] {
  const groups = new Map<string, OrderSample[]>();
  for (const o of orders) {
    const day = Math.floor((o.paidAt ?? 0) / DAY_MS);
    if (o.live === false || day < from || day >= to) continue;
    for (const key of new Set(dimsOf(o).map((d) => JSON.stringify(d)))) groups.set(key, [...(groups.get(key) ?? []), o]);
  }
  return [...groups].map(([key, list]) => {
    const customers = new Map<string, Set<number>>();
    for (const o of list) {
      const id = o.customerId ?? o.buyerId ?? '';
      customers.set(id, (customers.get(id) ?? new Set()).add(Math.floor((o.paidAt ?? 0) / DAY_MS)));
    }
    return {
      dims: JSON.parse(key) as (string | null)[],
      orders: list.length,
      buyers: new Set(list.map((o) => o.buyerId)).size,
      customers: customers.size,
      repeatCustomers: [...customers.values()].filter((days) => days.size > 1).length,
      repeatOrders: list.length - customers.size,
    };
  });
}
const byDims = (a: OrderCounts, b: OrderCounts): number => (JSON.stringify(a.dims) < JSON.stringify(b.dims) ? -1 : 1);

/** The largest amount the contract admits, minor units. */
const MOST = 9_000_000_000_000_000;

export function registerReadCases(stores: StoreCase): void {
  test('sums beyond what a double holds exactly are answered to its precision, and end nothing', async () => {
    const store = await stores.open();
    const addition = (bucket: number, channel: string) =>
      ({ family: 'salesHour', bucket, dims: JSON.stringify([channel]), measures: [MOST, 0] }) as const;
    for (let n = 0; n < 3; n++) await store.write((tx) => tx.addCells([addition(1, '天猫'), addition(2, '京东')]));
    await store.write((tx) => tx.addCells([{ ...addition(1, '天猫'), measures: [1_234, 0] }]));
    const ask = (perBucket: boolean) => store.reads.cells({ family: 'salesHour', from: 0, to: 9, by: [], where: [], perBucket });
    expect((await ask(false))[0]?.measures[0]).toBeCloseTo(6 * MOST, -4);
    expect((await ask(true)).map((row) => row.measures[0])).toEqual([3 * MOST + 1_234, 3 * MOST].map((n) => expect.closeTo(n, -2)));
  });

  test('orders, buyers and repeat customers are counted exactly, by every dimension', async () => {
    const { next: random, pick } = seededRandom(testSeed('order counts'));
    const store = await stores.open();
    const orders: OrderSample[] = Array.from({ length: 400 }, (_, i) => ({
      orderId: `o${i}`,
      paidAt: Math.floor(random() * 12) * DAY_MS + Math.floor(random() * DAY_MS),
      buyerId: `b${Math.floor(random() * 60)}`,
      ...(random() < 0.3 ? { customerId: `k${Math.floor(random() * 9)}` } : {}),
      channel: pick(['天猫', '京东']),
      region: pick(['华东', '华南', '华北']),
      campaignId: pick([null, 'C1']),
      live: random() < 0.9,
      lines: Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
        sku: 's',
        category: pick(['机', '豆']),
        core: random() < 0.5,
        quantity: 1,
        amount: 1,
      })),
    }));
    await store.write((tx) => tx.putFacts(orders.map((o) => orderWrite(o))));
    const ask = (by: string[], where: { dim: string; value: string | null }[] = []) =>
      store.reads.orderCounts({ from: 2, to: 9, by, where });
    const lines = (o: OrderSample) => o.lines ?? [];
    const cases: [string[], { dim: string; value: string | null }[], (o: OrderSample) => Dims[]][] = [
      [[], [], () => [[]]],
      [['channel'], [], (o) => [[o.channel]]],
      [['region', 'campaign'], [], (o) => [[o.region, o.campaignId]]],
      [['region'], [{ dim: 'campaign', value: null }], (o) => (o.campaignId === null ? [[o.region]] : [])],
      [['category'], [], (o) => lines(o).map((l) => [l.category])],
      [
        ['core', 'channel'],
        [{ dim: 'category', value: '机' }],
        (o) =>
          lines(o)
            .filter((l) => l.category === '机')
            .map((l) => [String(l.core), o.channel]),
      ],
      [
        [],
        [{ dim: 'core', value: 'true' }],
        (o) =>
          lines(o)
            .filter((l) => l.core)
            .map(() => []),
      ],
    ];
    for (const [by, where, dimsOf] of cases) {
      expect([...(await ask(by, where))].sort(byDims), `${by.join()} ${JSON.stringify(where)}`).toEqual(
        counted(orders, 2, 9, dimsOf).sort(byDims),
      );
    }
  });

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

  test('a moment has sales after it when an order, refund or cancellation lies later', async () => {
    const store = await stores.open();
    expect(await store.reads.anythingAfter(0)).toBe(false);
    await store.write((tx) => tx.putFacts([orderWrite({ orderId: '1', paidAt: DAY_MS + 5 })]));
    const after = () => Promise.all([0, DAY_MS + 4, DAY_MS + 5, 2 * DAY_MS].map((at) => store.reads.anythingAfter(at)));
    expect(await after()).toEqual([true, true, false, false]);
    await store.write((tx) => tx.putFacts([refundWrite('r', '1', DAY_MS + 6)]));
    expect(await after()).toEqual([true, true, true, false]);
  });

  test('R21 what was known at a moment is answered by the versions received until then', async () => {
    const store = await stores.open();
    const line = (amount: number) => [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount }];
    const version = (n: number, amount: number, receivedAt: number) => {
      const { fact, columns } = order({ orderId: '1', version: n, paidAt: 10, lines: line(amount) });
      return { columns, fact: { ...fact, versions: fact.versions.map((v) => ({ ...v, receivedAt })) } };
    };
    const [first, second] = [version(1, 100, 1_000), version(2, 70, 2_000)];
    await store.write((tx) => tx.putFacts([write(first.fact, first.columns)]));
    await store.write((tx) => tx.putFacts([write(second.fact, second.columns, { isNew: false, history: first.fact.versions })]));
    const paid = async (knownAt: number) =>
      (await store.reads.cells({ family: 'sales', from: 0, to: 1, by: ['channel'], where: [], cut: { knownAt } })).map((r) => [
        ...r.dims,
        r.measures[0],
      ]);
    expect([await paid(999), await paid(1_000), await paid(1_999), await paid(2_000)]).toEqual([
      [],
      [['天猫', 100]],
      [['天猫', 100]],
      [['天猫', 70]],
    ]);
    const orders = async (knownAt: number) =>
      (await store.reads.orderCounts({ from: 0, to: 1, by: [], where: [], cut: { knownAt } })).map((r) => r.orders);
    expect([await orders(999), await orders(1_000)]).toEqual([[], [1]]);
  });
}
