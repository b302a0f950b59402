import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRefusal } from '../../../../server/pipeline/ports/refusal.ts';
import { createCampaignService } from '../../../../server/pipeline/services/campaigns.ts';
import { createKpiService } from '../../../../server/pipeline/services/kpis.ts';
import type { CampaignListQuery, CampaignService } from '../../../../server/pipeline/services/services.ts';
import { readings } from '../../../../shared/kpi/readings.ts';
import type { CampaignPage } from '../../../../shared/kpi/campaigns.ts';
import { event, openLine, type Line } from '../../../helpers/line.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { testSeed } from '../../../helpers/seed.ts';

let line: Line;
let campaigns: CampaignService;

const day = (d: number) => `2026-11-${String(d).padStart(2, '0')}`;
const at = (d: number) => `${day(d)}T10:00:00+08:00`;
const plan = (campaignId: string, from: number, more: object = {}) =>
  event('campaign.planned', '2026-10-20T10:00:00+08:00', {
    ...{
      campaignId,
      version: 1,
      name: `活动 ${campaignId}`,
      owner: '苏棠',
      kind: 'theme' as const,
      channels: ['天猫'],
      budget: 100_000,
      targets: {},
    },
    phases: {
      warmup: { from: day(from), to: day(from + 1) },
      burst: { from: day(from + 2), to: day(from + 5) },
      review: { from: day(from + 6), to: day(from + 6) },
    },
    ...more,
  });
const spend = (entryId: string, campaignId: string | undefined, amount: number, d: number, channel = '天猫') =>
  event('campaign.spend', at(d), {
    entryId,
    version: 1,
    ...(campaignId && { campaignId }),
    channel,
    kind: 'media',
    line: 'online',
    amount,
  });
const order = (orderId: string, campaignId: string | undefined, amount: number, cost: number | undefined, d: number, channel = '天猫') =>
  event('sales.order.paid', at(d), {
    ...{ orderId, version: 1, buyerId: `b-${orderId}`, channel, region: '华东', ...(campaignId && { campaignId }) },
    lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount, ...(cost !== undefined && { cost }) }],
  });

beforeAll(async () => {
  line = await openLine({ now: '2026-11-23T14:00:00+08:00' });
  campaigns = createCampaignService({
    reads: line.store.reads,
    ledger: line.ledger,
    commit: line.commit,
    calendar: line.calendar,
    clock: line.clock,
  });
  await line.ingest([
    plan('earns', 1, { targets: { roi: 0.2 } }),
    plan('loses', 15, { channels: ['抖音', '京东'] }),
    plan('next', 24, { owner: '何晚', channels: ['京东'] }),
    spend('s1', 'earns', 30_000, 2),
    spend('s2', 'loses', 50_000, 16, '抖音'),
    spend('s3', 'loses', 5_000, 16, '京东'),
    spend('s4', 'never-planned', 7_000, 3),
    spend('s5', undefined, 9_000, 3),
    spend('s6', 'next', 1_000, 22),
    order('o1', 'earns', 200_000, 100_000, 3),
    order('o2', 'loses', 20_000, 10_000, 18, '抖音'),
    order('o3', 'loses', 30_000, undefined, 22, '京东'),
    order('o4', undefined, 44_000, 20_000, 5),
  ]);
});
afterAll(() => line.close());

const query = (more: Partial<CampaignListQuery> = {}): CampaignListQuery => ({
  ...{ grain: null, period: null, basis: 'cash', limit: 200, after: null, sort: '-spend', filter: {} },
  ...more,
});
async function list(more: Partial<CampaignListQuery> = {}): Promise<CampaignPage> {
  const page = await campaigns.list(query(more));
  if (isRefusal(page)) throw new Error(page.detail);
  return page;
}

