/** The 舆情 scene as on the drawing board, and variants that strain it. */
import type { SentimentState } from '../../shared/wire/views/sentiment.ts';
import { fixtureNow } from './fixture-now.ts';
import { usualDay } from './overview-fixture.ts';
import { alarmStrip, minutes, quietStrip, stripCell } from './strip-fixture.ts';

const seconds = (n: number): number => n * 1_000;
const slot = (positive: number, negative: number) => ({ positive, negative });

const duty: SentimentState['calls']['duty'] = [
  { role: 'duty', people: ['林悦'] },
  { role: 'backup', people: ['周屿'] },
  { role: 'lead', people: ['何晚'] },
  { role: 'director', people: [] },
];
const sent = { roles: [], reachable: true, dry: false } as const;

const burning = stripCell('17', 'X5 漏水视频', minutes(12) + seconds(48));

/** 14:35:20: the leak is red and nobody has it. */
export const sentimentFixture: SentimentState = {
  nearest: { cell: burning, mentions: 124, reach: 836_000, firstSeen: '小红书', movedTo: '抖音' },
  calls: {
    incidentId: burning.incidentId,
    rows: [
      { ...sent, at: fixtureNow - seconds(324), who: '林悦', state: 'delivered', channel: 'wecom' },
      { ...sent, at: fixtureNow - seconds(260), who: '林悦', state: 'failed', channel: 'email' },
      { ...sent, at: fixtureNow + seconds(52), who: '周屿', roles: ['backup'], state: 'planned', channel: null },
      { ...sent, at: fixtureNow + seconds(232), who: '何晚', roles: ['lead'], state: 'planned', channel: null },
    ],
    more: 2,
    rosterSet: true,
    duty,
  },
  pulse: {
    brands: ['山澜'],
    slots: [
      ...[slot(42, 12), slot(36, 14), slot(44, 16), slot(48, 18), slot(24, 11), slot(9, 6), slot(6, 4), slot(8, 6)],
      ...[slot(27, 12), slot(44, 15), slot(50, 26), slot(42, 125)],
    ],
    lastHour: { positive: 21, negative: 74, neutral: 33, value: -53 / 95 },
    lastDay: { positive: 380, negative: 265, neutral: 810, value: 115 / 645 },
    today: 0.183,
    fall: { since: fixtureNow - minutes(65), usual: 0.41, now: -53 / 95 },
  },
  heat: {
    rows: [
      { keyword: 'X5', mentions: 141, negative: 101, usual: 45.5 },
      { keyword: '漏水', mentions: 96, negative: 91, usual: 4 },
      { keyword: '拉花', mentions: 67, negative: 3, usual: 74 },
      { keyword: '退货', mentions: 58, negative: 49, usual: 22 },
      { keyword: '客服', mentions: 44, negative: 29, usual: 26 },
    ],
    total: 23,
  },
  spread: {
    story: { incidentId: burning.incidentId, title: burning.title },
    rows: [
      { platform: '抖音', mentions: 51, recent: 19 },
      { platform: '小红书', mentions: 45, recent: 6 },
      { platform: '微博', mentions: 17, recent: 4 },
      { platform: '黑猫', mentions: 6, recent: 1 },
      { platform: '知乎', mentions: 5, recent: 0 },
    ],
    rest: null,
    total: 124,
  },
  strip: { ...usualDay.strip, cells: [burning, ...usualDay.strip.cells.slice(1)] },
};

/** Nothing is open; the day was answered in time, and one answer is praised. */
export const calmTalk: SentimentState = {
  ...sentimentFixture,
  nearest: null,
  calls: { incidentId: null, rows: [], more: 0, rosterSet: true, duty },
  pulse: {
    ...sentimentFixture.pulse,
    slots: sentimentFixture.pulse.slots.map(({ positive }) => slot(positive, 6)),
    lastHour: { positive: 24, negative: 3, neutral: 12, value: null },
    fall: null,
  },
  spread: { ...sentimentFixture.spread, story: null, rows: sentimentFixture.spread.rows.map((row) => ({ ...row, recent: null })) },
  strip: {
    ...quietStrip,
    today: { begun: 7, answered: 7, late: 0 },
    praise: { incidentId: '17', title: 'X5 漏水视频', who: '林悦', tookMs: minutes(81), at: fixtureNow - minutes(2) },
  },
};

/** A fresh workspace: no brand, no roster, nothing said. */
export const emptyTalk: SentimentState = {
  nearest: null,
  calls: { incidentId: null, rows: [], more: 0, rosterSet: false, duty: duty.map(({ role }) => ({ role, people: [] })) },
  pulse: {
    brands: [],
    slots: Array.from({ length: 12 }, () => slot(0, 0)),
    lastHour: { positive: 0, negative: 0, neutral: 0, value: null },
    lastDay: { positive: 0, negative: 0, neutral: 0, value: null },
    today: null,
    fall: null,
  },
  heat: { rows: [], total: 0 },
  spread: { story: null, rows: [], rest: null, total: 0 },
  strip: { ...quietStrip, yesterday: { begun: 0, answered: 0, late: 0 } },
};

