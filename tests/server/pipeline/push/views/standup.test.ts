/** The 晨会 scene: its figures are those of GET /api/kpis, and what is said in the stand-up is on it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKpiService } from '../../../../../server/pipeline/services/kpis.ts';
import { createStandupService, type StandupService } from '../../../../../server/pipeline/services/standup.ts';
import { isRefusal } from '../../../../../server/pipeline/ports/refusal.ts';
import { createStandupView } from '../../../../../server/pipeline/push/views/standup.ts';
import type { View } from '../../../../../server/pipeline/push/view.ts';
import type { KpiValue } from '../../../../../shared/kpi/types.ts';
import type { Target } from '../../../../../shared/kpi/targets.ts';
import { standupState } from '../../../../../shared/wire/views/standup.ts';
import { event, openLine, type Line } from '../../../../helpers/line.ts';
import { noAnomalies } from '../../../../helpers/no-anomalies.ts';
import { nodesOf } from '../../../../helpers/nodes.ts';

let line: Line;
let view: View<'standup'>;
let standup: StandupService;
let number = 0;
const at = (time: string): number => Date.parse(`${time}:00+08:00`);

const target = (kpi: string, grain: Target['grain'], period: string, value: number): Target => ({
  ...{ kpi, grain, period, value, owner: '周屿', reason: '测试' },
});
const order = (day: string, buyerId: string, amount: number) => {
  const lines = [{ sku: 's', category: 'k', core: true, quantity: 1, amount }];
  return event('sales.order.paid', `${day}T10:00:00+08:00`, {
    orderId: `o-${++number}`,
    version: 1,
    buyerId,
    channel: '天猫',
    region: '华东',
    lines,
  });
};
/** `signs`: hours after its creation. */
const lead = (day: string, signs: number | null) => {
  const leadId = `l-${++number}`;
  const created = event('lead.created', `${day}T10:00:00+08:00`, {
    leadId,
    version: 1,
    channel: '抖音',
    region: '华东',
    touch: 'paid',
    reachable: true,
  });
  if (signs === null) return [created];
  const time = new Date(at(`${day}T10:00`) + signs * 3_600_000).toISOString();
  return [created, event('lead.signed', time, { leadId, version: 2, value: 100, customerId: `k-${leadId}` })];
};

async function kpi(id: string, grain: 'day' | 'month', period: string): Promise<KpiValue> {
  const service = createKpiService({ reads: line.store.reads, ledger: line.ledger, calendar: line.calendar, clock: line.clock });
  const answer = await service.query({ grain, period, kpis: [id], by: null, where: [], asOf: null, knownAt: null });
  if (isRefusal(answer)) throw new Error(answer.detail);
  const [value] = answer.values;
  if (!value) throw new Error(`${id} has no value`);
  return value;
}

beforeAll(async () => {
  line = await openLine({ now: '2026-11-23T11:00:00+08:00' });
  await line.ingest([
    ...Array.from({ length: 40 }, (_, i) => order(i % 2 === 0 ? '2026-11-20' : '2026-11-13', `b-${i % 25}`, 10_000 + i)),
    order('2026-11-23', 'b-new', 30_000),
    ...Array.from({ length: 50 }, (_, i) => lead('2026-09-10', i < 6 ? 48 : null)).flat(),
    ...Array.from({ length: 30 }, (_, i) => lead(`2026-11-${10 + (i % 10)}`, null)).flat(),
    ...Array.from({ length: 3 }, () => lead('2026-11-23', null)).flat(),
  ]);
  await line.store.write((tx) =>
    tx.putTargets(
      [
        target('net_sales', 'day', '2026-11-23', 200_000),
        target('net_sales', 'month', '2026-11', 6_000_000),
        target('valid_leads', 'month', '2026-11', 60),
        target('lead_conversion', 'month', '2026-09', 0.2),
        target('lead_conversion', 'month', '2026-11', 0.2),
        target('repurchase_rate', 'month', '2026-11', 0.3),
        target('new_customers', 'day', '2026-11-23', 9),
      ],
      line.clock.now(),
    ),
  );
  const { store, sums, calendar, clock } = line;
  view = createStandupView({ reads: store.reads, sums, anomalies: noAnomalies, calendar, nodesOf, clock });
  standup = createStandupService({ reads: store.reads, commit: line.commit, calendar, nodesOf, clock });
});
afterAll(() => line.close());

