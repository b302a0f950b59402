/** The wall's state at 14:35:20 of a marketing day like the one on the drawing board, and what its rows are made with. */
import { defaultWall } from '../../shared/screens/wall-policy.ts';
import type { PromiseRow } from '../../shared/wire/views/promises.ts';
import type { OverviewState } from '../../shared/wire/views/overview.ts';
import type { Workspace } from '../../shared/wire/workspace.ts';
import { lower } from './anomaly-fixture.ts';
import { fixtureNow } from './fixture-now.ts';
import { answersToday, minutes, quietStrip, stripCell } from './strip-fixture.ts';

export const wan = (amount: number): number => Math.round(amount * 1_000_000);

const hourly = [0.9, 0.7, 0.4, 0.3, 0.3, 0.4, 0.8, 1.3, 1.9, 3.2, 4.8, 6.3, 7.4, 5.8, 4.1].map(wan);

/** The plan of a day by its hours, as it is learnt: low at night, high at noon and in the evening. */
const shape = [24, 20, 18, 17, 17, 19, 26, 34, 42, 48, 50, 50, 50, 46, 43, 42, 42, 43, 44, 48, 53, 56, 48, 35];
export const planned = (perHour: number): number[] => shape.map((part) => Math.round((part / 38) * perHour));

export const usualWorkspace: Workspace = {
  name: '山澜咖啡机',
  demo: true,
  timeZone: 'Asia/Shanghai',
  currency: 'CNY',
  currencyDigits: 2,
  locale: 'zh-CN',
  brandsSet: true,
  wall: defaultWall,
};

export const usualDay: OverviewState = {
  today: {
    day: '2026-11-23',
    net: wan(63.5),
    target: wan(126),
    targetBasis: 'own',
    planToNow: wan(69),
    pace: 63.5 / 69,
    curve: 'learnt',
    ...{ orders: 1284, against: { orders: wan(-4.2), refunds: wan(-8.1) } },
    landing: { low: wan(113), high: wan(119), basis: 'learnt' },
  },
  hours: {
    day: '2026-11-23',
    net: [...hourly, ...Array<null>(24 - hourly.length).fill(null)],
    plan: planned(wan(5.25)),
    curve: 'learnt',
    currentHour: 14,
  },
  ghost: {
    ...{ day: '2026-11-16', kind: 'weekday', node: null, net: wan(61.2) },
    hours: shape.map((part, hour) => Math.round((part / 38) * wan(4.6 + (hour % 5) * 0.2))),
  },
  month: {
    grain: 'month',
    period: '2026-11',
    net: wan(3210),
    target: wan(4200),
    targetBasis: 'own',
    attainment: 3210 / 4200,
    planToNow: wan(3330),
    pace: 3210 / 3330,
    curve: 'learnt',
    landing: { low: wan(4002), high: wan(4089), basis: 'learnt' },
    before: { period: '2026-10', state: 'restated', difference: -wan(1.23) },
    against: { orders: -wan(231.4), refunds: -wan(18.2) },
  },
  quarter: {
    grain: 'quarter',
    period: '2026-Q4',
    net: wan(5796),
    target: wan(9600),
    targetBasis: 'own',
    attainment: 5796 / 9600,
    planToNow: wan(5830),
    pace: 5796 / 5830,
    curve: 'learnt',
    landing: { low: wan(9378), high: wan(9680), basis: 'few_samples' },
    before: null,
    against: null,
  },
  channels: [
    channel('天猫', 21.9, 22),
    channel('京东', 13.7, 19),
    channel('抖音', 15.9, 15),
    channel('小程序商城', 5.5, 6),
    channel('线下门店', 6.5, 7),
  ],
  campaigns: campaigns([
    {
      ...campaign('C-1', '冬日第一杯', 'burst', 11, 23, 1.04, 0.56, [-0.308, 0.58], [3_120_000, 86_000, 21_000, 5_000_000]),
      lost: wan(14.4),
    },
    campaign('C-2', '感恩节 X5 专场', 'burst', 6, 10, 1.2, 0.46, [0.151, 0.24], [1_260_000, 31_000, 6_400, 2_000_000]),
    campaign('C-3', '双11 全域大促', 'review', 3, 3, 0.98, 1, [1.434, 0.82], [9_870_000, 402_000, 88_000, 8_000_000]),
    campaign('C-4', '双12 全民焕新', 'warmup', 4, 15, 0.97, 0.06, [null, null], [86_000, 2_100, 300, null]),
  ]),
  competitors: [
    move('V-1', '13:20', '铂域', 'price', 'A8 降价', '¥3,299', '¥2,799', -0.1516, 'high'),
    move('V-2', '11:05', '禾川', 'channel', '进驻抖音旗舰店', null, null, null, 'medium'),
    move('V-3', '09:40', '意朗', 'product', 'Duo 2 双锅炉 ¥4,599', null, null, null, 'high'),
    { ...move('V-4', '16:10', '拓沫', 'price', 'M2 涨价', '¥1,099', '¥1,199', 0.091, 'low'), at: Date.parse('2026-11-22T16:10:00+08:00') },
  ],
  sentiment: {
    brands: ['山澜'],
    lastHour: { positive: 21, negative: 74, neutral: 33, value: -53 / 95 },
    lastDay: { positive: 403, negative: 262, neutral: 810, value: 141 / 665 },
    hours: [0.3, 0.32, 0.28, 0.31, 0.3, ...Array<null>(9).fill(null), 0.34, 0.3, 0.33, 0.31, 0.26, 0.3, 0.28, 0.02, -0.21, -0.558],
    shareOfVoice: 0.3274,
    spikes: [],
  },
  keywords: [
    { keyword: '漏水', mentions: 128, negative: 119, before: 3 },
    { keyword: '奶泡', mentions: 96, negative: 8, before: 104 },
    { keyword: '客服推诿', mentions: 41, negative: 39, before: 12 },
    { keyword: '颜值', mentions: 37, negative: 0, before: 37 },
  ],
  promises: {
    ...{ owed: 4, kept: 2, missed: 0, total: 6 },
    rows: [
      due('p-1', '15:00', '双12 主视觉'),
      due('p-2', '17:30', '行业趋势简报'),
      due('p-3', '18:00', '客户拜访纪要'),
      due('p-4', '23:59', '双11 ROI 分析'),
    ],
  },
  anomalies: lower('天猫', -0.08),
  sentence: {
    day: '2026-11-23',
    landing: { low: wan(113), high: wan(119), against: 'below' },
    need: {
      ...{ kind: 'story', incidentId: 'i-17', title: 'X5 漏水视频', status: 'claimed', owner: '林悦', clock: 'response' },
      ...{ dueAt: fixtureNow + minutes(9) + 36_000, breachedAt: null, campaign: { campaignId: 'C-2', name: 'X5 专场' } },
    },
  },
  strip: {
    ...quietStrip,
    today: answersToday,
    cells: [
      stripCell('17', 'X5 漏水视频', minutes(9) + 36_000, { status: 'claimed', owner: '林悦' }),
      stripCell('15', '客服推诿退换', minutes(47) + 20_000, { status: 'claimed', owner: '周屿' }),
      stripCell('18', '研磨噪音大', minutes(91) + 5_000),
    ],
  },
};

