import { describe, expect, it } from 'vitest';
import type { KpiContext } from '../../../../server/domain/kpis/definition.ts';
import { evaluate, type ReadResults, type KpiSelection } from '../../../../server/domain/kpis/evaluate.ts';
import { kpiDefinition, kpiDefinitions } from '../../../../server/domain/kpis/registry.ts';
import { campaignBook } from '../../../../server/domain/targets/campaign-windows.ts';
import { targetBook } from '../../../../server/domain/targets/book.ts';
import { readingsBook } from '../../../../server/domain/targets/readings-book.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { elapsedShare, parsePeriod, type Period } from '../../../../server/domain/time/period.ts';
import { defaultReadings } from '../../../../shared/kpi/readings.ts';
import type { Target } from '../../../../shared/kpi/targets.ts';
import type { Grain, KpiDimension } from '../../../../shared/kpi/types.ts';

const calendar = createCalendar('Asia/Shanghai');
const whole: KpiSelection = { by: null, where: [] };
const by = (dim: KpiDimension): KpiSelection => ({ by: dim, where: [] });
const target = (period: string, value: number, dimension?: Target['dimension']): Target => ({
  kpi: 'net_sales',
  grain: 'month',
  period,
  value,
  owner: 'o',
  reason: 'r',
  ...(dimension ? { dimension } : {}),
});

function context(
  more: { grain?: Grain; period?: string; asOf?: string; targets?: Target[]; dimensions?: string[]; own?: string[] } = {},
): KpiContext {
  const period = parsePeriod(more.grain ?? 'month', more.period ?? '2026-11') as Period;
  const asOf = Date.parse(more.asOf ?? '2026-12-20T00:00:00Z');
  return {
    calendar,
    period,
    asOf,
    state: asOf < calendar.startOfDay(period.to) ? 'live' : 'closed',
    elapsed: elapsedShare(calendar, period, asOf),
    brands: { own: more.own ?? ['山澜'], tracked: ['铂域', '意朗'] },
    campaigns: campaignBook([], calendar),
    targets: targetBook(more.targets ?? [], asOf),
    readings: defaultReadings,
    readingsBook: readingsBook([], calendar, asOf),
    dimensions: more.dimensions ?? [],
  };
}
const sales = (dims: (string | null)[], paid: number | bigint, refunded = 0, cohort = 0, orders = 0) => ({
  dims,
  measures: [paid, refunded, cohort, orders, orders],
});
const distinct = (dims: (string | null)[], count: number, onSeveralDays = 0) => ({ dims, count, onSeveralDays });
function values(id: string, slice: KpiSelection, ctx: KpiContext, results: ReadResults) {
  const definition = kpiDefinition(id);
  if (!definition) throw new Error(id);
  return evaluate(definition, slice, ctx, results);
}
const one = (id: string, ctx: KpiContext, results: ReadResults) => values(id, whole, ctx, results)[0];

