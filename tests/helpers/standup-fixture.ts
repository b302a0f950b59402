/** The 晨会 scene on the fixtures' day, a Monday: what a team of a coffee machine maker talks about at nine. */
import type { ItemRow, StandupState } from '../../shared/wire/views/standup.ts';
import { fixtureNow } from './fixture-now.ts';
import { usualDay } from './overview-fixture.ts';
import { alarmStrip, quietStrip } from './strip-fixture.ts';

const DAY_MS = 86_400_000;
const at = (time: string): number => Date.parse(`2026-11-23T${time}:00+08:00`);
const friday = (time: string): number => Date.parse(`2026-11-20T${time}:00+08:00`);

const promise = (id: string, who: string, title: string, time: string, state: 'open' | 'kept' | 'missed' | 'moved' = 'open') =>
  ({ id, who, title, dueAt: at(time), state }) as const;
const item = (id: string, days: number, department: string, matter: string, effect: string | null, contact: string): ItemRow => ({
  ...{ id, department, matter, effect, contact, days },
  since: fixtureNow - days * DAY_MS,
});

export const standupFixture: StandupState = {
  sentence: usualDay.sentence,
  goals: {
    day: '2026-11-23',
    sales: { target: 126_000_000, basis: 'own', monthLeft: 1_053_500_000 },
    leads: {
      ...{ kpi: 'valid_leads', unit: 'count', name: { zh: '有效线索', en: 'Valid leads' }, target: 160, basis: 'own', done: 41 },
      month: { value: 1_862, target: 2_400, pace: 1.03 },
    },
    other: {
      ...{ kpi: 'new_customers', unit: 'count', name: { zh: '新客数', en: 'New customers' }, target: 310, basis: 'own', done: 96 },
      month: null,
    },
    due: 6,
  },
  kept: {
    ...{ since: '2026-11-20', adjacent: false, due: 12, kept: 9, missed: 2, moved: 1, open: 0 },
    rows: [
      { id: 'p-7', title: '达人报价单', who: '陈放', state: 'missed', dueAt: friday('18:00') },
      { id: 'p-8', title: '门店巡检', who: '周屿', state: 'missed', dueAt: friday('19:00') },
      { id: 'p-9', title: '退款口径', who: '罗衡', state: 'moved', dueAt: friday('20:00') },
    ],
  },
  weakLink: {
    stages: [
      {
        ...{ stage: 'acquire', kpi: 'valid_leads', period: '2026-11', unit: 'count', value: 1_862, target: 1_808, attainment: 1.03 },
        ...{ sample: 2_310, maturity: null, short: -8.1 },
      },
      {
        ...{ stage: 'convert', kpi: 'lead_conversion', period: '2026-09', unit: 'ratio', value: 0.12, target: 0.15, attainment: 0.8 },
        ...{ sample: 575, maturity: 1, short: 13 },
      },
      {
        ...{ stage: 'retain', kpi: 'repurchase_rate', period: '2026-11', unit: 'ratio', value: 0.224, target: 0.22, attainment: 1.02 },
        ...{ sample: 31_400, maturity: null, short: -7.9 },
      },
    ],
    weak: { stage: 'convert', short: 13 },
  },
  items: {
    rows: [
      item('i-1', 5, '供应链', 'X5 缺 1,200 台', '断货在 11/26', '赵启'),
      item('i-2', 3, '设计部', '双12 主视觉', '卡住双12 预热', '许诺'),
      item('i-3', 1, '法务', '旧机回收条款', '卡住以旧换新', '沈一'),
      item('i-4', 0, '客服', '退换话术', '双11 退货高峰', '罗衡'),
    ],
    total: 4,
    late: 1,
  },
  owed: {
    rows: [
      promise('p-1', '林悦', '差评回访单', '10:00'),
      promise('p-2', '陈放', '双12 达人排期', '12:00'),
      promise('p-3', '许诺', '双12 主视觉', '15:00'),
      promise('p-4', '何晚', '行业趋势简报', '17:30'),
      promise('p-5', '周屿', '客户拜访纪要', '18:00'),
      promise('p-6', '苏棠', '双11 ROI 分析', '23:59'),
    ],
    ...{ owed: 6, kept: 0, missed: 0, total: 6 },
  },
  since: {
    since: '2026-11-20',
    sales: { net: 118_240_000, like: '2026-11-13', difference: -6_310_000, orders: -8_120_000, refunds: 1_810_000, state: 'settling' },
    stories: 3,
    restated: { days: 2, difference: -640_000 },
  },
  said: { seq: 48 },
  strip: usualDay.strip,
};

