/**
 * K2 sales attainment: net sales ÷ target of the period; pace: net sales to date ÷ planned
 * to date (even curve, continuous); landing: where the period will end, as a range (R24).
 * The target is that of `net_sales` for the same grain, period and dimension (R22).
 */
import { ENOUGH_PAST, landing } from '../targets/plan.ts';
import { learntRatio, remainder, type Remainder } from '../targets/remainder.ts';
import { plannedBy } from '../targets/sales-plan.ts';
import { likePeriods, type Period } from '../time/period.ts';
import type { CellInput, Figure, KpiContext, KpiDefinition, Part, Read, Words } from './definition.ts';
import { fitting, none, ratioOf } from './figures.ts';
import { hasMoney, net, netPart, ordersPart, salesDimensions, salesReads } from './net-sales.ts';

const TARGET = 'net_sales';

const base = { version: 1, better: 'up', dimensions: salesDimensions, cellsOfTargets: TARGET } as const;

/** The target of the period, or a share of it. */
const targetPart = ({ period }: KpiContext, share = 1): Part => [{ target: TARGET, period, share }];

export const salesAttainment: KpiDefinition = {
  ...base,
  id: 'sales_attainment',
  name: { zh: '销售额达成率', en: 'Sales attainment' },
  formula: { zh: '销售额 ÷ 该期间的销售目标。', en: 'Net sales ÷ the target of the period.' },
  unit: 'ratio',
  reads: (context) => salesReads(context),
  ...ratioOf({ numerator: () => netPart(), denominator: (context) => targetPart(context), sample: ordersPart }),
};

export const salesPace: KpiDefinition = {
  ...base,
  id: 'sales_pace',
  name: { zh: '销售进度', en: 'Sales pace' },
  formula: { zh: '截至此刻的销售额 ÷（目标 × 已过时间占比）。', en: 'Net sales to now ÷ (target × elapsed share of the period).' },
  unit: 'ratio',
  reads: (context) => salesReads(context),
  ...ratioOf({ numerator: () => netPart(), denominator: (context) => targetPart(context, context.elapsed), sample: ordersPart }),
};

export const salesLandingLow = landingKpi('sales_landing_low', 'low', { zh: '预计落点（低）', en: 'Landing, low end' });
export const salesLandingHigh = landingKpi('sales_landing_high', 'high', { zh: '预计落点（高）', en: 'Landing, high end' });

function landingKpi(id: string, end: 'low' | 'high', name: Words): KpiDefinition {
  const part = end === 'low' ? '10' : '90';
  return {
    ...base,
    id,
    name,
    formula: {
      zh: `截至此刻的销售额 + 剩余计划 × 同类历史期间同一剩余部分“实际 ÷ 计划”的第 ${part} 百分位；有数据的同类期间少于 4 个时用当前进度 ± 10%。`,
      en: `Net sales to now + remaining plan × the ${part}th percentile of actual ÷ plan over the same remaining part of like past periods; with fewer than four of them the present pace ± 10 %.`,
    },
    unit: 'minor',
    reads: (context) => ({ ...salesReads(context), ...pastReads(context) }),
    compute: (cell, context) => landingFigure(cell, context, end),
  };
}

/** `sample` is how many like past periods the range was learnt from; too few of them: `small_sample`. */
function landingFigure(cell: CellInput, context: KpiContext, end: 'low' | 'high'): Figure {
  const target = cell.target(TARGET, context.period);
  if (target === undefined) return none('no_target', 0);
  const sales = fitting(net(cell));
  const pasts = learnt(context).map(({ past, rest }) => ({ past, rest, remaining: fitting(net(cell, pastName(past))) }));
  const ratios = pasts.flatMap(({ past, rest, remaining }) => {
    if (remaining === null) return [];
    const hasData = hasMoney(cell, pastName(past)) || hasMoney(cell, wholeName(past));
    return learntRatio({ plan: cell.plan(past), remaining, rest, hasData }) ?? [];
  });
  if (sales === null || pasts.some(({ remaining }) => remaining === null)) return none('overflow', ratios.length);
  const found = landing(sales, target, context.elapsed, ratios);
  if (!found) return none('no_denominator', ratios.length);
  const figure = { value: found[end], numerator: null, denominator: null, sample: ratios.length };
  return found.basis === 'learnt' ? figure : { ...figure, reason: 'small_sample' };
}

const pastName = (past: Period) => `past ${past.name}`;
const wholeName = (past: Period) => `whole ${past.name}`;

/** Like past periods with a plan of any dimension; none when the period is over or they are too few to matter. */
function learnt(context: KpiContext): readonly { past: Period; rest: Remainder }[] {
  const { calendar, elapsed, period, targets } = context;
  if (elapsed >= 1) return [];
  // Without a target there is no landing, and nothing of the past is worth reading.
  if (targets.dimensions(TARGET, period.grain, period.name).length === 0) return [];
  const pasts = likePeriods(period).filter((past) =>
    plannedBy(past.grain, past.from).some(({ grain, name }) => targets.dimensions(TARGET, grain, name).length > 0),
  );
  return pasts.length < ENOUGH_PAST ? [] : pasts.map((past) => ({ past, rest: remainder(calendar, past, elapsed) }));
}

function pastReads(context: KpiContext): Record<string, Read> {
  const aside = { ask: 'sums', family: 'sales', aside: true } as const;
  return Object.fromEntries(
    learnt(context).flatMap(({ past, rest }): [string, Read][] => [
      [pastName(past), { ...aside, unit: rest.unit, from: rest.from, to: rest.to }],
      [wholeName(past), { ...aside, unit: 'day', from: past.from, to: past.to }],
    ]),
  );
}
