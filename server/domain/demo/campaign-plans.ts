/**
 * The campaigns that stand around the demo's first day, whatever day that is: one
 * just over, three in full swing (of which one loses its money and one spends too fast), one warming up, one ahead. Names
 * follow the season.
 */
import type { EventData } from '../../../shared/events/registry.ts';
import type { Calendar } from '../time/calendar.ts';

export interface DemoCampaign {
  readonly plan: EventData<'campaign.planned'>;
  /** First and last business day of warm-up and burst together. */
  readonly firstDay: number;
  readonly lastDay: number;
  readonly reviewUntil: number;
  readonly burstFrom: number;
  /** Spend against an even plan: 1 = on plan. */
  readonly pace: number;
  /** Share of an order's chance to belong to it, while it runs. */
  readonly pull: number;
}

/** By month of the year: what has just ended, what runs, what comes next. */
const nodes: readonly (readonly [ended: string, running: string, next: string])[] = [
  ['元旦焕新', '年货节', '春节'],
  ['春节', '情人节专场', '开学季'],
  ['情人节专场', '女王节', '春茶季'],
  ['女王节', '春季上新', '五一'],
  ['五一', '母亲节专场', '618'],
  ['母亲节专场', '618', '夏日冰咖'],
  ['618', '夏日冰咖', '七夕'],
  ['夏日冰咖', '七夕', '开学季'],
  ['开学季', '中秋礼盒', '国庆'],
  ['国庆', '会员周', '双11'],
  ['双11', '感恩节', '双12'],
  ['双12', '圣诞礼盒', '元旦焕新'],
];
const seasons = ['冬日', '冬日', '春日', '春日', '春日', '夏日', '夏日', '夏日', '秋日', '秋日', '冬日', '冬日'];

/** Lengths in days; `start` counts from the demo's first day. */
interface Shape {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
  readonly owner: string;
  readonly kind: 'node' | 'theme' | 'offline';
  readonly node?: string;
  readonly channels: string[];
  readonly start: number;
  readonly warmup: number;
  readonly burst: number;
  readonly review: number;
  /** Minor units. */
  readonly budget: number;
  readonly sales: number;
  readonly reads: number;
  readonly pace: number;
  readonly pull: number;
}

export function demoCampaigns(calendar: Calendar, origin: number): readonly DemoCampaign[] {
  const today = calendar.dayOf(origin);
  const month = Number(calendar.formatDay(today).slice(5, 7)) - 1;
  const [ended, running, next] = nodes[month] as (typeof nodes)[number];
  const season = seasons[month] as string;
  const all = ['天猫', '京东', '抖音'];
  const shapes: Shape[] = [
    { id: 'theme', name: `${season}第一杯`, shortName: `${season}第一杯`, owner: '何敏', kind: 'theme', channels: ['抖音', '小程序商城'], start: -20, warmup: 10, burst: 23, review: 3, budget: 42_000_000, sales: 60_000_000, reads: 4_200_000, pace: 1.04, pull: 0.1 }, // prettier-ignore
    { id: 'running', name: `${running} X5 专场`, shortName: `${running} X5`, owner: '陈放', kind: 'node', node: running, channels: all, start: -12, warmup: 7, burst: 10, review: 3, budget: 6_000_000, sales: 52_500_000, reads: 3_600_000, pace: 1.2, pull: 0.13 }, // prettier-ignore
    { id: 'ended', name: `${ended} 全域大促`, shortName: ended, owner: '陈放', kind: 'node', node: ended, channels: all, start: -30, warmup: 17, burst: 11, review: 3, budget: 20_000_000, sales: 225_000_000, reads: 12_000_000, pace: 0.98, pull: 0.34 }, // prettier-ignore
    { id: 'next', name: `${next} 全民焕新`, shortName: next, owner: '苏晴', kind: 'node', node: next, channels: all, start: -3, warmup: 15, burst: 3, review: 3, budget: 11_250_000, sales: 115_000_000, reads: 6_000_000, pace: 0.97, pull: 0.02 }, // prettier-ignore
    { id: 'renew', name: '老客以旧换新', shortName: '老客以旧换新', owner: '何敏', kind: 'theme', channels: ['天猫', '京东'], start: -26, warmup: 7, burst: 30, review: 3, budget: 4_000_000, sales: 45_000_000, reads: 1_500_000, pace: 0.94, pull: 0.06 }, // prettier-ignore
    { id: 'fair', name: '华东咖啡生活展', shortName: '华东咖啡展', owner: '罗岩', kind: 'offline', channels: ['线下门店'], start: 6, warmup: 5, burst: 3, review: 3, budget: 3_000_000, sales: 10_000_000, reads: 300_000, pace: 1, pull: 0.05 }, // prettier-ignore
  ];
  return [...shapes, ...earlier(month)].map((s) => campaign(calendar, today, s));
}

/** Campaigns of the months before, so that returns and spread have a past: some earned their money and some did not. */
function earlier(month: number): readonly Shape[] {
  return [1, 2, 3, 4, 5].map((back): Shape => {
    const node = nodes[(month - back + 12) % 12]?.[1] ?? '';
    const large = back % 2 === 0;
    return {
      ...{ id: `past-${back}`, name: `${node} 专场`, shortName: node, owner: back % 2 === 0 ? '何敏' : '陈放', kind: 'node', node },
      ...{ channels: ['天猫', '京东', '抖音'], start: -30 * back - 18, warmup: 7, burst: 8, review: 3 },
      ...{ budget: large ? 9_600_000 : 5_200_000, sales: large ? 80_000_000 : 44_000_000, reads: 2_400_000 },
      ...{ pace: 0.94 + 0.04 * back, pull: large ? 0.2 : 0.09 },
    };
  });
}

function campaign(calendar: Calendar, today: number, s: Shape): DemoCampaign {
  const firstDay = today + s.start;
  const burstFrom = firstDay + s.warmup;
  const reviewFrom = burstFrom + s.burst;
  const iso = calendar.formatDay;
  return {
    firstDay,
    burstFrom,
    lastDay: reviewFrom - 1,
    reviewUntil: reviewFrom + s.review - 1,
    pace: s.pace,
    pull: s.pull,
    plan: {
      campaignId: `C-${iso(firstDay).replaceAll('-', '')}-${s.id}`,
      version: 1,
      name: s.name,
      shortName: s.shortName,
      owner: s.owner,
      kind: s.kind,
      ...(s.node ? { node: s.node } : {}),
      channels: s.channels,
      skus: ['X5', 'X3', 'M2'],
      budget: s.budget,
      targets: { sales: s.sales, reads: s.reads, likes: Math.round(s.reads / 22), shares: Math.round(s.reads / 160) },
      phases: {
        warmup: { from: iso(firstDay), to: iso(burstFrom - 1) },
        burst: { from: iso(burstFrom), to: iso(reviewFrom - 1) },
        review: { from: iso(reviewFrom), to: iso(reviewFrom + s.review - 1) },
      },
    },
  };
}
