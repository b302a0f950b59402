import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOverviewView } from '../../../../../server/pipeline/push/views/overview.ts';
import type { View } from '../../../../../server/pipeline/push/view.ts';
import { campaignPlanned } from '../../../../../shared/events/campaign-planned.ts';
import type { EventData } from '../../../../../shared/events/registry.ts';
import type { Target } from '../../../../../shared/kpi/targets.ts';
import { event, openLine, type Line } from '../../../../helpers/line.ts';
import { noAnomalies } from '../../../../helpers/no-anomalies.ts';
import { nodesOf } from '../../../../helpers/nodes.ts';

const NOW = '2026-11-23T14:30:00+08:00';
let line: Line;
let view: View<'overview'>;
let number = 0;

const paid = (time: string, amount: number, channel = '天猫', campaignId?: string) => {
  const orderId = `o-${++number}`;
  return event('sales.order.paid', time, {
    orderId,
    version: 1,
    buyerId: `b-${orderId}`,
    channel,
    region: '华东',
    ...(campaignId === undefined ? {} : { campaignId }),
    lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount }],
  });
};
const mention = (time: string, label: 'positive' | 'neutral' | 'negative', more: Partial<EventData<'sentiment.mention'>> = {}) =>
  event('sentiment.mention', time, { mentionId: `m-${++number}`, version: 1, platform: '微博', brand: '山澜', text: '…', label, ...more });
const planned = (campaignId: string, burst: readonly [string, string], budget: number) =>
  event('campaign.planned', '2026-10-01T00:00:00+08:00', {
    ...campaignPlanned.example,
    campaignId,
    name: campaignId,
    budget,
    phases: {
      warmup: { from: burst[0], to: burst[0] },
      burst: { from: burst[0], to: burst[1] },
      review: { from: '2027-01-01', to: '2027-01-03' },
    },
  });
const spent = (campaignId: string, amount: number) =>
  event('campaign.spend', '2026-11-20T12:00:00+08:00', {
    entryId: `s-${++number}`,
    version: 1,
    campaignId,
    channel: '抖音',
    kind: 'media',
    line: 'online',
    amount,
  });
const move = (moveId: string, time: string, competitor: string, before?: string, after?: string) =>
  event('competitor.move', time, {
    moveId,
    version: 1,
    competitor,
    kind: 'price',
    title: 'A8 降价',
    impact: 'high',
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  });
const target = (grain: Target['grain'], period: string, value: number, channel?: string): Target => ({
  kpi: 'net_sales',
  grain,
  period,
  value,
  owner: 'o',
  reason: 'r',
  ...(channel === undefined ? {} : { dimension: { channel } }),
});
const many = (count: number, make: () => object) => Array.from({ length: count }, make);

beforeAll(async () => {
  line = await openLine({ now: NOW });
  view = createOverviewView({
    reads: line.store.reads,
    calendar: line.calendar,
    clock: line.clock,
    sums: line.sums,
    anomalies: noAnomalies,
    nodesOf,
  });
});
afterAll(() => line.close());

describe('the overview of an empty workspace', () => {
  it('has every group, with no value where there is none', async () => {
    expect(await view.read('today')).toEqual({
      day: '2026-11-23',
      net: 0,
      target: null,
      targetBasis: null,
      planToNow: null,
      pace: null,
      curve: null,
      orders: 0,
      landing: null,
      against: null,
    });
    expect(await view.read('month')).toMatchObject({ period: '2026-11', net: 0, target: null, attainment: null, landing: null });
    expect(await view.read('strip')).toEqual({
      cells: [],
      left: { breached: 0, fire: 0, soon: 0, calm: 0 },
      unclaimed: null,
      pendingHistory: 0,
      ...{ today: { begun: 0, answered: 0, late: 0 }, yesterday: { begun: 0, answered: 0, late: 0 }, responseMs: 7_200_000, praise: null },
    });
    expect(await view.read('sentiment')).toMatchObject({ brands: [], lastDay: { value: null }, shareOfVoice: null });
    expect(await Promise.all([view.read('channels'), view.read('competitors'), view.read('keywords')])).toEqual([[], [], []]);
    expect(await Promise.all([view.read('campaigns'), view.read('ghost'), view.read('sentence')])).toEqual([
      { rows: [], total: 0 },
      null,
      null,
    ]);
  });
});

