/**
 * K14 ROI of campaigns: (attributed gross margin − campaign cost) ÷ campaign cost, in the cash view (R13, R14). Campaign cost
 * is every kind of spend. Beside it the figure by revenue, 收入口径, which knows no cost of goods.
 */
import {
  attributedOrders,
  attributedSales,
  attributedSpend,
  marginPart,
  matureSales,
  onlyOfCampaigns,
  withCoverage,
  withMaturity,
} from './attribution.ts';
import type { CellInput, Figure, KpiDefinition, Part, Words } from './definition.ts';
import { ratioOf } from './figures.ts';
import { netPart } from './net-sales.ts';
import { costDimensions, spentPart } from './spend.ts';

interface Basis {
  readonly id: string;
  readonly name: Words;
  readonly formula: Words;
  readonly brought: () => Part;
  refine(figure: Figure, cell: CellInput): Figure;
}

const kpi = ({ id, name, formula, brought, refine }: Basis): KpiDefinition => ({
  ...{ id, name, formula, version: 1 },
  unit: 'ratio',
  better: 'up',
  dimensions: costDimensions,
  readings: ['refundLagDays'],
  reads: (context) => ({ ...attributedSales(context, { costs: true }), ...attributedSpend(context), ...matureSales(context) }),
  ...ratioOf({
    numerator: () => [...brought(), ...spentPart(undefined, -1)],
    denominator: () => spentPart(),
    sample: attributedOrders,
    refine: (figure, cell) => refine(onlyOfCampaigns(withMaturity(figure, cell), cell), cell),
  }),
});

export const roi: KpiDefinition = kpi({
  id: 'roi',
  name: { zh: '投资回报率 ROI', en: 'ROI on margin' },
  formula: {
    zh: '（归因毛利 − 活动支出）÷ 活动支出；毛利只计有成本的商品行，退款全额冲减。',
    en: '(Attributed gross margin − campaign spend) ÷ campaign spend; the margin is of lines with a cost, and a refund of such lines lowers it in full.',
  },
  brought: marginPart,
  refine: withCoverage,
});

export const roiRevenue: KpiDefinition = kpi({
  id: 'roi_revenue',
  name: { zh: 'ROI（收入口径）', en: 'ROI on revenue' },
  formula: {
    zh: '（归因销售额 − 活动支出）÷ 活动支出。',
    en: '(Attributed net sales − campaign spend) ÷ campaign spend.',
  },
  brought: () => netPart(),
  refine: (figure) => figure,
});
