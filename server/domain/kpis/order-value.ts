/** K6 笔单价: net sales ÷ orders not fully refunded. An order, not a line. */
import type { KpiDefinition } from './definition.ts';
import { ratio } from './figures.ts';
import { net, orders, ordersRead, salesDimensions, salesRead } from './net-sales.ts';

export const orderValue: KpiDefinition = {
  id: 'order_value',
  unit: 'minor',
  dimensions: salesDimensions,
  reads: (context) => ({ sales: salesRead(context), orders: ordersRead(context) }),
  compute(cell, context) {
    const count = orders(cell, context);
    return ratio(net(cell), count, count);
  },
};
