/**
 * K2 sales attainment: net sales ÷ target of the period; pace: net sales to date ÷ planned to date on the curve in force
 * (learnt, by hand or even); landing: where the period will end, as a range (R24).
 * The target is that of `net_sales` for the same grain, period and dimension (R22).
 */
import { heard, landing } from '../targets/landing.ts';
import { salesCurve } from '../targets/sales-curve.ts';
import type { CellInput, Figure, KpiContext, KpiDefinition, Part, TargetTerm, Words } from './definition.ts';
import { fitting, none, ratioOf } from './figures.ts';
import { net, netPart, ordersPart, salesDimensions, salesReads } from './net-sales.ts';
import { curveOf, momentOf, pastOf, pastReads } from './sales-past.ts';

const TARGET = 'net_sales';

const base = { better: 'up', dimensions: salesDimensions, cellsOfTargets: TARGET } as const;

/** The target of the period, or a share of it. */
const targetPart = ({ period }: KpiContext, share: TargetTerm['share'] = 1): Part => [{ target: TARGET, period, share }];

/** A target of 0 is a target, and nothing can be held against it. */
function ofTarget(figure: Figure, cell: CellInput, { period }: KpiContext): Figure {
  return figure.reason === 'no_denominator' && cell.target(TARGET, period) === 0 ? { ...figure, reason: 'zero_target' } : figure;
}

export const salesAttainment: KpiDefinition = {
  ...base,
  version: 1,
  id: 'sales_attainment',
  name: { zh: '销售额达成率', en: 'Sales attainment' },
  formula: { zh: '销售额 ÷ 该期间的销售目标。', en: 'Net sales ÷ the target of the period.' },
  unit: 'ratio',
  reads: (context) => salesReads(context),
  ...ratioOf({ numerator: () => netPart(), denominator: (context) => targetPart(context), sample: ordersPart, refine: ofTarget }),
};

export const salesPace: KpiDefinition = {
  ...base,
  version: 3,
  id: 'sales_pace',
  name: { zh: '销售进度', en: 'Sales pace' },
  formula: {
    zh: '截至此刻的销售额 ÷ 计划到此刻；计划按历史同星期、同时段学得的曲线展开，无历史时均摊，也可在目标里手工给出。',
    en: 'Net sales to now ÷ plan to now; the plan follows the curve learnt from past days, evenly without history, or weights set with the target.',
  },
  unit: 'ratio',
  reads: (context) => ({ ...salesReads(context), ...pastReads(context) }),
  ...ratioOf({
    numerator: () => netPart(),
    denominator: (context) => targetPart(context, (cell) => curveOf(cell, context).due),
    sample: ordersPart,
    refine(figure, cell, context) {
      if (cell.target(TARGET, context.period) === undefined) return figure;
      const { method, due, nodesFrom } = curveOf(cell, context);
      const said = ofTarget({ ...figure, curve: method, ...(nodesFrom && { nodesFrom }) }, cell, context);
      const quiet = said.reason !== 'zero_target' && said.reason !== 'overflow' && !heard(context, due, said.sample);
      return quiet ? { ...said, value: null, reason: 'small_sample' } : said;
    },
  }),
};

export const salesLandingLow = landingKpi('sales_landing_low', 'low', { zh: '预计落点（低）', en: 'Landing, low end' });
export const salesLandingHigh = landingKpi('sales_landing_high', 'high', { zh: '预计落点（高）', en: 'Landing, high end' });

function landingKpi(id: string, end: 'low' | 'high', name: Words): KpiDefinition {
  const part = end === 'low' ? '10' : '90';
  return {
    ...base,
    version: 3,
    id,
    name,
    formula: {
      zh: `截至此刻的销售额 + 剩余部分的预测；预测取自历史同一时刻，误差的第 ${part} 百分位；历史不足时用当前进度 ± 10%。`,
      en: `Net sales to now + a forecast of the rest, by what past periods did from the same point on, at the ${part}th percentile of its errors; without enough history the present pace ± 10 %.`,
    },
    unit: 'minor',
    reads: (context) => ({ ...salesReads(context), ...pastReads(context) }),
    compute: (cell, context) => landingFigure(cell, context, end),
  };
}

/** `sample` is how many past days or stretches the range was learnt from; too few of them: `small_sample`. */
function landingFigure(cell: CellInput, context: KpiContext, end: 'low' | 'high'): Figure {
  const target = cell.target(TARGET, context.period);
  if (target === undefined) return none('no_target', 0);
  const sales = fitting(net(cell));
  if (sales === null) return none('overflow', 0);
  const orders = Number(cell.part(ordersPart(context)) ?? 0);
  const known = pastOf(cell, context);
  const moment = momentOf(context, known);
  const found = landing(moment, known, salesCurve(moment, known), { net: sales, orders, target });
  if (!found) return none(target === 0 ? 'zero_target' : 'small_sample', 0);
  const figure = { value: found[end], numerator: null, denominator: null, sample: found.sample };
  return found.basis === 'learnt' ? figure : { ...figure, reason: 'small_sample' };
}
