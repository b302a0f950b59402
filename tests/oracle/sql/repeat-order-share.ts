/** K11, beside the rate: orders of the same window that were not their customer's first ÷ orders. */
import type { OracleRatio } from './kpi.ts';
import { windowCustomers } from './repurchase-rate.ts';

export const repeatOrderShare: OracleRatio = {
  id: 'repeat_order_share',
  numerator: `select q, cell, sum(orders - 1) as value from (${windowCustomers}) group by all`,
  denominator: `select q, cell, sum(orders) as value from (${windowCustomers}) group by all`,
};
