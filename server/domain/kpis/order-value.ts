/** K6 笔单价: net sales ÷ orders not fully refunded. An order, not a line. */
import type { KpiDefinition } from './definition.ts';
import { ratioOf } from './figures.ts';
import { netPart, ordersPart, salesDimensions, salesReads } from './net-sales.ts';

export const orderValue: KpiDefinition = {
  id: 'order_value',
  name: { zh: '笔单价', en: 'Sales per order' },
  formula: { zh: '销售额 ÷ 期内未全额退款的订单数。', en: 'Net sales ÷ orders of the period that are not fully refunded.' },
  version: 1,
  unit: 'minor',
  better: 'up',
  dimensions: salesDimensions,
  reads: (context) => salesReads(context),
  ...ratioOf({ numerator: () => netPart(), denominator: ordersPart, sample: ordersPart }),
};
