/**
 * The demo's campaigns. Five series follow each other for as long as the demo runs, before its first day and after it: one
 * that loses its money, one that spends too fast and is always young, one that pays well, one whose gift boxes have no known
 * cost, and a fair. Two of them run at all times; the windows of the others leave days between them, so that what campaign
 * days sell is a share of a quarter. A budget follows from what the campaign is going to sell and from the return it is going to have, so that
 * the return a wall shows is one that a campaign can have.
 */
import type { EventData } from '../../../shared/events/registry.ts';
import type { Calendar } from '../time/calendar.ts';
import { channels, GIFT_BOX, MARGIN_PER_DAY, SALES_PER_DAY } from './catalogue.ts';
import { fortnightOf, nodes, seasonOf } from './seasons.ts';

export interface DemoCampaign {
  readonly plan: EventData<'campaign.planned'>;
  /** Business day on which the plan becomes known. */
  readonly plannedOn: number;
  /** First and last business day of warm-up and burst together. */
  readonly firstDay: number;
  readonly lastDay: number;
  readonly reviewUntil: number;
  readonly burstFrom: number;
  /** Spend against an even plan: 1 = on plan. */
  readonly pace: number;
  /** Reads against their expectation. */
  readonly echo: number;
  /** Share of an order's chance to belong to it, while it runs. */
  readonly pull: number;
  /** Share of its orders that come with a gift box whose cost nobody has entered. */
  readonly gifts: number;
}

/** Lengths in days. */
interface Series {
  readonly id: string;
  /** A campaign of the series begins every so many days, one of them `offset` days after the demo's first day. */
  readonly every: number;
  readonly offset: number;
  /** How many days before its first one a campaign is planned. */
  readonly ahead: number;
  readonly warmup: number;
  readonly burst: number;
  readonly owner: string;
  readonly kind: 'node' | 'always-on' | 'offline';
  readonly channels: string[];
  readonly skus: string[];
  /** Gross margin ÷ spend − 1 that the campaign is going to have. */
  readonly roi: number;
  readonly pull: number;
  readonly pace: number;
  readonly echo: number;
  readonly gifts: number;
  readonly named: (at: Moment) => Names;
}
/** What a name is made of: the season and node a campaign falls in, its month, and its number in the series. */
interface Moment {
  readonly day: number;
  readonly calendar: Calendar;
  readonly number: number;
}
interface Names {
  readonly name: string;
  readonly shortName: string;
  readonly node?: string;
}

const REVIEW_DAYS = 3;
const all = ['天猫', '京东', '抖音'];
const cups = ['第一杯', '通勤杯', '下午茶', '居家咖啡'];
const fairs = ['华东', '华南', '西南', '华北'];
const node = ({ day, calendar }: Moment): string => nodes[fortnightOf(calendar, day)] ?? '';
const turn = <T>(list: readonly T[], number: number): T => list[((number % list.length) + list.length) % list.length] as T;

