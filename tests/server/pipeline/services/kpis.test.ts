import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kpiDefinitions } from '../../../../server/domain/kpis/registry.ts';
import { createKpiService } from '../../../../server/pipeline/services/kpis.ts';
import { isRefusal, type Refusal } from '../../../../server/pipeline/ports/refusal.ts';
import type { KpiQuery, KpiService } from '../../../../server/pipeline/services/services.ts';
import type { KpiAnswer, KpiValue } from '../../../../shared/kpi/types.ts';
import type { EventData } from '../../../../shared/events/registry.ts';
import { event, openLine, type Line } from '../../../helpers/line.ts';

type Order = EventData<'sales.order.paid'>;
let line: Line;
let kpis: KpiService;

const paid = (orderId: string, time: string, amounts: readonly [number, boolean?][], more: Partial<Order> = {}) =>
  event('sales.order.paid', time, {
    orderId,
    version: 1,
    buyerId: `b-${orderId}`,
    channel: '天猫',
    region: '华东',
    lines: amounts.map(([amount, core], i) => ({
      sku: `s${i}`,
      category: core === false ? '配件' : '咖啡机',
      core: core !== false,
      quantity: 1,
      amount,
    })),
    ...more,
  });
const refund = (orderId: string, time: string, amount: number, lines?: { sku: string; amount: number }[]) =>
  event('sales.order.refunded', time, { refundId: `r-${orderId}-${time}`, orderId, version: 1, amount, ...(lines ? { lines } : {}) });

beforeAll(async () => {
  line = await openLine({ now: '2026-11-23T14:00:00+08:00' });
  kpis = createKpiService({ reads: line.store.reads, ledger: line.ledger, calendar: line.calendar, clock: line.clock });
  const { quarantined } = await line.ingest([
    paid('1', '2026-11-02T10:00:00+08:00', [[600], [400, false]], { buyerId: 'B1' }),
    paid('2', '2026-11-03T10:00:00+08:00', [[500]], { buyerId: 'B1', channel: '京东' }),
    paid('3', '2026-11-20T10:00:00+08:00', [[300, false]], { buyerId: 'B2', region: '华南', campaignId: 'C1' }),
    paid('4', '2026-10-31T23:59:59+08:00', [[200]], { buyerId: 'B3' }),
    paid('5', '2026-11-05T10:00:00+08:00', [[900]], { buyerId: 'B4' }),
    refund('1', '2026-11-10T10:00:00+08:00', 400, [{ sku: 's1', amount: 400 }]),
    refund('4', '2026-11-01T00:00:00+08:00', 50),
    refund('5', '2026-11-22T10:00:00+08:00', 900),
    refund('unknown', '2026-11-22T11:00:00+08:00', 30),
    event('sales.order.paid', '2026-11-06T10:00:00+08:00', {
      orderId: '6',
      version: 1,
      buyerId: 'B6',
      channel: '天猫',
      region: '华东',
      lines: [{ sku: 'x', category: '咖啡机', core: true, quantity: 1, amount: 7_777 }],
    }),
    event('sales.order.cancelled', '2026-11-06T12:00:00+08:00', { orderId: '6', version: 2 }),
    ...mentions('山澜', '微博', { positive: 20, negative: 12, neutral: 8, unscored: 5 }),
    ...mentions('山澜', '抖音', { positive: 3, negative: 2 }),
    ...mentions('铂域', '微博', { positive: 40, unscored: 10 }),
    ...mentions('路人', '微博', { positive: 500 }),
  ]);
  expect(quarantined).toBe(0);
  await line.store.write(async (tx) => {
    const at = line.clock.now();
    const who = { owner: 'o', reason: 'r', effectiveFrom: at, setAt: at };
    await tx.putPolicy('brands', { value: { own: ['山澜'], tracked: ['铂域'] }, ...who });
    const target = { kpi: 'net_sales', grain: 'month' as const, period: '2026-11', owner: 'o', reason: 'r' };
    await tx.putTargets(
      [
        { ...target, value: 3_000 },
        { ...target, value: 1_000, dimension: { channel: '天猫' } },
      ],
      at,
    );
    await tx.appendChange(['policies', 'targets'], at);
  });
});
afterAll(() => line.close());

let mentionNumber = 0;
function mentions(brand: string, platform: string, counts: Readonly<Record<string, number>>): object[] {
  return Object.entries(counts).flatMap(([polarity, count]) =>
    Array.from({ length: count }, () =>
      event('sentiment.mention', '2026-11-12T10:00:00+08:00', {
        mentionId: `m-${++mentionNumber}`,
        version: 1,
        platform,
        brand,
        text: '……',
        ...(polarity === 'unscored' ? {} : { label: polarity as 'positive' }),
      }),
    ),
  );
}

