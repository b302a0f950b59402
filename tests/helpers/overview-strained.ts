/** Days that strain the layout of the overview: nothing, the longest names, the largest, smallest and negative numbers, English. */
import type { OverviewState } from '../../shared/wire/views/overview.ts';
import { lower, manyRefunds } from './anomaly-fixture.ts';
import { fixtureNow } from './fixture-now.ts';
import { campaigns, channel, planned, usualDay, wan } from './overview-day.ts';
import { answersToday, minutes, quietStrip, stripCell } from './strip-fixture.ts';

const none = { target: null, attainment: null, planToNow: null, pace: null, curve: null, landing: null };

/** A fresh, real workspace: nothing has come in and nothing is set. */
export const emptyWorkspace: OverviewState = {
  today: {
    ...{ day: '2026-11-23', net: 0, target: null, targetBasis: null, planToNow: null, pace: null, curve: null },
    ...{ orders: 0, landing: null, against: null },
  },
  hours: { day: '2026-11-23', net: Array.from({ length: 24 }, (_, h) => (h <= 14 ? 0 : null)), plan: null, curve: null, currentHour: 14 },
  ghost: null,
  month: { ...usualDay.month, net: 0, ...none },
  quarter: { ...usualDay.quarter, net: 0, ...none },
  channels: [],
  campaigns: campaigns([]),
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
  promises: { rows: [], owed: 0, kept: 0, missed: 0, total: 0 },
  anomalies: [],
  sentence: null,
  strip: quietStrip,
};