describe('the overview of a running day', () => {
  beforeAll(async () => {
    const counts = await line.ingest([
      paid('2026-11-23T00:10:00+08:00', 1_000),
      paid('2026-11-23T09:10:00+08:00', 3_000, '京东', 'fast'),
      paid('2026-11-23T14:10:00+08:00', 2_000, '抖音', 'fast'),
      ...['a', 'b', 'c', 'd'].map((c, i) => paid('2026-11-23T10:00:00+08:00', 100 + i, c)),
      event('sales.order.refunded', '2026-11-23T14:20:00+08:00', { refundId: 'r1', orderId: 'o-1', version: 1, amount: 400 }),
      paid('2026-11-22T10:00:00+08:00', 50_000),
      paid('2026-10-10T10:00:00+08:00', 70_000, '天猫', 'fast'),
      paid('2026-11-19T10:00:00+08:00', 5, '天猫', 'fast'),
      // Mondays before, after 15:00.
      paid('2026-11-16T20:00:00+08:00', 1_200),
      paid('2026-11-09T20:00:00+08:00', 1_000),
      paid('2026-11-02T20:00:00+08:00', 800),
      paid('2026-10-26T20:00:00+08:00', 600),
      planned('fast', ['2026-11-20', '2026-11-29'], 10_000),
      planned('calm', ['2026-11-18', '2026-11-29'], 10_000),
      planned('soon', ['2026-12-05', '2026-12-12'], 10_000),
      planned('later', ['2026-12-25', '2026-12-26'], 10_000),
      planned('latest', ['2026-12-27', '2026-12-28'], 10_000),
      spent('fast', 9_000),
      spent('calm', 4_500),
      event('campaign.engagement', '2026-11-22T00:00:00+08:00', {
        campaignId: 'fast',
        platform: '小红书',
        version: 1,
        reads: 5,
        likes: 2,
        shares: 1,
      }),
      event('campaign.engagement', '2026-11-22T00:00:00+08:00', {
        campaignId: 'fast',
        platform: '小红书',
        version: 2,
        reads: 50,
        likes: 20,
        shares: 10,
      }),
      event('campaign.engagement', '2026-11-22T00:00:00+08:00', {
        campaignId: 'fast',
        platform: '微博',
        version: 1,
        reads: 7,
        likes: 1,
        shares: 0,
      }),
      move('1', '2026-11-23T13:20:00+08:00', '铂域', '¥3,299', '¥2,799'),
      move('2', '2026-11-23T13:30:00+08:00', '路人甲'),
      ...many(25, () => mention('2026-11-23T14:00:00+08:00', 'positive', { keywords: ['拉花'] })),
      ...many(10, () => mention('2026-11-23T08:00:00+08:00', 'neutral', { keywords: ['漏水', '售后'] })),
      ...many(5, () => mention('2026-11-23T13:30:00+08:00', 'negative', { keywords: ['漏水'], storyId: 'S1', title: 'X5 漏水' })),
      ...many(3, () => mention('2026-11-21T15:30:00+08:00', 'negative', { keywords: ['漏水'], detectedAt: '2026-11-21T15:30:00+08:00' })),
      ...many(3, () => mention('2026-11-22T10:30:00+08:00', 'positive', { keywords: ['漏水'] })),
      ...many(10, () => mention('2026-11-23T13:45:00+08:00', 'positive', { brand: '铂域' })),
    ]);
    expect(counts).toMatchObject({ quarantined: 0 });
  });

  const set = (targets: readonly Target[]) => line.store.write((tx) => tx.putTargets(targets, line.clock.now()));

  it('today: net of refunds against the even share of the month, then against its own target', async () => {
    expect(await view.read('today')).toMatchObject({ net: 6_006, orders: 7, target: null });
    await set([target('month', '2026-11', 30_000), target('month', '2026-10', 31_000)]);
    const elapsed = 14.5 / 24;
    const today = await view.read('today');
    expect(today).toMatchObject({ target: 1_000, targetBasis: 'month_share' });
    expect(today.planToNow).toBeCloseTo(1_000 * elapsed, 9);
    expect(today.pace).toBeCloseTo(6_006 / (1_000 * elapsed), 9);
    await set([target('day', '2026-11-23', 12_000)]);
    expect(await view.read('today')).toMatchObject({ target: 12_000, targetBasis: 'own', planToNow: 12_000 * elapsed });
  });

  it('[KP6] a year’s target alone gives the day, the month, the quarter and each channel a plan, marked as shares of it', async () => {
    const fresh = await openLine({ now: '2026-11-23T14:30:00+08:00' });
    try {
      await fresh.store.write((tx) =>
        tx.putTargets(
          [target('year', '2026', 36_500), { ...target('year', '2026', 3_650), dimension: { channel: '门店' } }],
          fresh.clock.now(),
        ),
      );
      const shown = createOverviewView({
        reads: fresh.store.reads,
        sums: fresh.sums,
        anomalies: noAnomalies,
        nodesOf,
        calendar: fresh.calendar,
        clock: fresh.clock,
      });
      expect(await shown.read('today')).toMatchObject({ target: 100, targetBasis: 'year_share' });
      expect(await shown.read('month')).toMatchObject({ target: 3_000, targetBasis: 'year_share', attainment: 0 });
      expect(await shown.read('quarter')).toMatchObject({ target: 9_200, targetBasis: 'year_share' });
      expect(await shown.read('channels')).toMatchObject([{ channel: '门店', net: 0 }]);
    } finally {
      await fresh.close();
    }
  });

  it('[R24] today lands by its pace where the past says too little, and says so', async () => {
    const { landing, pace, curve } = await view.read('today');
    expect(curve).toBe('even');
    expect(landing?.basis).toBe('few_samples');
    expect(landing?.low).toBeCloseTo(6_006 + 12_000 * (9.5 / 24) * (pace ?? 0) * 0.9, 6);
  });

  it('hours: net per business hour, nothing for hours to come', async () => {
    const hours = await view.read('hours');
    expect(hours).toMatchObject({ day: '2026-11-23', currentHour: 14, plan: Array<number>(24).fill(500), curve: 'even' });
    expect(hours.net.length).toBe(24);
    expect([hours.net[0], hours.net[1], hours.net[9], hours.net[10], hours.net[14], hours.net[15]]).toEqual([
      1_000,
      0,
      3_000,
      406,
      1_600,
      null,
    ]);
  });

  it('month and quarter: attainment, pace, and 样本少 where the past is short', async () => {
    const month = await view.read('month');
    const elapsed = (22 * 24 + 14.5) / (30 * 24);
    expect(month).toMatchObject({ grain: 'month', period: '2026-11', net: 59_011, target: 30_000, attainment: 59_011 / 30_000 });
    expect(month.pace).toBeCloseTo(59_011 / (30_000 * elapsed), 9);
    expect(month.landing?.basis).toBe('few_samples');
    expect(await view.read('quarter')).toMatchObject({ period: '2026-Q4', net: 129_611, target: null, attainment: null, pace: null });
  });

  it('[S7] channels: the largest by net and one row for the rest, with a plan where the channel has one', async () => {
    await set([target('month', '2026-11', 15_000, '京东'), target('day', '2026-11-23', 480, '直播')]);
    const channels = await view.read('channels');
    expect(channels.map((c) => [c.channel, c.net])).toEqual([
      ['京东', 3_000],
      ['抖音', 2_000],
      ['天猫', 600],
      ['d', 103],
      [null, 303],
    ]);
    expect(channels.at(-1)?.others).toBe(4);
    expect(channels.reduce((sum, row) => sum + (row.net ?? NaN), 0)).toBe((await view.read('today')).net);
    expect(channels[0]?.planToNow).toBeCloseTo(500 * (14.5 / 24), 9);
    expect(channels[1]?.planToNow).toBeNull();
  });

  it('campaigns: out of band, live, then next to start, with what they brought since they began', async () => {
    const { rows: campaigns, total } = await view.read('campaigns');
    expect(total).toBe(5);
    expect(campaigns.map((c) => [c.campaignId, c.phase])).toEqual([
      ['fast', 'burst'],
      ['calm', 'burst'],
      ['soon', 'before'],
      ['later', 'before'],
    ]);
    const elapsed = (3 * 24 + 14.5) / 240;
    expect(campaigns[0]).toMatchObject({
      spend: 9_000,
      budget: 10_000,
      reads: 57,
      likes: 21,
      shares: 10,
      startsOn: '2026-11-20',
    });
    expect(campaigns[0]?.elapsed).toBeCloseTo(elapsed, 12);
    expect(campaigns[0]?.pacing).toBeCloseTo(9_000 / (10_000 * elapsed), 9);
    expect(campaigns[0]).toMatchObject({ phaseDay: 4, phaseDays: 10, readsTarget: 5_000_000 });
    expect(campaigns[2]).toMatchObject({ pacing: null, elapsed: 0, phaseDay: null, startsOn: '2026-12-05' });
  });

  it('sentiment, keywords and competitors follow the brands', async () => {
    await line.store.write((tx) =>
      tx.putPolicy('brands', {
        value: { own: ['山澜'], tracked: ['铂域'] },
        owner: 'o',
        reason: 'r',
        effectiveFrom: line.clock.now(),
        setAt: line.clock.now(),
      }),
    );
    const sentiment = await view.read('sentiment');
    expect(sentiment.lastHour).toEqual({ positive: 25, negative: 5, neutral: 0, value: 20 / 30 });
    expect(sentiment.lastDay).toEqual({ positive: 25, negative: 5, neutral: 10, value: 20 / 30 });
    expect(sentiment.hours.length).toBe(24);
    expect([sentiment.hours[23], sentiment.hours[22], sentiment.hours[17]]).toEqual([20 / 30, null, null]);
    expect(sentiment.shareOfVoice).toBe(40 / 50);
    expect(await view.read('keywords')).toEqual([
      { keyword: '拉花', mentions: 25, negative: 0, before: 0 },
      { keyword: '漏水', mentions: 15, negative: 5, before: 6 },
      { keyword: '售后', mentions: 10, negative: 0, before: 0 },
    ]);
    const moves = await view.read('competitors');
    expect(moves.map((m) => [m.moveId, m.change])).toEqual([
      ['1', (2_799 - 3_299) / 3_299],
      ['2', null],
    ]);
    expect(await view.read('strip')).toMatchObject({ cells: [], pendingHistory: 3 });
  });

  it('strip: the open story with its clock, counting from its detection', async () => {
    await line.ingest([
      mention('2026-11-23T14:25:00+08:00', 'negative', { storyId: 'S9', title: '客服推诿', detectedAt: '2026-11-23T14:26:00+08:00' }),
    ]);
    const strip = await view.read('strip');
    expect(strip).toMatchObject({
      left: { breached: 0, fire: 0, soon: 0, calm: 0 },
      cells: [{ clock: 'response', status: 'open', dueAt: Date.parse('2026-11-23T16:26:00+08:00') }],
    });
    expect(strip.unclaimed).toEqual(strip.cells[0]);
  });

  it('a new day starts empty', async () => {
    line.at('2026-11-24T00:00:01+08:00');
    expect(await view.read('today')).toMatchObject({ day: '2026-11-24', net: 0, orders: 0, targetBasis: 'month_share' });
    expect((await view.read('hours')).net.slice(0, 2)).toEqual([0, null]);
    line.at(NOW);
  });
});

describe('what makes a group worth computing again', () => {
  it('names groups of the view only, and every change of facts reaches the screen', () => {
    const known = new Set<string>(view.groups);
    for (const touched of ['sales', 'mentions', 'campaigns', 'competitors', 'incidents', 'targets', 'policies'] as const) {
      expect(view.affectedBy(touched).length).toBeGreaterThan(0);
      expect(view.affectedBy(touched).every((group) => known.has(group))).toBe(true);
    }
    expect([...Object.keys(view.refreshMs), ...Object.keys(view.throttleMs)].every((group) => known.has(group))).toBe(true);
    for (const headline of ['today', 'hours', 'strip'] as const) expect(view.throttleMs[headline]).toBeUndefined();
  });
});
