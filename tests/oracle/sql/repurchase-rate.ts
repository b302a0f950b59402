/** K11: customers with orders on two days or more ÷ customers with one, in the 365 business days that end with the period or `asOf` (R10). */
import type { OracleRatio } from './kpi.ts';

/** Customers with orders that are not fully refunded in the window, and on how many days. */
export const windowCustomers = `
  select q, cell, customer, count(distinct day) as days, count(distinct (source, order_id)) as orders
  from (select *, least(to_day, business_day(zone, as_of) + 1) as window_end from holding_cell)
  where day < window_end and day >= window_end - 365 group by all`;

export const repurchaseRate: OracleRatio = {
  id: 'repurchase_rate',
  numerator: `select q, cell, count(*) filter (days >= 2) as value from (${windowCustomers}) group by all`,
  denominator: `select q, cell, count(*) as value from (${windowCustomers}) group by all`,
};