export const longNames: OverviewState = {
  ...usualDay,
  channels: usualDay.channels.map((row, i) => ({ ...row, channel: i === 4 ? null : `${row.channel ?? ''}官方旗舰店第二渠道` })),
  campaigns: campaigns(
    usualDay.campaigns.rows.map((row) => ({ ...row, name: `${row.name}超长名称的跨部门联合营销活动`, phaseDay: 111, phaseDays: 123 })),
    30,
  ),
  competitors: usualDay.competitors.map((row) => ({
    ...row,
    competitor: `${row.competitor}国际控股`,
    title: `${row.title}，并承诺终身免费换新、全国联保与以旧换新补贴`,
  })),
  keywords: usualDay.keywords.map((row) => ({ ...row, keyword: `${row.keyword}漏水漏电漏气味道很大`, mentions: row.mentions * 97 })),
  promises: {
    ...{ owed: 28, kept: 12, missed: 9, total: 49 },
    rows: usualDay.promises.rows.map((row, i) => ({
      ...row,
      title: `${row.title}与渠道三方评审会后修改稿`,
      ...(i === 0 ? { dueAt: row.dueAt - 86_400_000 } : {}),
      ...(i === 2 ? { state: 'missed' as const } : {}),
      ...(i === 3 ? { state: 'kept' as const } : {}),
    })),
  },
  anomalies: manyRefunds,
  sentence: {
    day: '2026-11-23',
    landing: { low: wan(113), high: wan(119), against: 'below' },
    need: {
      ...{ kind: 'story', incidentId: '1', title: '用户投诉 X5 咖啡机第三周开始漏水并且客服让自己买密封圈', status: 'claimed' },
      ...{
        owner: '欧阳锦程·公关一组',
        clock: 'response',
        dueAt: fixtureNow - minutes(192) - 41_000,
        breachedAt: fixtureNow - minutes(192),
      },
      campaign: { campaignId: 'C-2', name: '感恩节 X5 专场超长名称的跨部门联合营销活动' },
    },
  },
  strip: {
    ...quietStrip,
    today: answersToday,
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

export const hugeNumbers: OverviewState = {
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
  campaigns: campaigns(
    usualDay.campaigns.rows.map((row) => ({
      ...row,
      roi: row.roi === null ? null : row.roi * 1000,
      reads: row.reads * 400,
      readsTarget: 2_000_000_000,
      pacing: 12.34,
      lost: row.roi === null ? null : wan(123_456),
    })),
    1_234,
  ),
  keywords: usualDay.keywords.map((row) => ({ ...row, mentions: row.mentions * 9_000, negative: row.negative * 9_000 })),
  sentence: {
    ...{ day: '2026-11-23', landing: { low: wan(198_000), high: wan(211_000), against: 'below' } },
    need: {
      ...{ kind: 'goal', grain: 'day', period: '2026-11-23', short: wan(16_543.2) },
      channel: { channel: '小程序商城官方旗舰店', short: wan(14_000) },
    },
  },
};

/** A shop that sells a little in a currency with small numbers, and lost money today. */
export const smallNumbers: OverviewState = {
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
  campaigns: campaigns(
    usualDay.campaigns.rows.slice(0, 1).map((row) => ({
      ...row,
      phase: 'before',
      phaseDay: null,
      phaseDays: null,
      pacing: null,
      elapsed: 0,
      spend: 0,
      lost: null,
      startsOn: '2026-12-01',
    })),
  ),
  ghost: { ...{ day: '2026-11-22', kind: 'yesterday', node: null, net: 7_000_00 }, hours: Array<number>(24).fill(50_000) },
  sentence: { day: '2026-11-23', landing: null, need: { kind: 'campaign', campaignId: 'C-1', name: '冬日第一杯', lost: 14_400_00 } },
  competitors: usualDay.competitors.slice(1, 2),
  sentiment: { ...usualDay.sentiment, lastHour: { positive: 3, negative: 1, neutral: 5, value: null }, hours: Array<null>(24).fill(null) },
  keywords: usualDay.keywords.slice(0, 1),
  strip: { ...usualDay.strip, cells: usualDay.strip.cells.slice(0, 1), pendingHistory: 12 },
};

export const english: OverviewState = {
  ...usualDay,
  channels: [
    channel('Tmall', 21.9, 22),
    channel('JD.com', 13.7, 19),
    channel('Douyin', 15.9, 15),
    channel('Mini-programme', 5.5, 6),
    channel('Retail stores', 6.5, 7),
  ],
  campaigns: campaigns(
    usualDay.campaigns.rows.map((row, i) => ({
      ...row,
      name: ['First winter cup', 'Thanksgiving X5 special', 'Double 11 grand sale', 'Double 12 renewal'][i] ?? row.name,
    })),
    30,
  ),
  competitors: usualDay.competitors.map((row, i) => ({
    ...row,
    competitor: ['Boyu', 'Hechuan', 'Yilang', 'Tuomo'][i] ?? '',
    title: ['A8 price cut', 'Opens a Douyin flagship store', 'Duo 2 dual boiler ¥4,599', 'M2 price up'][i] ?? '',
  })),
  keywords: usualDay.keywords.map((row, i) => ({ ...row, keyword: ['leak', 'milk foam', 'support refuses', 'looks'][i] ?? '' })),
  promises: {
    ...usualDay.promises,
    rows: usualDay.promises.rows.map((row, i) => ({
      ...row,
      title: ['Double 12 key visual', 'Trend briefing', 'Visit notes', 'ROI of 11.11'][i] ?? '',
    })),
  },
  anomalies: lower('Tmall', -0.42),
  ghost: { hours: planned(wan(5)), net: wan(61.2), kind: 'node', node: { 'zh-CN': '双11', en: 'Double 11' }, day: '2025-11-23' },
  sentence: {
    ...{ day: '2026-11-23', landing: { low: wan(113), high: wan(119), against: 'below' } },
    need: {
      ...{ kind: 'story', incidentId: '17', title: 'X5 leak video', status: 'open', owner: null, clock: 'response' },
      ...{ dueAt: fixtureNow + minutes(7) + 37_000, breachedAt: null },
      campaign: { campaignId: 'C-2', name: 'Thanksgiving X5 special' },
    },
  },
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