describe('the list of campaigns', () => {
  it('[R13] [S7] has a row for each, planned or not, and rows with what belongs to none add up to the total', async () => {
    const { rows, unattributed, total } = await list();
    expect(rows.map(({ campaignId, spend: s, net_sales }) => [campaignId, s, net_sales])).toEqual([
      ['loses', 55_000, 50_000],
      ['earns', 30_000, 200_000],
      ['never-planned', 7_000, 0],
      ['next', 1_000, 0],
    ]);
    expect([unattributed.spend, unattributed.net_sales]).toEqual([9_000, 44_000]);
    expect([total.spend, total.net_sales]).toEqual([102_000, 294_000]);
  });

  it('says what a row lacks, and nothing else changes for it', async () => {
    const gaps = Object.fromEntries((await list()).rows.map((row) => [row.campaignId, row.gaps]));
    expect(gaps['never-planned']).toEqual(expect.arrayContaining(['no_plan', 'no_sales']));
    expect(gaps['next']).toContain('spend_before_start');
    expect(gaps['earns']).toEqual([]);
  });

  it('sorts, filters and pages, and the pages of one list belong together', async () => {
    expect((await list({ sort: 'net_sales' })).rows.map(({ campaignId }) => campaignId)).toEqual([
      'never-planned',
      'next',
      'loses',
      'earns',
    ]);
    expect((await list({ filter: { owner: '何晚' } })).rows.map(({ campaignId }) => campaignId)).toEqual(['next']);
    expect((await list({ filter: { text: 'PLANNED' } })).totalRows).toBe(1);
    const first = await list({ limit: 3 });
    expect([first.rows.length, first.totalRows]).toEqual([3, 4]);
    const [asOf = 0, offset = 0] = (first.next ?? '').split('.').map(Number);
    await line.ingest([spend('later', 'next', 900_000, 22)]);
    const second = await list({ limit: 3, after: [asOf, offset] });
    expect(second.rows.map(({ campaignId }) => campaignId)).toEqual(['next']);
    expect(second.next).toBeNull();
    await line.ingest([
      event('campaign.spend', at(22), {
        entryId: 'later',
        version: 2,
        campaignId: 'next',
        channel: '天猫',
        kind: 'media',
        line: 'online',
        amount: 0,
      }),
    ]);
  });

  it('lists what is not over, a campaign never planned among it, and says what the listed ones cost and brought together', async () => {
    const open = await list({ filter: { phase: 'open' } });
    expect(open.rows.map(({ campaignId }) => campaignId)).toEqual(['never-planned', 'next']);
    expect(open.listed).toMatchObject({ spend: 8_000, net_sales: 0, roi: -1 });
    const mine = await list({ filter: { owner: '苏棠' } });
    expect(mine.listed).toMatchObject({ spend: 85_000, net_sales: 250_000, margin: 110_000, roi: 25_000 / 85_000 });
    // The whole stays the whole, whatever is listed.
    expect(mine.total.spend).toBe((await list()).total.spend);
    expect((await list({ filter: { owner: 'nobody' } })).listed).toMatchObject({ spend: 0, net_sales: 0, roi: null });
  });

  it('counts flagged campaigns among those that pass the other filters', async () => {
    expect((await list({ filter: { owner: '苏棠' } })).flagged).toEqual({ count: 1, lost: 45_000 });
    expect((await list({ filter: { owner: '何晚' } })).flagged).toEqual({ count: 0, lost: 0 });
    const only = await list({ filter: { flagged: true } });
    expect([only.rows.map(({ campaignId }) => campaignId), only.flagged.count, only.listed.spend]).toEqual([
      ['loses', 'never-planned'],
      2,
      62_000,
    ]);
  });

  it('sorts phases in the order of time, and what has none last', async () => {
    const phases = async (sort: string) => (await list({ sort })).rows.map(({ phase }) => phase);
    expect(await phases('phase')).toEqual(['before', 'ended', 'ended', null]);
    expect(await phases('-phase')).toEqual(['ended', 'ended', 'before', null]);
  });

  it('has in a period what ran in it by its plan or has a figure in it, and nothing else', async () => {
    const ids = async (grain: 'day' | 'month', period: string) =>
      (await list({ grain, period, sort: 'campaignId' })).rows.map(({ campaignId }) => campaignId);
    // The first ran from the 1st to the 7th; the second from the 15th to the 21st, and sold on the 22nd; the third begins on the 24th.
    expect(await ids('day', '2026-11-07')).toEqual(['earns']);
    expect(await ids('day', '2026-11-08')).toEqual([]);
    expect(await ids('day', '2026-11-22')).toEqual(['loses', 'next']);
    expect(await ids('day', '2026-11-30')).toEqual(['next']);
    expect(await ids('month', '2026-10')).toEqual([]);
    const day = await list({ grain: 'day', period: '2026-11-22' });
    expect([day.total.net_sales, day.listed.net_sales]).toEqual([30_000, 30_000]);
  });

  it('narrows to a period, and refuses what names none', async () => {
    const { rows, period } = await list({ grain: 'day', period: '2026-11-03' });
    expect(period).toEqual({ grain: 'day', start: '2026-11-03', end: '2026-11-04' });
    expect(rows.find(({ campaignId }) => campaignId === 'earns')).toMatchObject({ spend: 0, net_sales: 200_000 });
    expect(await campaigns.list(query({ grain: 'day' }))).toMatchObject({ status: 400, path: 'period' });
    expect(await campaigns.list(query({ sort: 'beauty' }))).toMatchObject({ status: 400, path: 'sort' });
  });

  it('equals GET /api/kpis by campaign', async () => {
    const kpis = createKpiService({ reads: line.store.reads, ledger: line.ledger, calendar: line.calendar, clock: line.clock });
    const answer = await kpis.query({ grain: 'month', period: '2026-11', kpis: [], by: 'campaign', where: [], asOf: null, knownAt: null });
    if (isRefusal(answer)) throw new Error(answer.detail);
    const page = await list({ grain: 'month', period: '2026-11' });
    const fields = new Set(Object.keys(page.total));
    let compared = 0;
    for (const { kpi, dimension, value } of answer.values) {
      const row = dimension?.campaign === null ? page.unattributed : page.rows.find(({ campaignId }) => campaignId === dimension?.campaign);
      if (!fields.has(kpi)) continue;
      expect((row as unknown as Record<string, unknown>)[kpi], `${kpi} ${String(dimension?.campaign)}`).toEqual(value);
      compared++;
    }
    expect(compared).toBeGreaterThan(8);
  });

  it('[R16] a window ends with its campaign: one that ended before it began overlaps no other', async () => {
    const other = await openLine({ now: '2026-11-23T14:00:00+08:00' });
    try {
      const ended = (campaignId: string, d: number) => event('campaign.ended', at(d), { campaignId, version: 2 });
      await other.ingest([plan('a', 10), plan('b', 12), ended('b', 9), plan('c', 14), ended('a', 13), plan('d', 16)]);
      const { reads } = other.store;
      const service = createCampaignService({
        reads,
        ledger: other.ledger,
        commit: other.commit,
        calendar: other.calendar,
        clock: other.clock,
      });
      const page = await service.list(query());
      if (isRefusal(page)) throw new Error(page.detail);
      expect(page.rows.filter(({ gaps }) => gaps.includes('overlaps')).map(({ campaignId }) => campaignId)).toEqual(['c', 'd']);
    } finally {
      await other.close();
    }
  });

  it('Σ campaigns + what belongs to none is the total, for random events', async () => {
    const seed = testSeed('campaign sums');
    const random = seededRandom(seed);
    const other = await openLine({ now: '2026-11-23T14:00:00+08:00' });
    try {
      const ids = ['a', 'b', 'c', undefined];
      const pick = () => ids[random.below(ids.length)];
      const events = Array.from({ length: 120 }, (_, i) =>
        random.below(2) === 0
          ? spend(`s${i}`, pick(), random.below(10_000), 1 + random.below(22))
          : order(`o${i}`, pick(), random.below(90_000), random.below(3) === 0 ? undefined : random.below(40_000), 1 + random.below(22)),
      );
      await other.ingest(events);
      const service = createCampaignService({
        reads: other.store.reads,
        ledger: other.ledger,
        commit: other.commit,
        calendar: other.calendar,
        clock: other.clock,
      });
      const page = await service.list(query());
      if (isRefusal(page)) throw new Error(page.detail);
      for (const field of ['spend', 'net_sales', 'net_sales_cohort', 'margin'] as const) {
        const sum = page.rows.reduce((all, row) => all + (row[field] ?? 0), page.unattributed[field] ?? 0);
        expect(sum, `${field} SEED=${seed}`).toBe(page.total[field]);
        const ofRows = page.rows.reduce((all, row) => all + (row[field] ?? 0), 0);
        expect(page.listed[field], `${field} of those listed SEED=${seed}`).toBe(ofRows);
      }
      expect(page.listed.roi, `SEED=${seed}`).toBe(page.total.roi);
      const own = (field: 'spend' | 'net_sales') => (page.total[field] ?? 0) - (page.unattributed[field] ?? 0);
      expect(page.attribution).toMatchObject({ rule: 'order_then_lead', version: 1 });
      expect(page.attribution.sales, `SEED=${seed}`).toBe(own('net_sales') / (page.total.net_sales ?? 0));
      expect(page.attribution.spend, `SEED=${seed}`).toBe(own('spend') / (page.total.spend ?? 0));
    } finally {
      await other.close();
    }
  });
});

