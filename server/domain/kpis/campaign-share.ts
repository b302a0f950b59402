/**
 * K16: net sales on days of campaign windows (R16) as a share of the period, held against three wholes (T7): net sales to
 * date, the target, and net sales once the period is over. Overlapping windows count once.
 */
import type { KpiContext, KpiDefinition, Part, Read, Words } from './definition.ts';
import { ratioOf } from './figures.ts';
import { netPart, ordersPart, salesRead, salesReads } from './net-sales.ts';

const TARGET = 'net_sales';

function windowReads(context: KpiContext): Record<string, Read> {
  const { campaigns, period, asOf } = context;
  const windows = campaigns.windows(period, asOf);
  return Object.fromEntries(windows.map((window, i) => [windowName(i), { ...salesRead(context), ...window }]));
}

const windowName = (i: number): string => `window ${i}`;

const inWindows = ({ campaigns, period, asOf }: KpiContext): Part =>
  campaigns.windows(period, asOf).flatMap((_, i) => netPart(windowName(i)));

interface Whole {
  readonly id: string;
  readonly name: Words;
  readonly formula: Words;
  readonly whole: (context: KpiContext) => Part;
  readonly onceOver?: true;
  readonly cellsOfTargets?: string;
}

const kpi = ({ id, name, formula, whole, onceOver, cellsOfTargets }: Whole): KpiDefinition => ({
  ...{ id, name, formula, version: 1 },
  unit: 'ratio',
  // Sales may exceed their target, a part does not exceed its whole.
  ...(cellsOfTargets === undefined && { most: 1 }),
  better: 'up',
  dimensions: ['channel', 'region', 'category', 'core'],
  defaultTargets: { quarter: 0.3 },
  ofCampaignPlans: true,
  ...(cellsOfTargets && { cellsOfTargets }),
  reads: (context) => ({ ...salesReads(context), ...windowReads(context) }),
  ...ratioOf({
    numerator: inWindows,
    denominator: whole,
    sample: ordersPart,
    refine: (figure, _cell, { elapsed }) => (onceOver && elapsed < 1 ? { ...figure, value: null, reason: 'not_over' } : figure),
  }),
});

export const campaignShare: KpiDefinition = kpi({
  id: 'campaign_share',
  name: { zh: '活动期销售占比', en: 'Campaign share' },
  formula: {
    zh: '各活动预热与爆发日（并集）的销售额 ÷ 期内至今销售额。',
    en: 'Net sales on days of warm-up and burst of campaigns, each day once, ÷ net sales of the period to now.',
  },
  whole: () => netPart(),
});

export const campaignShareOfTarget: KpiDefinition = kpi({
  id: 'campaign_share_of_target',
  name: { zh: '活动期销售占目标', en: 'Campaign share of target' },
  formula: {
    zh: '各活动预热与爆发日（并集）的销售额 ÷ 该期间的销售目标。',
    en: 'Net sales on days of warm-up and burst of campaigns, each day once, ÷ the target of the period.',
  },
  whole: ({ period }) => [{ target: TARGET, period, share: 1 }],
  cellsOfTargets: TARGET,
});

export const campaignShareFinal: KpiDefinition = kpi({
  id: 'campaign_share_final',
  name: { zh: '活动期销售占比（终值）', en: 'Campaign share, final' },
  formula: {
    zh: '期间结束后，各活动预热与爆发日（并集）的销售额 ÷ 全期销售额。',
    en: 'Once the period is over: net sales on days of warm-up and burst of campaigns, each day once, ÷ net sales of the whole period.',
  },
  whole: () => netPart(),
  onceOver: true,
});