const LONG = '华东大区新零售与全域会员运营一部';

/** Every look the scene can have, by name. */
export const standupScenes: Readonly<Record<'usual' | 'empty' | 'one' | 'crowded' | 'huge', StandupState>> = {
  usual: standupFixture,
  empty: {
    sentence: null,
    goals: { day: '2026-11-23', sales: null, leads: null, other: null, due: 0 },
    kept: { since: '2026-11-20', adjacent: false, due: 0, kept: 0, missed: 0, moved: 0, open: 0, rows: [] },
    weakLink: {
      stages: standupFixture.weakLink.stages.map((row) => ({
        ...row,
        value: null,
        target: null,
        attainment: null,
        sample: 0,
        short: null,
      })),
      weak: null,
    },
    items: { rows: [], total: 0, late: 0 },
    owed: { rows: [], owed: 0, kept: 0, missed: 0, total: 0 },
    since: { since: '2026-11-20', sales: null, stories: 0, restated: null },
    said: { seq: 0 },
    strip: quietStrip,
  },
  one: {
    ...standupFixture,
    goals: { ...standupFixture.goals, other: null, due: 1 },
    kept: { ...standupFixture.kept, since: '2026-11-22', adjacent: true, due: 1, kept: 1, missed: 0, moved: 0, rows: [] },
    items: { rows: standupFixture.items.rows.slice(0, 1), total: 1, late: 1 },
    owed: { rows: standupFixture.owed.rows.slice(0, 1), owed: 1, kept: 0, missed: 0, total: 1 },
    weakLink: { ...standupFixture.weakLink, weak: null },
    since: { ...standupFixture.since, stories: 0, restated: null },
  },
  crowded: {
    sentence: usualDay.sentence,
    goals: {
      ...standupFixture.goals,
      sales: { target: 12_600_000_000, basis: 'month_share', monthLeft: -98_765_432_100 },
      leads: standupFixture.goals.leads && {
        ...standupFixture.goals.leads,
        target: 12_860,
        month: { value: 186_213, target: 240_000, pace: 0.43 },
      },
      due: 47,
    },
    kept: {
      ...{ since: '2026-11-20', adjacent: false, due: 118, kept: 74, missed: 21, moved: 12, open: 11 },
      rows: Array.from({ length: 4 }, (_, i) => ({
        ...{ id: `p-${i}`, title: `${LONG}的复盘`, who: '欧阳慕容雪', state: 'missed' as const, dueAt: friday('18:00') },
      })),
    },
    weakLink: standupFixture.weakLink,
    items: {
      rows: Array.from({ length: 4 }, (_, i) =>
        item(`i-${i}`, 123 - i, LONG, `${LONG}的双12 会场主视觉与素材包`, `卡住${LONG}的全部预热`, '欧阳慕容雪'),
      ),
      ...{ total: 50, late: 44 },
    },
    owed: {
      rows: Array.from({ length: 6 }, (_, i) => ({
        ...promise(`p-${i}`, '欧阳慕容雪', `${LONG}的行业趋势简报`, '23:59', i === 5 ? 'missed' : 'open'),
        ...(i === 0 ? { dueAt: friday('18:00') } : {}),
      })),
      ...{ owed: 46, kept: 2, missed: 2, total: 50 },
    },
    since: { ...standupFixture.since, stories: 118, restated: { days: 31, difference: -98_765_432_100 } },
    said: { seq: 9_999 },
    strip: alarmStrip,
  },
  huge: {
    ...standupFixture,
    goals: {
      ...standupFixture.goals,
      sales: { target: 98_765_432_100_00, basis: 'own', monthLeft: 98_765_432_100_00 },
      leads: standupFixture.goals.leads && {
        ...standupFixture.goals.leads,
        target: 98_765_432,
        month: { value: 98_765_432, target: 1, pace: 99 },
      },
      other: standupFixture.goals.other && { ...standupFixture.goals.other, target: 98_765_432 },
    },
    since: {
      ...standupFixture.since,
      sales: {
        net: -98_765_432_100,
        like: '2026-09-30',
        difference: -98_765_432_100,
        orders: -98_765_432_100,
        refunds: -98_765_432_100,
        state: 'settling',
      },
    },
  },
};
