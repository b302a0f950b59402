/** The worked values of the KPI dictionary, made from events: the product and the oracle both come to them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventData, EventType } from '../../shared/events/registry.ts';
import { NOW, type EventSet, type OracleEvent, type OracleTarget } from './events/delivery.ts';
import { differences } from './compare.ts';
import type { Question } from './facts/world.ts';
import { openProduct, type Product } from './product/answers.ts';
import { recount, type Recount } from './recount.ts';

let serial = 0;
function event<T extends EventType>(type: T, time: string, data: EventData<T>): OracleEvent {
  return { specversion: '1.0', id: `w${++serial}`, source: '/shop/a', type, time: `${time}:00+08:00`, data } as OracleEvent;
}
const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

type Line = EventData<'sales.order.paid'>['lines'][number];
function paid(orderId: string, time: string, line: Partial<Line>, more: Partial<EventData<'sales.order.paid'>> = {}): OracleEvent {
  const lines = [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: 250, ...line }];
  return event('sales.order.paid', time, { orderId, version: 1, buyerId: orderId, channel: '天猫', region: '华东', lines, ...more });
}
const refund = (orderId: string, time: string, amount: number) =>
  event('sales.order.refunded', time, { refundId: `RF-${orderId}`, orderId, version: 1, amount });
const lead = (leadId: string, time: string, reachable = true) =>
  event('lead.created', time, { leadId, version: 1, channel: '抖音', touch: 'paid', reachable });
const signed = (leadId: string, time: string) => event('lead.signed', time, { leadId, version: 1, customerId: `K-${leadId}`, value: 1 });
const spent = (time: string, amount: number, more: Partial<EventData<'campaign.spend'>> = {}) =>
  event('campaign.spend', time, {
    ...{ entryId: `SP-${++serial}`, version: 1, channel: '抖音', kind: 'media', line: 'online', amount },
    ...more,
  });
const mention = (brand: string, label?: 'positive' | 'neutral' | 'negative') =>
  event('sentiment.mention', '2026-09-10T10:00', {
    ...{ mentionId: `M-${++serial}`, version: 1, platform: '微博', text: '好喝', brand },
    ...(label && { label }),
  });

/** October: 4,200 orders of 250 by 3,500 buyers, 2,640 of them core; 700 refunds of 100, 500 of them core. */
const october = times(4_200, (i) => paid(`O-${i}`, '2026-10-05T10:00', { core: i < 2_640 }, { buyerId: `B-${i % 3_500}` })).concat(
  times(700, (i) => refund(`O-${i < 500 ? i : 2_640 + i}`, '2026-10-20T10:00', 100)),
);

/** July: 400 valid leads and a hundred nobody can reach; 52 sign within 30 days, eight of June's sign in July, three too late. */
const july = [
  ...times(500, (i) => lead(`L-${i}`, '2026-07-10T10:00', i < 400)),
  ...times(8, (i) => lead(`L-june-${i}`, '2026-06-20T10:00')),
  ...times(52, (i) => signed(`L-${i}`, '2026-07-28T10:00')),
  ...times(8, (i) => signed(`L-june-${i}`, '2026-07-02T10:00')),
  ...times(3, (i) => signed(`L-${100 + i}`, '2026-09-20T10:00')),
  spent('2026-07-10T10:00', 80_000),
];

/** August: 400 new customers of a campaign, 420,000 paid of which 231,000 is cost. */
const august = [
  ...times(400, (i) => paid(`A-${i}`, '2026-08-10T10:00', { amount: 1_050, cost: 577 + (i % 2) }, { campaignId: 'C-8' })),
  spent('2026-08-02T10:00', 80_000, { campaignId: 'C-8' }),
  spent('2026-08-03T10:00', 12_000, { campaignId: 'C-8', kind: 'production' }),
  spent('2026-08-04T10:00', 8_000, { campaignId: 'C-8', kind: 'agency' }),
];

const september = [
  ...times(255, () => mention('山澜', 'positive')),
  ...times(513, () => mention('山澜', 'negative')),
  ...times(1_000, () => mention('山澜', 'neutral')),
  ...times(2_100, () => mention('铂域')),
  ...times(1_532, () => mention('Nova')),
];

const november = times(10, (i) => spent(`2026-11-${String(i + 1).padStart(2, '0')}T12:00`, 12_000));

/** The second quarter: 300,000 of 980,000 lie in the windows of two campaigns that overlap. */
const span = (from: string, to: string) => ({ from: `2026-06-${from}`, to: `2026-06-${to}` });
const plan = (campaignId: string, warmup: readonly [string, string], burst: readonly [string, string]) =>
  event('campaign.planned', '2026-05-01T10:00', {
    ...{ campaignId, version: 1, name: campaignId, owner: '陈放', kind: 'node', channels: [], budget: 0, targets: {} },
    phases: { warmup: span(...warmup), burst: span(...burst), review: span('25', '26') },
  });
