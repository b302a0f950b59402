/** K3 core-product share: net sales of SKUs that were core when ordered ÷ net sales. */
import type { KpiDefinition } from './definition.ts';
import { minus, ratio, sum } from './figures.ts';
import { net, orders, salesReads } from './net-sales.ts';

export const coreShare: KpiDefinition = {
  id: 'core_share',
  name: { zh: '核心产品占比', en: 'Core-product share' },
  formula: { zh: '下单时为核心产品的销售额 ÷ 销售额。', en: 'Net sales of products that were core when ordered ÷ net sales.' },
  version: 1,
  unit: 'ratio',
  dimensions: ['channel', 'region', 'category', 'campaign'],
  reads: (context) => salesReads(context, ['core']),
  compute(cell, context) {
    const core = cell.rows('sales').filter((row) => row.also[0] === 'true');
    return ratio(minus(sum(core, 'sales', 'paid'), sum(core, 'sales', 'refunded')), net(cell), orders(cell, context));
  },
};