async function ask(more: Partial<KpiQuery>): Promise<readonly KpiValue[]> {
  const answer = await raw(more);
  if (isRefusal(answer)) throw new Error(`${answer.code} ${answer.detail}`);
  return answer.values;
}
const raw = (more: Partial<KpiQuery>): Promise<KpiAnswer | Refusal> =>
  kpis.query({ grain: 'month', period: '2026-11', kpis: [], by: null, where: [], asOf: null, knownAt: null, ...more });
const value = async (kpi: string, more: Partial<KpiQuery> = {}) => (await ask({ kpis: [kpi], ...more }))[0]?.value;

describe('GET /api/kpis on a real store', () => {
  it('[K1] cash: each refund on its own day; an order that stands as cancelled counts nowhere', async () => {
    // 1000 + 500 + 300 + 900 − 400 − 50 − 900 − 30
    expect(await value('net_sales')).toBe(1_320);
    expect(await value('net_sales', { period: '2026-10' })).toBe(200);
    expect(await value('net_sales', { grain: 'day', period: '2026-11-22' })).toBe(-930);
    expect(await value('net_sales', { grain: 'week', period: '2026-W45' })).toBe(2_400);
    expect(await value('net_sales', { grain: 'quarter', period: '2026-Q4' })).toBe(1_520);
    expect(await value('net_sales', { grain: 'year', period: '2026' })).toBe(1_520);
  });

  it('[K1] cohort: a refund on its order’s day', async () => {
    expect(await value('net_sales_cohort', { period: '2026-10' })).toBe(150);
    expect(await value('net_sales_cohort', { grain: 'day', period: '2026-11-02' })).toBe(600);
  });

  it('[R2] one value per channel, what has none in the cell null', async () => {
    const values = await ask({ kpis: ['net_sales'], by: 'channel' });
    expect(values.map((v) => [v.dimension, v.value])).toEqual([
      [{ channel: '京东' }, 500],
      [{ channel: '天猫' }, 850],
      [{ channel: null }, -30],
    ]);
    expect(values.reduce((sum, v) => sum + (v.value ?? 0), 0)).toBe(1_320);
  });

  it('[KP18] puts what is beyond 200 channels together, and the cells still add up to the whole', async () => {
    const many = await openLine({ now: '2026-11-23T14:00:00+08:00' });
    try {
      await many.ingest(
        Array.from({ length: 240 }, (_, i) =>
          event('sales.order.paid', '2026-11-23T10:00:00+08:00', {
            ...{ orderId: `m${i}`, version: 1, buyerId: `b${i}`, channel: `渠道${i}`, region: '华东' },
            lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: 100 + i }],
          }),
        ),
      );
      const service = createKpiService({ reads: many.store.reads, ledger: many.ledger, calendar: many.calendar, clock: many.clock });
      const question = { grain: 'day', period: '2026-11-23', where: [], asOf: null, knownAt: null } as const;
      const answer = await service.query({ ...question, kpis: ['net_sales', 'order_value', 'buyer_value'], by: 'channel' });
      if (isRefusal(answer)) throw new Error(answer.detail);
      const of = (kpi: string) => answer.values.filter((one) => one.kpi === kpi);
      const small = Array.from({ length: 40 }, (_, i) => 100 + i).reduce((sum, one) => sum + one, 0);
      expect(of('net_sales').length).toBe(201);
      expect(of('net_sales').at(-1)).toMatchObject({ dimension: { channel: '其他' }, others: 40, value: small });
      expect(of('net_sales').reduce((sum, one) => sum + (one.value ?? 0), 0)).toBe(240 * 100 + (239 * 240) / 2);
      expect(of('order_value').at(-1)).toMatchObject({ others: 40, value: small / 40 });
      expect(of('buyer_value').at(-1)).toMatchObject({ others: 40, value: null, reason: 'not_added' });
    } finally {
      await many.close();
    }
  });

  it('`where` narrows, and repeats as “and”', async () => {
    const where = [{ dim: 'channel', value: '天猫' }];
    expect(await value('net_sales', { where })).toBe(850);
    expect(await value('net_sales', { where: [...where, { dim: 'region', value: '华南' }] })).toBe(300);
    expect(await value('net_sales', { where: [{ dim: 'channel', value: null }] })).toBe(-30);
    // A cell that is two channels at once could only be named by one of them.
    const twice = { where: [...where, { dim: 'channel', value: '京东' }] };
    expect(await raw(twice)).toMatchObject({ refused: true, status: 400, code: 'repeated_dimension', path: 'where' });
  });

  it('[K3] core share in parts and whole, and per region', async () => {
    expect(await ask({ kpis: ['core_share'] })).toMatchObject([{ value: 1_050 / 1_320, numerator: 1_050, denominator: 1_320 }]);
    const regions = await ask({ kpis: ['core_share'], by: 'region' });
    expect(regions.map((v) => [v.dimension?.region, v.numerator, v.denominator])).toEqual([
      ['华东', 1_050, 1_050],
      ['华南', 0, 300],
      [null, 0, -30],
    ]);
  });

  it('[K5] [K6] [R5] an order fully refunded is no order, its buyer no buyer', async () => {
    expect(await ask({ kpis: ['order_value'] })).toMatchObject([{ value: 440, numerator: 1_320, denominator: 3 }]);
    expect(await ask({ kpis: ['buyer_value'] })).toMatchObject([{ value: 660, numerator: 1_320, denominator: 2 }]);
    const categories = await ask({ kpis: ['order_value', 'buyer_value'], by: 'category' });
    expect(categories.map((v) => [v.kpi, v.dimension?.category, v.numerator, v.denominator])).toEqual([
      ['order_value', '咖啡机', 1_050, 2],
      ['order_value', '配件', 300, 2],
      ['order_value', null, -30, 0],
      ['buyer_value', '咖啡机', 1_050, 1],
      ['buyer_value', '配件', 300, 2],
      ['buyer_value', null, -30, 0],
    ]);
  });

  it('[K10] [R6] counts first orders that are not fully refunded', async () => {
    expect(await value('new_customers')).toBe(2);
    expect(await value('new_customers', { period: '2026-10' })).toBe(1);
    const channels = await ask({ kpis: ['new_customers'], by: 'channel' });
    expect(channels.map((v) => [v.dimension?.channel, v.value])).toEqual([['天猫', 2]]);
    const campaigns = await ask({ kpis: ['new_customers'], by: 'campaign' });
    expect(campaigns.map((v) => [v.dimension?.campaign, v.value])).toEqual([
      ['C1', 1],
      [null, 1],
    ]);
  });

  it('[K11] repurchase over 365 days', async () => {
    expect(await ask({ kpis: ['repurchase_rate', 'repeat_order_share'] })).toMatchObject([
      { value: 1 / 3, numerator: 1, denominator: 3 },
      { value: 1 / 4, numerator: 1, denominator: 4 },
    ]);
  });

  it('[K2] [R22] attainment against the target of the same slice', async () => {
    expect(await value('sales_attainment')).toBe(0.44);
    expect(await value('sales_attainment', { where: [{ dim: 'channel', value: '天猫' }] })).toBe(0.85);
    expect(await ask({ kpis: ['sales_attainment'], where: [{ dim: 'channel', value: '京东' }] })).toMatchObject([
      { value: null, reason: 'no_target' },
    ]);
    const elapsed = (22 * 24 + 14) / (30 * 24);
    expect(await value('sales_pace')).toBeCloseTo(1_320 / (3_000 * elapsed), 12);
    const [low] = await ask({ kpis: ['sales_landing_low'] });
    expect(low).toMatchObject({ reason: 'small_sample', state: 'live', unit: 'minor' });
    expect(low?.value).toBeCloseTo(1_320 + (1_320 / elapsed) * (1 - elapsed) * 0.9, 6);
  });

  it('[K17] [R18] net sentiment of own brands, null below 30', async () => {
    expect(await ask({ kpis: ['net_sentiment'] })).toMatchObject([{ value: 9 / 37, numerator: 9, denominator: 37 }]);
    expect(await value('net_sentiment_with_neutrals')).toBe(9 / 45);
    const platforms = await ask({ kpis: ['net_sentiment'], by: 'platform' });
    expect(platforms.map((v) => [v.dimension?.platform, v.value, v.numerator, v.denominator, v.reason])).toEqual([
      ['微博', 8 / 32, 8, 32, undefined],
      ['抖音', null, 1, 5, 'small_sample'],
    ]);
  });

  it('[K18] share of voice over own and tracked brands, unscored ones too', async () => {
    expect(await value('share_of_voice')).toBe(50 / 100);
    expect(await value('share_of_voice', { where: [{ dim: 'platform', value: '抖音' }] })).toBe(1);
  });

  it('[R21] asOf cuts event time, with everything known now', async () => {
    const asOf = Date.parse('2026-11-09T00:00:00+08:00');
    expect(await value('net_sales', { asOf })).toBe(2_350);
    expect(await value('order_value', { asOf })).toBe(2_350 / 3);
    expect(await value('buyer_value', { asOf })).toBe(2_350 / 2);
    expect(await value('net_sales', { asOf, period: '2026-10' })).toBe(200);
    expect(await value('net_sentiment', { asOf })).toBeNull();
    expect(await value('new_customers', { asOf })).toBe(2);
    const [pace] = await ask({ kpis: ['sales_pace'], asOf });
    // Three orders are too few to say how the month goes; what it is held against is told all the same.
    expect(pace).toMatchObject({ value: null, reason: 'small_sample', numerator: 2_350 });
    expect(pace?.denominator).toBeCloseTo(3_000 * (8 / 30), 9);
    expect(pace?.state).toBe('live');
  });

  it('[R21] knownAt cuts what was known', async () => {
    expect(await value('net_sales', { knownAt: Date.parse('2026-11-23T13:00:00+08:00') })).toBe(0);
  });

  it('says when, where and what it answered', async () => {
    const answer = (await raw({ kpis: ['net_sales'] })) as KpiAnswer;
    expect([answer.asOf, answer.timeZone]).toEqual(['2026-11-23T06:00:00.000Z', 'Asia/Shanghai']);
    expect(answer.values[0]).toMatchObject({
      kpi: 'net_sales',
      period: { grain: 'month', start: '2026-11-01', end: '2026-12-01' },
      dimension: null,
      state: 'live',
      sample: 3,
      ruleVersion: 1,
      target: 3_000,
    });
  });

  it('without names: every KPI that has the dimensions asked for', async () => {
    expect((await ask({})).map(({ kpi }) => kpi)).toEqual(kpiDefinitions.map(({ id }) => id));
    expect(new Set((await ask({ by: 'platform' })).map((v) => v.kpi))).toEqual(
      new Set(['net_sentiment', 'net_sentiment_with_neutrals', 'share_of_voice']),
    );
  });

  it.each([
    [{ kpis: ['net_sales', 'sales'] }, 'unknown_kpi', 'kpi', 'sales'],
    [{ period: '2026-13' }, 'bad_period', 'period', '2026-13'],
    [{ grain: 'week' as const, period: '2025-W53' }, 'bad_period', 'period', '2025-W53'],
    [{ grain: 'hour' as unknown as 'day' }, 'bad_grain', 'grain', 'day'],
    [{ kpis: ['core_share'], by: 'core' }, 'dimension_not_of_kpi', 'by', 'core'],
    [{ kpis: ['net_sales', 'new_customers'], where: [{ dim: 'core', value: 'true' }] }, 'dimension_not_of_kpi', 'where', 'core'],
    [{ by: 'planet' }, 'unknown_dimension', 'by', 'planet'],
  ] as const)('refuses %j', async (query, code, path, named) => {
    const answer = await raw(query as Partial<KpiQuery>);
    expect(answer).toMatchObject({ refused: true, status: 400, code, path });
    expect((answer as { detail: string }).detail).toContain(named);
  });

  it('asks the ledger once, and once for what several KPIs need', async () => {
    const asked: string[][] = [];
    const counting = createKpiService({
      reads: line.store.reads,
      ledger: {
        ask: (questions) => {
          asked.push(questions.map((question) => JSON.stringify(question)));
          return line.ledger.ask(questions);
        },
      },
      calendar: line.calendar,
      clock: line.clock,
    });
    const kpiNames = ['net_sales', 'net_sales_cohort', 'sales_attainment', 'order_value', 'buyer_value'];
    const query = { grain: 'month', period: '2026-11', kpis: kpiNames, where: [], asOf: null, knownAt: null } as const;
    await counting.query({ ...query, by: 'channel' });
    expect(asked.map((questions) => questions.length)).toEqual([2]);
    await counting.query({ ...query, by: 'category' });
    expect(asked.map((questions) => [questions.length, new Set(questions).size])).toEqual([
      [2, 2],
      [2, 2],
    ]);
  });

  it('[R21] a moment is always given: what happens after it has not happened, also what is ahead of now', async () => {
    const ahead = await openLine({ now: '2026-11-23T14:00:00+08:00' });
    const query = { grain: 'day', period: '2026-11-23', kpis: ['net_sales', 'net_sentiment'], by: null, where: [], knownAt: null } as const;
    const service = createKpiService({ reads: ahead.store.reads, ledger: ahead.ledger, calendar: ahead.calendar, clock: ahead.clock });
    const net = async (asOf: number | null = null) => {
      const answer = await service.query({ ...query, asOf });
      return isRefusal(answer) ? answer.code : answer.values[0]?.value;
    };
    try {
      await ahead.ingest([paid('now', '2026-11-23T14:00:00+08:00', [[500]]), paid('ahead', '2026-11-23T14:01:30+08:00', [[30]])]);
      expect(await net()).toBe(500);
      expect(await net(Date.parse('2026-11-23T14:01:30+08:00'))).toBe(530);
      ahead.at('2026-11-23T14:01:30+08:00');
      expect(await net()).toBe(530);
    } finally {
      await ahead.close();
    }
  });
});
