/** K10 new customers: those whose first-ever order or signing falls in the period (R6). */
import type { KpiDefinition } from './definition.ts';
import { amount, sum } from './figures.ts';

export const newCustomers: KpiDefinition = {
  id: 'new_customers',
  unit: 'count',
  dimensions: ['channel', 'region'],
  reads: ({ period }) => ({ firsts: { source: 'cells', family: 'newCustomers', from: period.from, to: period.to } }),
  compute(cell) {
    const count = sum(cell.rows('firsts'), 'newCustomers', 'customers');
    return amount(count, count);
  },
};