describe('worked values of the KPI dictionary', () => {
  const november = { sales: [sales([], 1_050_000, 70_000, 50_000, 4_200)] };
  const planned = context({ targets: [target('2026-11', 1_000_000)] });

  it('[K1] net sales, cash and cohort', () => {
    expect(one('net_sales', planned, november)).toEqual({
      kpi: 'net_sales',
      period: { grain: 'month', start: '2026-11-01', end: '2026-12-01' },
      dimension: null,
      value: 980_000,
      unit: 'minor',
      numerator: null,
      denominator: null,
      state: 'closed',
      sample: 4_200,
      ruleVersion: 1,
      target: 1_000_000,
    });
    expect(one('net_sales_cohort', planned, november)?.value).toBe(1_000_000);
  });
  it('[K2] attainment', () => {
    expect(one('sales_attainment', planned, november)).toMatchObject({ value: 0.98, numerator: 980_000, denominator: 1_000_000 });
    expect(one('sales_attainment', context(), november)).toMatchObject({ value: null, reason: 'no_target', numerator: 980_000 });
  });
  it('[K3] core share', () => {
    const rows = { ...november, sales: [sales(['true'], 640_000, 30_000), sales(['false'], 410_000, 40_000)] };
    expect(one('core_share', planned, rows)?.value).toBe(610_000 / 980_000);
  });
  it('[K5] and [K6] 客单价 and 笔单价', () => {
    expect(one('order_value', planned, november)?.value).toBe(980_000 / 4_200);
    expect(one('buyer_value', planned, { ...november, buyers: [distinct([], 3_500)] })?.value).toBe(280);
  });
  it('[K17] net sentiment, and with neutrals', () => {
    const rows = {
      mentions: [
        { dims: ['山澜'], measures: [255, 1_000, 513, 9] },
        { dims: ['铂域'], measures: [900, 0, 0, 0] },
      ],
    };
    expect(one('net_sentiment', planned, rows)?.value).toBe(-258 / 768);
    expect(one('net_sentiment_with_neutrals', planned, rows)?.value).toBe(-258 / 1_768);
  });
  it('[K18] share of voice counts what has no polarity', () => {
    const rows = {
      mentions: [
        { dims: ['山澜'], measures: [255, 1_000, 500, 13] },
        { dims: ['铂域'], measures: [2_000, 0, 0, 100] },
        { dims: ['意朗'], measures: [1_532, 0, 0, 0] },
        { dims: ['路人'], measures: [9_999, 0, 0, 0] },
      ],
    };
    expect(one('share_of_voice', planned, rows)).toMatchObject({ value: 1_768 / 5_400, sample: 5_400 });
  });
});

describe('[KP3] what has no value says why', () => {
  it('[R18] below 30 mentions with a polarity, with both parts given', () => {
    const rows = (p: number, n: number) => ({ mentions: [{ dims: ['山澜'], measures: [p, 100, n, 0] }] });
    expect(one('net_sentiment', context(), rows(20, 9))).toMatchObject({
      value: null,
      reason: 'small_sample',
      numerator: 11,
      denominator: 29,
    });
    expect(one('net_sentiment', context(), rows(20, 10))).toMatchObject({ value: 10 / 30 });
    expect(one('net_sentiment_with_neutrals', context(), rows(20, 9))).toMatchObject({ value: null, numerator: 11, denominator: 129 });
  });
  it('denominator 0 is never 0 % or ∞', () => {
    for (const id of ['core_share', 'order_value', 'buyer_value', 'repurchase_rate', 'repeat_order_share', 'share_of_voice']) {
      expect(one(id, context(), {})).toMatchObject({ value: null, reason: 'no_denominator', denominator: 0 });
    }
  });
  it('no own brand, no sentiment', () => {
    expect(one('net_sentiment', context({ own: [] }), {})).toMatchObject({ value: null, reason: 'no_brand' });
    expect(one('share_of_voice', context({ own: [] }), {})).toMatchObject({ value: null, reason: 'no_brand' });
  });
  it('[R28] there is no ratio to a loss, whatever stands above it', () => {
    for (const paid of [0, 100]) {
      const loss = { sales: [sales(['false'], paid, 500)] };
      expect(one('core_share', context(), loss)).toMatchObject({ value: null, reason: 'negative_denominator', denominator: paid - 500 });
    }
  });
});

describe('[KP4] cells of an answer', () => {
  it('are those present, sorted, the one without a value last; rows of zeros are no cell', () => {
    const rows = {
      sales: [sales([null], 5), sales(['b'], 3), sales(['a'], 0), sales(['c'], 4, 4), sales(['d'], 0, 0, 0, 1)],
    };
    expect(values('net_sales', by('channel'), context({ dimensions: ['channel'] }), rows).map((v) => [v.dimension, v.value])).toEqual([
      [{ channel: 'b' }, 3],
      [{ channel: 'c' }, 0],
      [{ channel: 'd' }, 0],
      [{ channel: null }, 5],
    ]);
  });
  it('name what they were narrowed to', () => {
    const slice: KpiSelection = { by: 'channel', where: [{ dim: 'region', value: '华东' }] };
    const found = values('net_sales', slice, context({ dimensions: ['region', 'channel'] }), { sales: [sales(['a'], 1)] });
    expect(found[0]?.dimension).toEqual({ region: '华东', channel: 'a' });
  });
  it('[R22] [KP5] take the target of their own dimension, and one with a target and no sales is there', () => {
    const targets = [target('2026-11', 100), target('2026-11', 40, { channel: 'a' }), target('2026-11', 50, { channel: 'z' })];
    const found = values('sales_attainment', by('channel'), context({ targets, dimensions: ['channel'] }), {
      sales: [sales(['a'], 10), sales(['b'], 20)],
    });
    expect(found.map((v) => [v.dimension?.channel, v.value, v.reason])).toEqual([
      ['a', 0.25, undefined],
      ['b', null, 'no_target'],
      ['z', 0, undefined],
    ]);
  });
});