const overdue = stripCell('1', '用户投诉 X5 咖啡机第三周开始漏水并且客服让自己买密封圈', -(minutes(1) + seconds(37)), {
  ...{ breachedAt: fixtureNow - minutes(1), latenessMs: 900, grade: 'red', round: 2, earlierBreached: true },
  ...{ status: 'claimed', owner: '欧阳锦程·公关一组' },
});

/** Forty open stories, ten of them overdue, the longest names, the largest numbers, and nobody who can be reached. */
export const crowdedTalk: SentimentState = {
  nearest: { cell: overdue, mentions: 1_234_567, reach: 98_765_432_100, firstSeen: '小红书国际版社区', movedTo: '抖音短视频直播间' },
  calls: {
    incidentId: overdue.incidentId,
    rows: [
      { ...sent, at: fixtureNow - seconds(97), who: null, state: 'failed', channel: null, reachable: false },
      { ...sent, at: fixtureNow - seconds(90), who: '欧阳锦程·公关一组', state: 'retrying', channel: 'dingtalk' },
      {
        ...{ at: fixtureNow + minutes(211), who: '司马相如·华东大区品牌公关', roles: ['duty', 'backup', 'lead', 'director'] },
        ...{ state: 'planned', channel: null, reachable: false, dry: false },
      },
      { ...sent, at: fixtureNow + minutes(1_440), who: '何晚', roles: [], state: 'planned', channel: null },
    ],
    more: 17,
    rosterSet: true,
    duty: [
      { role: 'duty', people: ['欧阳锦程·公关一组', '司马相如·华东大区', '林悦'] },
      { role: 'backup', people: [] },
      { role: 'lead', people: [] },
      { role: 'director', people: [] },
    ],
  },
  pulse: {
    ...sentimentFixture.pulse,
    slots: sentimentFixture.pulse.slots.map(({ positive, negative }) => slot(positive * 900, negative * 9_000)),
    lastHour: { positive: 2_100, negative: 740_000, neutral: 330_000, value: -0.994 },
    lastDay: { positive: 342_000, negative: 2_385_000, neutral: 8_100_000, value: -0.749 },
    today: -1,
    fall: { since: fixtureNow - minutes(605), usual: 0.41, now: -0.994 },
  },
  heat: {
    rows: sentimentFixture.heat.rows.map((row, i) => ({
      keyword: `${row.keyword}漏水漏电漏气味道很大`,
      mentions: row.mentions * 90_000,
      negative: row.negative * 90_000,
      usual: i === 0 ? 0 : 3,
    })),
    total: 1_234,
  },
  spread: {
    story: { incidentId: overdue.incidentId, title: overdue.title },
    rows: sentimentFixture.spread.rows.map((row) => ({
      platform: `${row.platform}国际版社区直播间`,
      mentions: row.mentions * 9_000,
      recent: (row.recent ?? 0) * 9_000,
    })),
    rest: { platforms: 995, mentions: 118_567 },
    total: 1_234_567,
  },
  strip: {
    ...alarmStrip,
    cells: [overdue, ...alarmStrip.cells.slice(1)],
    praise: { incidentId: '9', title: '研磨噪音大', who: '欧阳锦程·公关一组', tookMs: minutes(81), at: fixtureNow - minutes(2) },
  },
};

/** One story that is far from its deadline, and few samples. */
export const oneStory: SentimentState = {
  ...sentimentFixture,
  nearest: {
    ...{ cell: stripCell('18', '研磨噪音大', minutes(94) + seconds(17), { drill: true }), mentions: 1, reach: null },
    ...{ firstSeen: '微博', movedTo: null },
  },
  calls: { ...sentimentFixture.calls, incidentId: '18', rows: [], more: 0 },
  pulse: { ...emptyTalk.pulse, brands: ['山澜'], lastHour: { positive: 3, negative: 1, neutral: 5, value: null } },
  heat: { rows: sentimentFixture.heat.rows.slice(0, 1).map((row) => ({ ...row, usual: null })), total: 1 },
  spread: {
    ...sentimentFixture.spread,
    rows: [{ platform: '微博', mentions: 1, recent: 1 }],
    total: 1,
  },
  strip: { ...usualDay.strip, cells: [stripCell('18', '研磨噪音大', minutes(94) + seconds(17), { drill: true })] },
};

/** Amber: less than an hour, claimed. */
export const watched: SentimentState = {
  ...sentimentFixture,
  nearest: {
    ...{ cell: stripCell('15', '客服推诿退换', minutes(47) + seconds(20), { status: 'claimed', owner: '周屿', grade: 'orange' }) },
    ...{ mentions: 41, reach: 12_300, firstSeen: '微博', movedTo: '知乎' },
  },
};
