/** K5 客单价: net sales ÷ distinct buyers with an order of the period that is not fully refunded. */
import type { KpiDefinition } from './definition.ts';
import { ratio } from './figures.ts';
import { net, salesDimensions, salesRead } from './net-sales.ts';

export const buyerValue: KpiDefinition = {
  id: 'buyer_value',
  unit: 'minor',
  dimensions: salesDimensions,
  reads: (context) => ({ sales: salesRead(context), buyers: { source: 'orders', from: context.period.from, to: context.period.to } }),
  compute(cell) {
    const { buyers } = cell.counts('buyers');
    return ratio(net(cell), buyers, buyers);
  },
};
