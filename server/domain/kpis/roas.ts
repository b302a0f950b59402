/** K15 ROAS 投产比: attributed net sales ÷ ad spend (media of a campaign, R15); break-even: 1 ÷ margin rate. */
import {
  attributedOrders,
  attributedSales,
  attributedSpend,
  costedNetPart,
  marginPart,
  matureSales,
  onlyOfCampaigns,
  withCoverage,
  withMaturity,
} from './attribution.ts';
import type { KpiDefinition } from './definition.ts';
import { ratioOf } from './figures.ts';
import { netPart } from './net-sales.ts';
import { costDimensions, mediaOnly, spentPart } from './spend.ts';

export const roas: KpiDefinition = {
  id: 'roas',
  name: { zh: '投产比 ROAS', en: 'ROAS' },
  formula: { zh: '归因销售额 ÷ 活动的媒体支出。', en: 'Attributed net sales ÷ media spend of campaigns.' },
  version: 1,
  unit: 'ratio',
  better: 'up',
  dimensions: costDimensions,
  readings: ['refundLagDays'],
  reads: (context) => ({ ...attributedSales(context), ...attributedSpend(context), ...matureSales(context) }),
  ...ratioOf({
    numerator: () => netPart(),
    denominator: () => spentPart(mediaOnly),
    sample: attributedOrders,
    refine: (figure, cell) => onlyOfCampaigns(withMaturity(figure, cell), cell),
  }),
};

export const breakEvenRoas: KpiDefinition = {
  id: 'break_even_roas',
  name: { zh: '保本投产比', en: 'Break-even ROAS' },
  formula: {
    zh: '1 ÷ 毛利率：归因商品行中有成本者的销售额 ÷ 其毛利。',
    en: '1 ÷ margin rate: attributed net sales of lines with a cost ÷ their gross margin.',
  },
  version: 1,
  unit: 'ratio',
  better: 'down',
  dimensions: costDimensions,
  reads: (context) => attributedSales(context, { costs: true }),
  ...ratioOf({
    numerator: costedNetPart,
    denominator: marginPart,
    sample: attributedOrders,
    refine: (figure, cell) => onlyOfCampaigns(withCoverage(figure, cell), cell),
  }),
};