describe('[K2] a running month', () => {
  const running = (targets: Target[]) => context({ asOf: '2026-11-15T16:00:00Z', targets });
  it('has a pace on the even plan while there is no past, and says that it is even', () => {
    expect(one('sales_pace', running([target('2026-11', 1_000)]), { sales: [sales([], 400)] })).toMatchObject({
      value: 0.8,
      numerator: 400,
      denominator: 500,
      state: 'live',
      curve: 'even',
    });
  });
  it('[R24] [KP7] learns its plan and its landing from the days before, of which one read is made', () => {
    const ctx = running([target('2026-11', 3_000_000)]);
    const reads = kpiDefinition('sales_landing_low')?.reads(ctx) ?? {};
    expect(reads['past days']).toMatchObject({ unit: 'day', perBucket: true, aside: true });
    const [from, to] = [reads['past days']?.from ?? 0, reads['past days']?.to ?? 0];
    expect([calendar.formatDay(from), calendar.formatDay(to)]).toEqual(['2025-10-12', '2026-11-16']);
    // Weekends sell twice what a workday sells.
    const day = (bucket: number) => ({ ...sales([], [4, 5].includes((bucket + 5) % 7) ? 200_000 : 100_000), bucket });
    const past = { 'past days': Array.from({ length: to - from }, (_, i) => day(from + i)) };
    const rows = { sales: [sales([], 1_900_000, 0, 0, 900)], ...past };
    expect(one('sales_pace', ctx, rows)).toMatchObject({ curve: 'learnt' });
    const [low, high] = ['sales_landing_low', 'sales_landing_high'].map((id) => one(id, ctx, rows));
    expect(low?.reason).toBeUndefined();
    expect(low?.sample).toBeGreaterThan(100);
    // 15 days are left, of which four are of a weekend: 1.9 million.
    expect(low?.value).toBeGreaterThan(1_900_000 + 1_700_000);
    expect(high?.value).toBeLessThan(1_900_000 + 2_100_000);
  });
  it('[R24] a channel of the past alone is no cell of this month', () => {
    const ctx = { ...running([target('2026-11', 1_000)]), dimensions: ['channel'] };
    const results = { sales: [sales(['a'], 400)], 'past days': [{ ...sales(['gone'], 1_500), bucket: 20_000 }] };
    expect(values('sales_landing_low', by('channel'), ctx, results).map((v) => v.dimension)).toEqual([{ channel: 'a' }]);
  });
  it('[R24] without a past it says 样本少', () => {
    const ctx = running([target('2026-11', 1_000)]);
    const low = one('sales_landing_low', ctx, { sales: [sales([], 400)] });
    expect(low).toMatchObject({ reason: 'small_sample' });
    expect(low?.value).toBeCloseTo(400 + 500 * 0.8 * 0.9, 9);
    expect(one('sales_landing_low', running([]), { sales: [sales([], 400)] })).toMatchObject({ value: null, reason: 'no_target' });
  });
  it('[KP7] is quiet on its first day, with both sides of the pace given', () => {
    const ctx = context({ asOf: '2026-11-01T01:00:00+08:00', targets: [target('2026-11', 72_000)] });
    expect(one('sales_pace', ctx, { sales: [sales([], 3, 0, 0, 900)] })).toMatchObject({
      value: null,
      reason: 'small_sample',
      numerator: 3,
      denominator: 100,
    });
    expect(one('sales_landing_low', ctx, { sales: [sales([], 3, 0, 0, 900)] })).toMatchObject({ value: null, reason: 'small_sample' });
  });
  it('[KP3] a target of 0 is a target, and what would be held against it says so', () => {
    const ctx = running([target('2026-11', 0)]);
    for (const id of ['sales_attainment', 'sales_pace', 'sales_landing_low']) {
      expect(one(id, ctx, { sales: [sales([], 400)] }), id).toMatchObject({ value: null, reason: 'zero_target' });
    }
    expect(one('net_sales', ctx, { sales: [sales([], 400)] })).toMatchObject({ value: 400, target: 0 });
  });
});

