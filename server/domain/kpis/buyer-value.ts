/** K5 客单价: net sales ÷ distinct buyers with an order of the period that is not fully refunded. */
import type { KpiDefinition } from './definition.ts';
import { countTerm, ratioOf } from './figures.ts';
import { netPart, ordersMeasure, salesDimensions, salesReads } from './net-sales.ts';

const buyers = () => [countTerm('buyers')];

export const buyerValue: KpiDefinition = {
  id: 'buyer_value',
  name: { zh: '客单价', en: 'Sales per buyer' },
  formula: {
    zh: '销售额 ÷ 期内有未全额退款订单的去重买家数。',
    en: 'Net sales ÷ distinct buyers with an order of the period that is not fully refunded.',
  },
  version: 1,
  unit: 'minor',
  better: 'up',
  dimensions: salesDimensions,
  reads(context) {
    const { from, to } = context.period;
    return { ...salesReads(context), buyers: { ask: 'distinct', family: 'sales', from, to, of: 'buyer', measure: ordersMeasure(context) } };
  },
  ...ratioOf({ numerator: () => netPart(), denominator: buyers, sample: buyers }),
};