const series: readonly Series[] = [
  {
    ...{ id: 'theme', every: 14, offset: -8, ahead: 7, warmup: 6, burst: 12, owner: '何敏', kind: 'always-on' },
    ...{ channels: ['抖音', '小程序商城'], skus: ['X3', 'M2'], roi: -0.35, pull: 0.1, pace: 1.04, echo: 1.04, gifts: 0 },
    named: (at) => {
      const name = `${seasonOf(at.calendar, at.day)}${turn(cups, at.number)}`;
      return { name, shortName: name };
    },
  },
  {
    ...{ id: 'x5', every: 14, offset: -4, ahead: 3, warmup: 2, burst: 4, owner: '陈放', kind: 'node' },
    ...{ channels: all, skus: ['X5'], roi: 0.04, pull: 0.075, pace: 1.2, echo: 1.2, gifts: 0 },
    named: (at) => ({ name: `${node(at)} X5 专场`, shortName: `${node(at)} X5`, node: node(at) }),
  },
  {
    ...{ id: 'node', every: 14, offset: -2, ahead: 4, warmup: 4, burst: 3, owner: '苏晴', kind: 'node' },
    ...{ channels: all, skus: ['X3', 'M2', GIFT_BOX.sku], roi: 0.18, pull: 0.06, pace: 0.97, echo: 0.97, gifts: 0.6 },
    named: (at) => {
      const next = node({ ...at, day: at.day + 7 });
      return { name: `${next} 礼盒季`, shortName: `${next}礼盒`, node: next };
    },
  },
  {
    ...{ id: 'renew', every: 28, offset: -21, ahead: 5, warmup: 5, burst: 20, owner: '何敏', kind: 'always-on' },
    ...{ channels: ['天猫', '京东'], skus: ['X5', 'X3', 'M2'], roi: 0.4, pull: 0.06, pace: 0.94, echo: 0.94, gifts: 0 },
    named: ({ calendar, day }) => {
      const month = Number(calendar.formatDay(day).slice(5, 7));
      return { name: `${month} 月老客以旧换新`, shortName: `${month}月以旧换新` };
    },
  },
  {
    ...{ id: 'fair', every: 21, offset: 6, ahead: 9, warmup: 3, burst: 3, owner: '罗岩', kind: 'offline' },
    ...{ channels: ['线下门店'], skus: ['X5', 'X3', 'M2'], roi: 0.12, pull: 0.3, pace: 1, echo: 1, gifts: 0 },
    named: ({ number }) => ({ name: `${turn(fairs, number)}咖啡生活展`, shortName: `${turn(fairs, number)}咖啡展` }),
  },
];

/** Every campaign that is planned, runs or is reviewed on one of the days [from, to). `firstDay` is the demo's first day. */
export function campaignsWithin(calendar: Calendar, firstDay: number, from: number, to: number): readonly DemoCampaign[] {
  return series.flatMap((s) => {
    const length = s.warmup + s.burst + REVIEW_DAYS;
    const anchor = firstDay + s.offset;
    // The first that has not ended before `from`, to the last that is planned before `to`.
    const first = Math.ceil((from - length + 1 - anchor) / s.every);
    const last = Math.ceil((to + s.ahead - anchor) / s.every) - 1;
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => campaign(calendar, s, anchor, first + i));
  });
}

function campaign(calendar: Calendar, s: Series, anchor: number, number: number): DemoCampaign {
  const firstDay = anchor + number * s.every;
  const burstFrom = firstDay + s.warmup;
  const reviewFrom = burstFrom + s.burst;
  const days = s.warmup + s.burst;
  const reached = channels.filter(({ name }) => s.channels.includes(name)).reduce((sum, { weight }) => sum + weight, 0);
  /** Share of all orders of these days. */
  const share = (days * s.pull * reached) / channels.reduce((sum, { weight }) => sum + weight, 0);
  const iso = calendar.formatDay;
  const reads = rounded(share * 2_000_000, 1_000);
  return {
    ...{ firstDay, burstFrom, lastDay: reviewFrom - 1, reviewUntil: reviewFrom + REVIEW_DAYS - 1, plannedOn: firstDay - s.ahead },
    ...{ pace: s.pace, echo: s.echo, pull: s.pull, gifts: s.gifts },
    plan: {
      campaignId: `C-${iso(firstDay).replaceAll('-', '')}-${s.id}`,
      version: 1,
      ...s.named({ day: burstFrom, calendar, number }),
      owner: s.owner,
      kind: s.kind,
      channels: s.channels,
      skus: s.skus,
      budget: rounded((share * MARGIN_PER_DAY) / (1 + s.roi) / s.pace, 100_000),
      targets: {
        // A campaign that loses its money was planned to earn it.
        sales: rounded(share * SALES_PER_DAY * (s.roi < 0 ? 1.7 : 1.05), 100_000),
        ...{ reads, likes: Math.round(reads / 22), shares: Math.round(reads / 160) },
      },
      phases: {
        warmup: { from: iso(firstDay), to: iso(burstFrom - 1) },
        burst: { from: iso(burstFrom), to: iso(reviewFrom - 1) },
        review: { from: iso(reviewFrom), to: iso(reviewFrom + REVIEW_DAYS - 1) },
      },
    },
  };
}

const rounded = (value: number, to: number): number => Math.max(1, Math.round(value / to)) * to;
