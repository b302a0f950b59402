/** K3 core-product share: net sales of SKUs that were core when ordered ÷ net sales. */
import type { KpiDefinition } from './definition.ts';
import { ratio, sum } from './figures.ts';
import { net, orders, ordersRead, salesRead } from './net-sales.ts';

export const coreShare: KpiDefinition = {
  id: 'core_share',
  unit: 'ratio',
  dimensions: ['channel', 'region', 'category', 'campaign'],
  reads: (context) => ({ sales: { ...salesRead(context), also: ['core'] }, orders: ordersRead(context) }),
  compute(cell, context) {
    const core = cell.rows('sales').filter((row) => row.also[0] === 'true');
    return ratio(sum(core, 'sales', 'paid') - sum(core, 'sales', 'refunded'), net(cell), orders(cell, context));
  },
};