type CampaignRow = OverviewState['campaigns']['rows'][number];
export function campaigns(rows: readonly CampaignRow[], total = rows.length): OverviewState['campaigns'] {
  return { rows, total };
}

export function due(id: string, time: string, title: string, state: PromiseRow['state'] = 'open'): PromiseRow {
  return { id, title, who: '林悦', dueAt: Date.parse(`2026-11-23T${time}:00+08:00`), state };
}

export function channel(name: string, net: number, planToNow: number): OverviewState['channels'][number] {
  return { channel: name, net: wan(net), planToNow: wan(planToNow), pace: net / planToNow, curve: 'learnt', others: 0 };
}

function campaign(
  campaignId: string,
  name: string,
  phase: CampaignRow['phase'],
  phaseDay: number,
  phaseDays: number,
  pacing: number,
  elapsed: number,
  [roi, maturity]: readonly [number | null, number | null],
  [reads, likes, shares, readsTarget]: readonly [number, number, number, number | null],
): CampaignRow {
  const budget = wan(80);
  return {
    campaignId,
    name,
    shortName: null,
    owner: '陈放',
    kind: 'theme',
    phase,
    phaseDay,
    phaseDays,
    startsOn: '2026-11-12',
    spend: Math.round(budget * elapsed * pacing),
    budget,
    pacing,
    elapsed,
    ...{ roi, maturity, lost: null },
    reads,
    likes,
    shares,
    readsTarget,
  };
}

function move(
  moveId: string,
  time: string,
  competitor: string,
  kind: OverviewState['competitors'][number]['kind'],
  title: string,
  before: string | null,
  after: string | null,
  change: number | null,
  impact: 'low' | 'medium' | 'high',
): OverviewState['competitors'][number] {
  return {
    moveId,
    at: Date.parse(`2026-11-23T${time}:00+08:00`),
    competitor,
    kind,
    product: kind === 'price' ? (title.split(' ')[0] ?? null) : null,
    title,
    before,
    after,
    change,
    impact,
  };
}
