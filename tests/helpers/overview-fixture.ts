/** A marketing day like the one on the drawing board: the wall's state at 14:35:20, and variants that strain the layout. */
import type { SourceHealth, StreamFreshness } from '../../shared/wire/freshness.ts';
import type { OverviewState } from '../../shared/wire/views/overview.ts';
import type { Workspace } from '../../shared/wire/workspace.ts';
import { lower, manyRefunds } from './anomaly-fixture.ts';
import { fixtureNow } from './fixture-now.ts';
import { alarmStrip, minutes, nobodyLeft, stripCell } from './strip-fixture.ts';

const wan = (amount: number): number => Math.round(amount * 1_000_000);

const hourly = [0.9, 0.7, 0.4, 0.3, 0.3, 0.4, 0.8, 1.3, 1.9, 3.2, 4.8, 6.3, 7.4, 5.8, 4.1].map(wan);

/** The plan of a day by its hours, as it is learnt: low at night, high at noon and in the evening. */
const shape = [24, 20, 18, 17, 17, 19, 26, 34, 42, 48, 50, 50, 50, 46, 43, 42, 42, 43, 44, 48, 53, 56, 48, 35];
const planned = (perHour: number): number[] => shape.map((part) => Math.round((part / 38) * perHour));

export const usualWorkspace: Workspace = {
  name: '山澜咖啡机',
  demo: true,
  timeZone: 'Asia/Shanghai',
  currency: 'CNY',
  currencyDigits: 2,
  locale: 'zh-CN',
  brandsSet: true,
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
  campaigns: [
    campaign('C-1', '冬日第一杯', 'burst', 11, 23, 1.04, 0.56, [-0.308, 0.58], [3_120_000, 86_000, 21_000, 5_000_000]),
    campaign('C-2', '感恩节 X5 专场', 'burst', 6, 10, 1.2, 0.46, [0.151, 0.24], [1_260_000, 31_000, 6_400, 2_000_000]),
    campaign('C-3', '双11 全域大促', 'review', 3, 3, 0.98, 1, [1.434, 0.82], [9_870_000, 402_000, 88_000, 8_000_000]),
    campaign('C-4', '双12 全民焕新', 'warmup', 4, 15, 0.97, 0.06, [null, null], [86_000, 2_100, 300, null]),
  ],
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
  anomalies: lower('天猫', -0.08),
  strip: {
    cells: [
      stripCell('17', 'X5 漏水视频', minutes(9) + 36_000, { status: 'claimed', owner: '林悦' }),
      stripCell('15', '客服推诿退换', minutes(47) + 20_000, { status: 'claimed', owner: '周屿' }),
      stripCell('18', '研磨噪音大', minutes(91) + 5_000),
    ],
    left: nobodyLeft,
    pendingHistory: 0,
  },
};

function channel(name: string, net: number, planToNow: number): OverviewState['channels'][number] {
  return { channel: name, net: wan(net), planToNow: wan(planToNow), pace: net / planToNow, curve: 'learnt', others: 0 };
}

function campaign(
  campaignId: string,
  name: string,
  phase: OverviewState['campaigns'][number]['phase'],
  phaseDay: number,
  phaseDays: number,
  pacing: number,
  elapsed: number,
  [roi, maturity]: readonly [number | null, number | null],
  [reads, likes, shares, readsTarget]: readonly [number, number, number, number | null],
): OverviewState['campaigns'][number] {
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
    roi,
    maturity,
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
  return { moveId, at: Date.parse(`2026-11-23T${time}:00+08:00`), competitor, kind, title, before, after, change, impact };
}

const none = { target: null, attainment: null, planToNow: null, pace: null, curve: null, landing: null };

/** A fresh, real workspace: nothing has come in and nothing is set. */
const emptyWorkspace: OverviewState = {
  today: {
    ...{ day: '2026-11-23', net: 0, target: null, targetBasis: null, planToNow: null, pace: null, curve: null },
    ...{ orders: 0, landing: null, against: null },
  },
  hours: { day: '2026-11-23', net: Array.from({ length: 24 }, (_, h) => (h <= 14 ? 0 : null)), plan: null, curve: null, currentHour: 14 },
  month: { ...usualDay.month, net: 0, ...none },
  quarter: { ...usualDay.quarter, net: 0, ...none },
  channels: [],
  campaigns: [],
  competitors: [],
  sentiment: {
    brands: [],
    lastHour: { positive: 0, negative: 0, neutral: 0, value: null },
    lastDay: { positive: 0, negative: 0, neutral: 0, value: null },
    hours: Array<null>(24).fill(null),
    shareOfVoice: null,
    spikes: [],
  },
  keywords: [],
  anomalies: [],
  strip: { cells: [], left: nobodyLeft, pendingHistory: 0 },
};

