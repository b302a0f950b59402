/** The scenes 活动 and 客户 say what GET /api/campaigns and GET /api/kpis say of the same moment [K8] [K9] [K10] [K11] [K14] [K15] [K16]. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCampaignService } from '../../../../../server/pipeline/services/campaigns.ts';
import { createKpiService } from '../../../../../server/pipeline/services/kpis.ts';
import { createViews, type AllViews } from '../../../../../server/pipeline/push/views/all.ts';
import { campaignPlanned } from '../../../../../shared/events/campaign-planned.ts';
import type { CampaignPage } from '../../../../../shared/kpi/campaigns.ts';
import type { Grain, KpiValue } from '../../../../../shared/kpi/types.ts';
import { event, openLine, type Line } from '../../../../helpers/line.ts';
import { noAnomalies } from '../../../../helpers/no-anomalies.ts';
import { nodesOf } from '../../../../helpers/nodes.ts';

const NOW = '2026-11-23T14:30:00+08:00';
let line: Line;
let views: AllViews;
let page: CampaignPage;
let open: CampaignPage;
let asked: (kpi: string, grain: Grain, period: string, by?: 'channel') => Promise<readonly KpiValue[]>;
let number = 0;

const day = (date: string): string => `${date}T12:00:00+08:00`;
const paid = (date: string, channel: string, campaignId: string | null, amount: number, buyerId: string) =>
  event('sales.order.paid', day(date), {
    ...{ orderId: `o-${++number}`, version: 1, buyerId, channel, region: '华东', ...(campaignId && { campaignId }) },
    lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount, cost: Math.round(amount * 0.55) }],
  });
const spent = (date: string, channel: string, campaignId: string, amount: number, kind: 'media' | 'production' = 'media') =>
  event('campaign.spend', day(date), {
    ...{ entryId: `s-${++number}`, version: 1, campaignId, channel, kind, line: 'online', amount },
  });
const planned = (campaignId: string, budget: number, warmup: string, burst: string, review: string, end: string) =>
  event('campaign.planned', '2026-10-01T00:00:00+08:00', {
    ...{ ...campaignPlanned.example, campaignId, name: campaignId, budget, targets: { reads: 10_000 } },
    phases: { warmup: { from: warmup, to: warmup }, burst: { from: burst, to: review }, review: { from: end, to: end } },
  });
const read = (campaignId: string, reads: number) =>
  event('campaign.engagement', day('2026-11-22'), { campaignId, version: 1, platform: '抖音', reads, likes: 3, shares: 1, reach: reads });
const lead = (date: string, channel: string, signs: boolean) => {
  const leadId = `l-${++number}`;
  const data = { leadId, version: 1, channel, region: '华东', touch: 'owned' as const, reachable: number % 5 !== 0, contactHash: leadId };
  const later = new Date(Date.parse(day(date)) + 86_400_000).toISOString();
  return [
    event('lead.created', day(date), data),
    ...(signs ? [event('lead.signed', later, { leadId, version: 1, customerId: `k-${leadId}`, value: 100 })] : []),
  ];
};

beforeAll(async () => {
  line = await openLine({ now: NOW });
  const orders = Array.from({ length: 60 }, (_, i) =>
    paid(
      `2026-11-${String(1 + (i % 22)).padStart(2, '0')}`,
      i % 3 === 0 ? '京东' : '天猫',
      ['loses', 'earns', null][i % 3] ?? null,
      10_000 + i * 137,
      `b-${i % 40}`,
    ),
  );
  await line.ingest([
    planned('loses', 900_000, '2026-10-30', '2026-10-31', '2026-11-28', '2026-11-30'),
    planned('earns', 200_000, '2026-10-25', '2026-10-26', '2026-11-21', '2026-11-24'),
    // Half of its days and a tenth of its budget are gone, and its burst is still to come.
    planned('warms', 300_000, '2026-10-22', '2026-12-05', '2026-12-05', '2026-12-12'),
    planned('comes', 300_000, '2026-12-05', '2026-12-08', '2026-12-10', '2026-12-12'),
    planned('is over', 300_000, '2026-10-05', '2026-10-08', '2026-10-10', '2026-10-12'),
    ...orders,
    event('sales.order.refunded', day('2026-11-03'), { refundId: 'r-1', orderId: 'o-1', version: 1, amount: 4_000 }),
    spent('2026-11-05', '天猫', 'loses', 600_000),
    spent('2026-11-06', '京东', 'loses', 90_000, 'production'),
    spent('2026-11-05', '京东', 'earns', 60_000),
    spent('2026-11-22', '天猫', 'warms', 30_000),
    spent('2026-10-06', '天猫', 'is over', 70_000),
    // An early order: it belongs to a campaign whose sale has not begun.
    paid('2026-11-22', '天猫', 'warms', 7_000, 'b-early'),
    ...[read('loses', 4_000), read('earns', 12_000)],
    ...['2026-09-05', '2026-10-05', '2026-10-28', '2026-11-12'].flatMap((date, month) =>
      Array.from({ length: 40 }, (_, i) => lead(date, i % 2 === 0 ? '天猫' : '抖音', i % (5 + month) === 0)).flat(),
    ),
  ]);
  const target = (kpi: string, grain: Grain, period: string, value: number) => ({ kpi, grain, period, value, owner: 'o', reason: 'r' });
  await line.store.write((tx) =>
    tx.putTargets(
      [
        target('net_sales', 'quarter', '2026-Q4', 2_000_000),
        ...[target('valid_leads', 'month', '2026-11', 100), target('new_customers', 'month', '2026-11', 90)],
        ...[target('lead_conversion', 'month', '2026-11', 0.3), target('repurchase_rate', 'month', '2026-11', 0.6)],
      ],
      line.clock.now(),
    ),
  );
  const parts = { reads: line.store.reads, calendar: line.calendar, clock: line.clock };
  views = createViews({ ...parts, sums: line.sums, anomalies: noAnomalies, nodesOf });
  const list = { grain: null, period: null, basis: 'cash', sort: '-spend', filter: {}, limit: 100, after: null } as const;
  const service = createCampaignService({ ...parts, ledger: line.ledger, commit: line.commit });
  const answer = await service.list(list);
  if ('refused' in answer) throw new Error(answer.detail);
  page = answer;
  const notOver = await service.list({ ...list, filter: { phase: 'open' } });
  if ('refused' in notOver) throw new Error(notOver.detail);
  open = notOver;
  const kpis = createKpiService({ ...parts, ledger: line.ledger });
  asked = async (kpi, grain, period, by) => {
    const found = await kpis.query({ grain, period, kpis: [kpi], by: by ?? null, where: [], asOf: null, knownAt: null });
    if ('refused' in found) throw new Error(found.detail);
    return found.values;
  };
});
afterAll(() => line?.close());

const rowOf = (id: string) => page.rows.find(({ campaignId }) => campaignId === id);

describe('the scene 活动', () => {
  it('shows rows of campaigns that are not over, flagged first, with the figures and flags of GET /api/campaigns', async () => {
    const { rows, total } = await views.campaigns.read('runs');
    expect(total).toBe(4);
    expect(rows.map(({ campaignId }) => campaignId)).toEqual(['loses', 'earns', 'warms', 'comes']);
    for (const row of rows) {
      const api = rowOf(row.campaignId);
      const sells = row.phase === 'burst' || row.phase === 'review';
      expect([row.campaignId, row.spend, row.budget, row.elapsed, row.pacing, row.maturity]).toEqual([
        ...[row.campaignId, api?.spend, api?.budget, api?.elapsed, api?.pacing, api?.maturity],
      ]);
      expect([row.roi, row.roas]).toEqual(sells ? [api?.roi, api?.roas] : [null, null]);
      expect(row.flag).toEqual(api?.flag);
      expect(row.spread).toBe(api?.spreadRatio);
      expect([row.phase, row.phaseDay, row.phaseDays]).toEqual([api?.phase, api?.phaseDay, api?.phaseDays]);
    }
    expect(rows[0]?.flag?.lost).toBeGreaterThan(0);
    expect(rowOf('warms')).toMatchObject({ phase: 'warmup', spend: 30_000, flag: null });
  });

  it('adds up what they cost and brought: ratios of sums, without what is still warming up', async () => {
    const { totals } = await views.campaigns.read('runs');
    const [loses, earns, warms] = ['loses', 'earns', 'warms'].map(rowOf);
    const spend = (loses?.spend ?? 0) + (earns?.spend ?? 0) + (warms?.spend ?? 0);
    const margin = (loses?.margin ?? 0) + (earns?.margin ?? 0);
    expect(totals).toMatchObject({ spend, margin, ahead: warms?.spend });
    expect(totals.roi).toBeCloseTo((margin - spend) / spend, 9);
    expect(totals.breakEven).toBeCloseTo(((loses?.net_sales ?? 0) + (earns?.net_sales ?? 0)) / margin, 9);
    // The desk opens on the same campaigns, and says the same of them together.
    expect(warms?.net_sales).toBeGreaterThan(0);
    expect(open.listed).toMatchObject({ spend, margin, roi: totals.roi, break_even_roas: totals.breakEven });
    expect(open.listed.net_sales).toBe((loses?.net_sales ?? 0) + (earns?.net_sales ?? 0));
  });

  it('holds campaign days against the quarter as GET /api/kpis does', async () => {
    const shown = await views.campaigns.read('windowShare');
    const [toDate] = await asked('campaign_share', 'quarter', '2026-Q4');
    const [ofTarget] = await asked('campaign_share_of_target', 'quarter', '2026-Q4');
    expect([shown.ofToDate, shown.sales, shown.toDate]).toEqual([toDate?.value, toDate?.numerator, toDate?.denominator]);
    expect([shown.ofTarget, shown.target, shown.required]).toEqual([ofTarget?.value, 2_000_000, 0.3]);
    expect(shown.before).toBeNull();
  });
});

describe('the scene 客户', () => {
  it('shows the KPIs of the month, and the newest cohort that is settled', async () => {
    const { leads, allLeads, customers, conversion, repurchase } = await views.funnel.read('stages');
    const value = async (kpi: string) => (await asked(kpi, 'month', '2026-11'))[0];
    expect(leads).toMatchObject({ value: (await value('valid_leads'))?.value, target: 100 });
    expect(leads.planToNow).toBeCloseTo((100 * (22 + 14.5 / 24)) / 30, 6);
    expect(allLeads).toBe((await value('leads'))?.value);
    expect(customers.value).toBe((await value('new_customers'))?.value);
    expect([repurchase.rate, repurchase.customers]).toEqual([
      (await value('repurchase_rate'))?.value,
      (await value('repurchase_rate'))?.sample,
    ]);
    expect(repurchase.known).toBeLessThan(1);
    // October's leads of the 28th have not had their 30 days.
    const [september] = await asked('lead_conversion', 'month', '2026-09');
    expect(conversion).toMatchObject({ month: '2026-09', rate: september?.value, maturity: 1, target: 0.3 });
  });

  it('shows each cohort with its maturity', async () => {
    const { rows, days } = await views.funnel.read('cohorts');
    expect([days, rows.map(({ month }) => month)]).toEqual([30, ['2026-09', '2026-10', '2026-11']]);
    for (const row of rows) {
      const [api] = await asked('lead_conversion', 'month', row.month);
      expect([row.rate, row.leads, row.signed, row.maturity]).toEqual([api?.value, api?.sample, api?.numerator, api?.maturity]);
    }
  });

  it('shows costs by channel, the largest spender first', async () => {
    const { whole, rows } = await views.funnel.read('costs');
    const [cac, cpl] = [await asked('cac', 'month', '2026-11'), await asked('cpl', 'month', '2026-11')];
    expect([whole.cac, whole.cpl, whole.spend]).toEqual([cac[0]?.value, cpl[0]?.value, cac[0]?.numerator]);
    expect(rows.map(({ channel }) => channel)).toEqual(['天猫', '京东']);
    for (const row of rows) {
      const of = async (kpi: string) =>
        (await asked(kpi, 'month', '2026-11', 'channel')).find(({ dimension }) => dimension?.channel === row.channel);
      expect([row.cac, row.customers, row.spend]).toEqual([
        (await of('cac'))?.value,
        (await of('cac'))?.sample,
        (await of('cac'))?.numerator,
      ]);
      expect([row.cpl, row.leads]).toEqual([(await of('cpl'))?.value, (await of('cpl'))?.sample]);
    }
  });

  it('names a weak link whose parts add up to the gap', async () => {
    const gap = await views.funnel.read('gap');
    expect(gap?.parts.reduce((sum, { missing }) => sum + missing, 0)).toBeCloseTo(gap?.missing ?? NaN, 9);
    expect(gap?.parts.every(({ held }) => held)).toBe(true);
  });
});