describe('the view of the 晨会 scene', () => {
  it('fits its schema', async () => {
    const state = Object.fromEntries(await Promise.all(view.groups.map(async (group) => [group, await view.read(group)] as const)));
    expect(standupState.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
  });

  it('goals are the targets in force and the figures of GET /api/kpis', async () => {
    const goals = await view.read('goals');
    const net = await kpi('net_sales', 'month', '2026-11');
    expect(goals.sales).toEqual({ target: 200_000, basis: 'own', monthLeft: 6_000_000 - (net.value ?? NaN) });
    const [month, day] = [await kpi('valid_leads', 'month', '2026-11'), await kpi('valid_leads', 'day', '2026-11-23')];
    // 60 in a month of 30 days.
    expect(goals.leads).toMatchObject({ target: 2, basis: 'month_share', done: day.value, month: { value: month.value, target: 60 } });
    expect(goals.leads?.done).toBe(3);
    const customers = await kpi('new_customers', 'day', '2026-11-23');
    expect(goals.other).toMatchObject({ kpi: 'new_customers', target: 9, basis: 'own', done: customers.value });
  });

  it('[SU7] the funnel holds the figures of GET /api/kpis against their targets', async () => {
    const { stages, weak } = await view.read('weakLink');
    const [leads, conversion, repurchase] = [
      await kpi('valid_leads', 'month', '2026-11'),
      await kpi('lead_conversion', 'month', '2026-09'),
      await kpi('repurchase_rate', 'month', '2026-11'),
    ];
    expect(stages.map(({ kpi: id, period, value, sample }) => [id, period, value, sample])).toEqual([
      ['valid_leads', '2026-11', leads.value, leads.sample],
      ['lead_conversion', '2026-09', conversion.value, conversion.sample],
      ['repurchase_rate', '2026-11', repurchase.value, repurchase.sample],
    ]);
    expect(conversion.value).toBe(0.12);
    expect(stages[1]?.attainment).toBeCloseTo(0.6, 9);
    // 5.7 leads short at 16 % are one customer, 8 points of two months' leads are three: the lower percentage is not what decides.
    expect(weak?.stage).toBe('convert');
  });

  it('what is said in the stand-up is on the scene, and rises the number of the last word', async () => {
    const before = await view.read('said');
    const due = { day: '2026-11-20', time: '18:00' };
    const entered = await standup.addPromise(
      { commandId: 's-1', actor: '周屿', who: '陈放', what: '达人报价单', due },
      at('2026-11-19T09:00'),
    );
    if (isRefusal(entered)) throw new Error(entered.detail);
    expect(await view.read('kept')).toMatchObject({
      since: '2026-11-20',
      adjacent: false,
      due: 1,
      open: 1,
      rows: [{ who: '陈放', state: 'open' }],
    });
    expect(await view.read('owed')).toMatchObject({ owed: 1, total: 1, rows: [{ title: '达人报价单', state: 'open' }] });
    const miss = { commandId: 's-2', actor: '周屿', expectedVersion: 1, type: 'miss' } as const;
    await standup.commandPromise(entered.promise.id, miss, line.clock.now());
    expect(await view.read('kept')).toMatchObject({ due: 1, missed: 1, open: 0, rows: [{ who: '陈放', state: 'missed' }] });
    expect((await view.read('said')).seq).toBe(before.seq + 2);
    for (let i = 0; i < 6; i += 1) {
      const item = { commandId: `i-${i}`, actor: '周屿', department: '设计部', matter: `图 ${i}`, contact: '许诺' };
      await standup.addItem(item, at(`2026-11-${17 + i}T10:00`));
    }
    const items = await view.read('items');
    expect(items).toMatchObject({ total: 6, late: 3 });
    expect(items.rows.map(({ matter, days }) => [matter, days])).toEqual([
      ['图 0', 6],
      ['图 1', 5],
      ['图 2', 4],
      ['图 3', 3],
    ]);
    expect(view.affectedBy('standup')).toEqual(['goals', 'kept', 'items', 'owed', 'said']);
  });

  it('what changed: the last workday against the day a week before, new stories, and closed days that later facts moved', async () => {
    const since = await view.read('since');
    const [friday, before] = [await kpi('net_sales', 'day', '2026-11-20'), await kpi('net_sales', 'day', '2026-11-13')];
    const difference = (friday.value ?? NaN) - (before.value ?? NaN);
    expect(since).toEqual({
      since: '2026-11-20',
      sales: { net: friday.value, like: '2026-11-13', difference, orders: difference, refunds: 0, state: friday.state },
      stories: 0,
      restated: null,
    });
  });

  it('[I7] a closed day that a late refund moved is counted, with what it moved', async () => {
    const own = await openLine({ now: '2026-11-10T09:00:00+08:00' });
    try {
      const { store, sums, calendar, clock } = own;
      own.at('2026-11-11T12:00:00+08:00');
      const lines = [{ sku: 's', category: 'k', core: true, quantity: 1, amount: 9_000 }];
      const sale = { orderId: 'late', version: 1, buyerId: 'b', channel: '天猫', region: '华东', lines };
      await own.ingest([event('sales.order.paid', '2026-11-11T10:00:00+08:00', sale)]);
      own.at('2026-11-23T09:00:00+08:00');
      const refund = { refundId: 'r', orderId: 'late', version: 1, amount: 2_500 };
      await own.ingest([event('sales.order.refunded', '2026-11-11T15:00:00+08:00', refund)]);
      const scene = createStandupView({ reads: store.reads, sums, anomalies: noAnomalies, calendar, nodesOf, clock });
      expect(await scene.read('since')).toEqual({
        since: '2026-11-20',
        sales: null,
        stories: 0,
        restated: { days: 1, difference: -2_500 },
      });
    } finally {
      await own.close();
    }
  });
});