describe('[R13] rows put together', () => {
  it('have the sums of their rows and ratios of these sums; one group of them all has the ratios of the total', async () => {
    for (const basis of ['cash', 'cohort'] as const) {
      const { rows, groups, total, unattributed } = await list({ group: 'owner', basis });
      expect(groups.map(({ key, count }) => [key, count])).toEqual([
        ['', 1],
        ['何晚', 1],
        ['苏棠', 2],
      ]);
      for (const field of ['spend', 'net_sales', 'net_sales_cohort', 'new_customers', 'reads'] as const) {
        const sum = groups.reduce((all, group) => all + (group[field] ?? 0), 0);
        expect(sum, field).toBe(rows.reduce((all, row) => all + (row[field] ?? 0), 0));
      }
      const mine = groups.find(({ key }) => key === '苏棠');
      // Margin 100,000 + 10,000 on goods of known cost, spend 30,000 + 55,000, all of it media.
      expect(mine).toMatchObject({ spend: 85_000, net_sales: 250_000, margin: 110_000, roi: 25_000 / 85_000, roas: 250_000 / 85_000 });
      expect(mine).toMatchObject({ coverage: 220_000 / 250_000, maturity: 200_000 / 250_000, budget: 200_000 });
      expect(mine?.flagged).toEqual({ count: 1, lost: 45_000 });
      const spentAll = (total.spend ?? 0) - (unattributed.spend ?? 0);
      expect(total.roi).toBe((110_000 - spentAll) / spentAll);
    }
  });
  it('keep to the filter, and a campaign of two channels is in one group', async () => {
    const { groups } = await list({ group: 'channel', filter: { owner: '苏棠' } });
    expect(groups.map(({ key, net_sales }) => [key, net_sales])).toEqual([
      ['京东 + 抖音', 50_000],
      ['天猫', 200_000],
    ]);
    expect((await list({ group: 'phase' })).groups.map(({ key }) => key)).toEqual(['', 'before', 'ended']);
    expect((await list()).groups).toEqual([]);
  });
});