describe('[R10] [KP8] the repurchase window', () => {
  const window = (ctx: KpiContext) => {
    const read = kpiDefinition('repurchase_rate')?.reads(ctx)['customers'];
    return [calendar.formatDay(read?.from ?? 0), calendar.formatDay(read?.to ?? 0)];
  };
  it('is the 365 business days that end with the period, or with the day of asOf', () => {
    expect(window(context({ period: '1997-12' }))).toEqual(['1997-01-01', '1998-01-01']);
    expect(window(context({ period: '2026-11', asOf: '2026-11-23T15:59:59.999Z' }))).toEqual(['2025-11-24', '2026-11-24']);
    expect(window(context({ period: '2026-11', asOf: '2026-11-23T16:00:00Z' }))).toEqual(['2025-11-25', '2026-11-25']);
  });
});

describe('[I16] a sum beyond what a number holds exactly', () => {
  const huge = 9_007_199_254_740_993n;
  const planned = context({ asOf: '2026-11-15T16:00:00Z', targets: [target('2026-11', 1_000)] });

  it.each([
    'net_sales',
    'net_sales_cohort',
    'order_value',
    'buyer_value',
    'core_share',
    'sales_attainment',
    'sales_pace',
    'sales_landing_low',
  ])('has no value of %s, and says why', (id) => {
    const rows = { sales: [{ ...sales(['true'], huge, 0, 0, 2) }], buyers: [distinct([], 2)] };
    expect(one(id, planned, rows)).toMatchObject({ value: null, reason: 'overflow', numerator: null });
  });
  it('has one again where what is left of it fits', () => {
    expect(one('net_sales', context(), { sales: [sales([], huge), sales([], 0, 1)] })).toMatchObject({ value: null });
    expect(one('net_sales', context(), { sales: [sales([], huge), sales([], 0, 2)] })).toMatchObject({ value: 9_007_199_254_740_991 });
  });
  it('learns nothing from a day beyond it', () => {
    const from = calendar.parseDay('2026-10-01') ?? 0;
    const past = Array.from({ length: 46 }, (_, i) => ({ ...sales([], i === 3 ? huge : 1_500), bucket: from + i }));
    expect(one('sales_pace', planned, { sales: [sales([], 400)], 'past days': past })).toMatchObject({ curve: 'learnt' });
  });
});

describe('the registry', () => {
  it('gives every KPI a version, a name and a formula in both languages', () => {
    for (const { id, version, name, formula } of kpiDefinitions) {
      expect(version, id).toBeGreaterThanOrEqual(1);
      for (const words of [name, formula]) {
        expect(words.zh, id).toMatch(/[\u4e00-\u9fff]/);
        expect(words.en, id).toMatch(/^[\x20-\x7e−–÷×±≥]+$/);
      }
    }
    expect(new Set(kpiDefinitions.map(({ name }) => name.zh)).size).toBe(kpiDefinitions.length);
  });
  it('answers with the version of the definition', () => {
    const definition = kpiDefinition('net_sales');
    if (!definition) throw new Error('no net_sales');
    expect(evaluate({ ...definition, version: 7 }, whole, context(), {})[0]?.ruleVersion).toBe(7);
  });

  it('names every KPI once', () => {
    expect(new Set(kpiDefinitions.map((d) => d.id)).size).toBe(kpiDefinitions.length);
  });
});