const longNames: OverviewState = {
  ...usualDay,
  channels: usualDay.channels.map((row, i) => ({ ...row, channel: i === 4 ? null : `${row.channel ?? ''}官方旗舰店第二渠道` })),
  campaigns: usualDay.campaigns.map((row) => ({ ...row, name: `${row.name}超长名称的跨部门联合营销活动`, phaseDay: 111, phaseDays: 123 })),
  competitors: usualDay.competitors.map((row) => ({
    ...row,
    competitor: `${row.competitor}国际控股`,
    title: `${row.title}，并承诺终身免费换新、全国联保与以旧换新补贴`,
  })),
  keywords: usualDay.keywords.map((row) => ({ ...row, keyword: `${row.keyword}漏水漏电漏气味道很大`, mentions: row.mentions * 97 })),
  anomalies: manyRefunds,
  strip: {
    cells: [
      stripCell('1', '用户投诉 X5 咖啡机第三周开始漏水并且客服让自己买密封圈', -(minutes(192) + 41_000), {
        breachedAt: fixtureNow - minutes(192),
        latenessMs: 900,
        status: 'claimed',
        owner: '欧阳锦程·公关一组',
      }),
      stripCell('2', '客服推诿退换货并辱骂消费者的录音在全网扩散', minutes(1409) + 5_000, {
        status: 'responded',
        owner: '欧阳锦程·公关一组',
        clock: 'disposal',
      }),
      stripCell('3', '研磨噪音大到邻居上门投诉物业介入的系列短视频', minutes(1415) + 5_000, {
        status: 'responded',
        owner: '司马相如',
        clock: 'disposal',
      }),
    ],
    left: { breached: 10, fire: 4, soon: 2, calm: 11 },
    pendingHistory: 1432,
  },
};

const hugeNumbers: OverviewState = {
  ...usualDay,
  today: {
    ...usualDay.today,
    ...{ net: wan(123_456.7), target: wan(240_000), planToNow: wan(139_999.9), pace: 0.8818 },
    ...{ orders: 1_234_567, against: { orders: wan(-123_456), refunds: wan(-98_765) } },
    landing: { low: wan(198_000), high: wan(211_000), basis: 'few_samples' },
  },
  hours: { ...usualDay.hours, net: usualDay.hours.net.map((n) => (n === null ? null : n * 2000)), plan: planned(wan(10_000)) },
  month: {
    ...usualDay.month,
    net: wan(6_543_210),
    target: wan(5_000_000),
    attainment: 1.3086,
    planToNow: wan(3_800_000),
    pace: 1.7219,
    landing: { low: wan(8_123_456), high: wan(9_123_456), basis: 'learnt' },
  },
  quarter: {
    ...usualDay.quarter,
    net: -wan(1_234),
    target: wan(9_600_000),
    attainment: -0.000128,
    planToNow: wan(5_830_000),
    pace: -0.0002,
    landing: { low: wan(9_123_456), high: wan(9_680_000), basis: 'few_samples' },
  },
  channels: usualDay.channels.map((row, i) => ({
    ...row,
    net: i === 3 ? -wan(8_000) : (row.net ?? 0) * 2000,
    planToNow: (row.planToNow ?? 0) * 2000,
    pace: i === 3 ? -8_000 / ((row.planToNow ?? 1) * 20) : row.pace,
  })),
  campaigns: usualDay.campaigns.map((row) => ({
    ...row,
    roi: row.roi === null ? null : row.roi * 1000,
    reads: row.reads * 400,
    readsTarget: 2_000_000_000,
    pacing: 12.34,
  })),
  keywords: usualDay.keywords.map((row) => ({ ...row, mentions: row.mentions * 9_000, negative: row.negative * 9_000 })),
};

/** A shop that sells a little in a currency with small numbers, and lost money today. */
const smallNumbers: OverviewState = {
  ...usualDay,
  today: {
    ...usualDay.today,
    net: -123_456,
    target: 5_000_00,
    targetBasis: 'month_share',
    planToNow: 3_000_00,
    pace: -0.41,
    ...{ orders: 3, against: null },
    landing: null,
  },
  hours: {
    ...usualDay.hours,
    net: usualDay.hours.net.map((n, h) => (n === null ? null : h === 10 ? -200_000 : 5_000)),
    plan: Array<number>(24).fill(20_833),
    curve: 'even',
  },
  month: { ...usualDay.month, net: 12_345_00, ...none },
  channels: usualDay.channels.slice(0, 2).map((row) => ({ ...row, net: 61_000, planToNow: null, pace: null, curve: null })),
  campaigns: usualDay.campaigns.slice(0, 1).map((row) => ({
    ...row,
    phase: 'before',
    phaseDay: null,
    phaseDays: null,
    pacing: null,
    elapsed: 0,
    spend: 0,
    net: 0,
    startsOn: '2026-12-01',
  })),
  competitors: usualDay.competitors.slice(1, 2),
  sentiment: { ...usualDay.sentiment, lastHour: { positive: 3, negative: 1, neutral: 5, value: null }, hours: Array<null>(24).fill(null) },
  keywords: usualDay.keywords.slice(0, 1),
  strip: { cells: usualDay.strip.cells.slice(0, 1), left: nobodyLeft, pendingHistory: 12 },
};