describe('[K16] [R16] the share of the quarter', () => {
  it('of a row is that of the days of its own window; the total counts each day once and is the KPI', async () => {
    const { rows, total, quarter, groups } = await list({ group: 'kind' });
    const share = (id: string) => rows.find(({ campaignId }) => campaignId === id)?.campaign_share;
    expect(quarter).toBe('2026-Q4');
    // 1 to 6 November: 200,000 and 44,000 of no campaign; 15 to 20: 20,000; the third begins tomorrow; the fourth has no plan.
    expect([share('earns'), share('loses'), share('next'), share('never-planned')]).toEqual([244_000 / 294_000, 20_000 / 294_000, 0, null]);
    expect(total).toMatchObject({ campaign_share: 264_000 / 294_000, campaign_share_final: null });
    expect(total.reasons).toMatchObject({ campaign_share_of_target: 'no_target', campaign_share_final: 'not_over' });
    expect(groups.find(({ key }) => key === 'theme')?.campaign_share).toBe(264_000 / 294_000);
    const kpis = createKpiService({ reads: line.store.reads, ledger: line.ledger, calendar: line.calendar, clock: line.clock });
    const asked = {
      grain: 'quarter',
      period: '2026-Q4',
      kpis: ['campaign_share'],
      by: null,
      where: [],
      asOf: null,
      knownAt: null,
    } as const;
    const answer = await kpis.query(asked);
    expect(isRefusal(answer) ? null : answer.values[0]?.value).toBe(total.campaign_share);
    expect((await list({ grain: 'quarter', period: '2026-Q3' })).quarter).toBe('2026-Q3');
  });
});

