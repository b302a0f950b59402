/** K3 core-product share: net sales of SKUs that were core when ordered ÷ net sales. */
import type { DimValue } from '../dim-value.ts';
import type { KpiDefinition } from './definition.ts';
import { ratioOf } from './figures.ts';
import { netPart, ordersPart, salesReads } from './net-sales.ts';

const core = { dim: 'core', values: new Set<DimValue>(['true']) };

export const coreShare: KpiDefinition = {
  id: 'core_share',
  name: { zh: '核心产品占比', en: 'Core-product share' },
  formula: { zh: '下单时为核心产品的销售额 ÷ 销售额。', en: 'Net sales of products that were core when ordered ÷ net sales.' },
  version: 1,
  unit: 'ratio',
  most: 1,
  better: 'up',
  dimensions: ['channel', 'region', 'category', 'campaign'],
  reads: (context) => salesReads(context, ['core']),
  ...ratioOf({ numerator: () => netPart('sales', core), denominator: () => netPart(), sample: ordersPart }),
};