const english: OverviewState = {
  ...usualDay,
  channels: [
    channel('Tmall', 21.9, 22),
    channel('JD.com', 13.7, 19),
    channel('Douyin', 15.9, 15),
    channel('Mini-programme', 5.5, 6),
    channel('Retail stores', 6.5, 7),
  ],
  campaigns: usualDay.campaigns.map((row, i) => ({
    ...row,
    name: ['First winter cup', 'Thanksgiving X5 special', 'Double 11 grand sale', 'Double 12 renewal'][i] ?? row.name,
  })),
  competitors: usualDay.competitors.map((row, i) => ({
    ...row,
    competitor: ['Boyu', 'Hechuan', 'Yilang', 'Tuomo'][i] ?? '',
    title: ['A8 price cut', 'Opens a Douyin flagship store', 'Duo 2 dual boiler ¥4,599', 'M2 price up'][i] ?? '',
  })),
  keywords: usualDay.keywords.map((row, i) => ({ ...row, keyword: ['leak', 'milk foam', 'support refuses', 'looks'][i] ?? '' })),
  anomalies: lower('Tmall', -0.42),
  strip: {
    ...usualDay.strip,
    cells: usualDay.strip.cells.map((c, i) => ({
      ...c,
      owner: c.owner && ['Lin Yue', 'Zhou Yu'][i] ? (['Lin Yue', 'Zhou Yu'][i] as string) : c.owner,
      title: ['X5 leak video', 'Support refuses returns', 'Grinder noise'][i] ?? '',
    })),
    left: { breached: 0, fire: 1, soon: 3, calm: 0 },
    pendingHistory: 12,
  },
};

/** The workspaces the scenarios belong to. */
export const workspaces = {
  usual: usualWorkspace,
  real: { ...usualWorkspace, demo: false },
  empty: { ...usualWorkspace, name: '新工作区', demo: false, brandsSet: false },
  longNames: { ...usualWorkspace, name: '山澜咖啡机华东华南大区联合作战工作区' },
  english: { ...usualWorkspace, name: 'Ridgeline Coffee' },
  alarms: { ...usualWorkspace, name: '山澜咖啡·告警' },
} satisfies Record<string, Workspace>;

export const scenarios = {
  usual: usualDay,
  empty: emptyWorkspace,
  longNames,
  hugeNumbers,
  smallNumbers,
  english,
  alarms: { ...usualDay, strip: alarmStrip },
} as const;

const freshness = (agesMs: readonly (number | null)[], now: number, silentMs: number | null = null): readonly StreamFreshness[] => {
  const budgets = [60_000, 120_000, 300_000, 900_000, 900_000];
  return (['orders', 'mentions', 'leads', 'spend', 'competitors'] as const).map((stream, i) => {
    const age = agesMs[i] ?? null;
    const at = age === null ? null : now - age;
    const aliveAt = silentMs === null ? null : now - silentMs;
    return { stream, lastReceivedAt: at, lastOccurredAt: at, aliveAt, budgetMs: budgets[i] ?? 0, usualSilenceMs: null };
  });
};

/** A quiet night: no event for long, and every source answers. */
export const streamsQuiet = (now: number) => freshness([minutes(22), minutes(18), minutes(62), minutes(240), minutes(95)], now, 3_000);
export const streamsUsual = (now: number) => freshness([6_000, 18_000, 35_000, minutes(4), minutes(4)], now);
export const streamsOneStale = (now: number) => freshness([6_000, 18_000, 35_000, minutes(4), minutes(22)], now);
export const streamsAllStale = (now: number) => freshness([minutes(62), minutes(33), minutes(28), minutes(47), minutes(22)], now);
export const streamsNever = (now: number) => freshness([null, null, null, null, null], now);

export const sourceRunning = (now: number): SourceHealth => ({
  source: 'log',
  state: 'running',
  reason: null,
  detail: null,
  since: now - minutes(300),
  lag: 0,
});
export const kafkaDown = (now: number): SourceHealth => ({
  source: 'kafka',
  state: 'down',
  reason: 'broker_unreachable',
  detail: 'No broker of 10.0.0.7:9092 answers.',
  since: now - minutes(2),
  lag: null,
});