describe('[R25] the range of a return', () => {
  it('ends where fresh revenue is given back as older was; there is none in a shorter period by cash', async () => {
    const other = await openLine({ now: '2026-11-23T14:00:00+08:00' });
    try {
      const service = createCampaignService({
        ...{ reads: other.store.reads, ledger: other.ledger, commit: other.commit, calendar: other.calendar, clock: other.clock },
      });
      await other.ingest([
        spend('s', 'a', 100, 3),
        order('old', 'a', 1_000, 400, 5),
        order('fresh', 'a', 500, 200, 22),
        event('sales.order.refunded', at(7), { refundId: 'r', orderId: 'old', version: 1, amount: 200 }),
      ]);
      const row = async (more: Partial<CampaignListQuery>) => {
        const page = await service.list(query(more));
        return isRefusal(page) ? undefined : page.rows[0];
      };
      // Margin 1,500 − 600 − 200 = 700; a fifth of the fresh 500 is expected back.
      expect(await row({})).toMatchObject({ roi: 6, roi_low: 5, maturity: 1_000 / 1_500 });
      expect(await row({ basis: 'cohort', grain: 'quarter', period: '2026-Q4' })).toMatchObject({ roi: 6, roi_low: 5 });
      expect(await row({ grain: 'quarter', period: '2026-Q4' })).toMatchObject({ roi: 6, roi_low: null });
    } finally {
      await other.close();
    }
  });
});

describe('one campaign', () => {
  it('opens to channels and days that add up to its row', async () => {
    const detail = await campaigns.get('loses', { grain: null, period: null, basis: 'cash' });
    if (isRefusal(detail)) throw new Error(detail.detail);
    expect(detail.channels.map(({ channel, spend: s, net_sales }) => [channel, s, net_sales])).toEqual([
      ['抖音', 50_000, 20_000],
      ['京东', 5_000, 30_000],
    ]);
    const sum = (field: 'net_sales') => detail.days.reduce((all, one) => all + (one[field] ?? 0), 0);
    expect(sum('net_sales')).toBe(detail.row.net_sales);
    expect(detail.days.at(-1)).toMatchObject({ day: '2026-11-23', mature: false });
  });
  it('[R25] has mature days by the readings in force, the same that the maturity of its return counts', async () => {
    const share = async (): Promise<[number, number | null]> => {
      const detail = await campaigns.get('loses', { grain: null, period: null, basis: 'cash' });
      if (isRefusal(detail)) throw new Error(detail.detail);
      const sold = (days: typeof detail.days): number => days.reduce((all, one) => all + (one.net_sales ?? 0), 0);
      expect(detail.row.maturity).toBe(sold(detail.days.filter(({ mature }) => mature)) / sold(detail.days));
      return [detail.refundDays, detail.row.maturity];
    };
    expect(await share()).toEqual([7, 0]);
    const value = readings.parse({ refundLagDays: 3 });
    const set = { value, owner: 'o', reason: 'r', effectiveFrom: 0, setAt: line.clock.now() };
    await line.store.write((tx) => tx.putPolicy('readings', set));
    expect(await share()).toEqual([3, 20_000 / 50_000]);
  });
  it('that nobody has heard of is not there', async () => {
    expect(await campaigns.get('nobody', { grain: null, period: null, basis: 'cash' })).toMatchObject({ status: 404 });
  });
});

describe('a decision', () => {
  const document = { commandId: 'd-1', type: 'stop' as const, note: '停达人', actor: '何晚', confirmed: true };
  it('is kept with what was known, once for one commandId', async () => {
    const first = await campaigns.decide('loses', document, line.clock.now());
    expect(first).toMatchObject({ campaignId: 'loses', type: 'stop', known: { spend: 55_000, net_sales: 50_000, budget: 100_000 } });
    expect(await campaigns.decide('loses', { ...document, note: 'other' }, line.clock.now())).toEqual(first);
    expect(await campaigns.decide('earns', document, line.clock.now())).toMatchObject({ status: 409, code: 'command_id_used' });
    await line.ingest([spend('more', 'loses', 10_000, 22)]);
    await campaigns.decide('loses', { ...document, commandId: 'd-2', type: 'watch' }, line.clock.now());
    const { rows } = await list();
    expect(rows.find(({ campaignId }) => campaignId === 'loses')?.decision).toMatchObject({ type: 'watch', known: { spend: 65_000 } });
    const detail = await campaigns.get('loses', { grain: null, period: null, basis: 'cash' });
    expect(isRefusal(detail) ? [] : detail.decisions.map(({ type, known }) => [type, known.spend])).toEqual([
      ['watch', 65_000],
      ['stop', 55_000],
    ]);
  });
  it('about a campaign nobody has heard of is refused', async () => {
    expect(await campaigns.decide('nobody', { ...document, commandId: 'd-3' }, line.clock.now())).toMatchObject({ status: 404 });
  });
});