const june = [
  plan('C-618', ['01', '05'], ['06', '18']),
  plan('C-theme', ['10', '12'], ['13', '20']),
  ...times(200, (i) => paid(`Q-${i}`, '2026-06-07T10:00', { amount: 1_000 })),
  ...times(100, (i) => paid(`Q-late-${i}`, '2026-06-20T23:30', { amount: 1_000 })),
  ...times(680, (i) => paid(`Q-other-${i}`, '2026-06-21T00:30', { amount: 1_000 })),
];

const madeAt = Date.parse('2026-04-01T00:00:00Z');
const target = (kpi: string, grain: 'month' | 'quarter', period: string, value: number): OracleTarget => ({
  ...{ kpi, grain, period, value },
  setAt: madeAt,
});
const set: EventSet = {
  seed: 0,
  timeZone: 'Asia/Shanghai',
  batches: [
    { received: madeAt, events: [] },
    { received: NOW - 1, events: [...october, ...july, ...august, ...september, ...november, ...june] },
  ],
  targets: [
    target('net_sales', 'month', '2026-10', 1_000_000),
    target('net_sales', 'quarter', '2026-Q2', 1_000_000),
    target('budget', 'month', '2026-11', 304_000),
  ],
};

const month = (name: string, asOf = NOW) => ({ grain: 'month', period: name, day: `${name}-01`, asOf }) as const;
const quarter = { grain: 'quarter', period: '2026-Q2', day: '2026-05-01', asOf: NOW } as const;
const tenDays = month('2026-11', Date.parse('2026-11-11T00:00:00+08:00'));

const worked = [
  { rule: '[K1]', kpi: 'net_sales', of: month('2026-10'), value: 980_000 },
  { rule: '[K2]', kpi: 'sales_attainment', of: month('2026-10'), value: 0.98 },
  { rule: '[K3]', kpi: 'core_share', of: month('2026-10'), value: 610 / 980 },
  { rule: '[K6]', kpi: 'order_value', of: month('2026-10'), value: 980_000 / 4_200 },
  { rule: '[K5]', kpi: 'buyer_value', of: month('2026-10'), value: 280 },
  { rule: '[K9]', kpi: 'lead_conversion', of: month('2026-07'), value: 0.13 },
  { rule: '[K12]', kpi: 'cac', of: month('2026-08'), value: 250 },
  { rule: '[K12]', kpi: 'cac_media', of: month('2026-08'), value: 200 },
  { rule: '[K13]', kpi: 'cpl', of: month('2026-07'), value: 200 },
  { rule: '[K13]', kpi: 'cpl_raw', of: month('2026-07'), value: 160 },
  { rule: '[K14]', kpi: 'roi', of: month('2026-08'), value: 0.89 },
  { rule: '[K14]', kpi: 'roi_revenue', of: month('2026-08'), value: 3.2 },
  { rule: '[K15]', kpi: 'roas', of: month('2026-08'), value: 5.25 },
  { rule: '[K15]', kpi: 'break_even_roas', of: month('2026-08'), value: 1 / 0.45 },
  { rule: '[K16]', kpi: 'campaign_share', of: quarter, value: 300 / 980 },
  { rule: '[K16]', kpi: 'campaign_share_of_target', of: quarter, value: 0.3 },
  { rule: '[K17]', kpi: 'net_sentiment', of: month('2026-09'), value: -258 / 768 },
  { rule: '[K17]', kpi: 'net_sentiment_with_neutrals', of: month('2026-09'), value: -258 / 1_768 },
  { rule: '[K18]', kpi: 'share_of_voice', of: month('2026-09'), value: 1_768 / 5_400 },
  { rule: '[K23]', kpi: 'budget_pacing', of: tenDays, value: 120_000 / (304_000 / 3) },
  { rule: '[K23]', kpi: 'budget_projection', of: tenDays, value: 360_000 },
];

describe('worked values', () => {
  const questions = worked.map(({ of }, q): Question => ({ ...of, q, seed: 0, knownAt: NOW, by: null, where: null }));
  let product: Product;
  let oracle: Recount;

  beforeAll(async () => {
    product = await openProduct(set);
    oracle = await recount([set], questions, product.clocks);
  });
  afterAll(() => product.close());

  it.each(worked.map((one, q) => ({ ...one, q })))('$rule $kpi is $value', async ({ kpi, value, q }) => {
    const question = questions[q];
    if (!question) throw new Error(`no question ${q}`);
    const answered = await product.ask(question, [kpi]);
    expect(answered[0]?.value).toBeCloseTo(value, 12);
    expect(differences(question, kpi, answered, oracle.of(kpi, q))).toEqual([]);
  });
});
