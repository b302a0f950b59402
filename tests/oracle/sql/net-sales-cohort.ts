/** K1, cohort view: a refund on its order's day. */
import { sumOver, type OracleSum } from './kpi.ts';

export const netSalesCohort: OracleSum = { id: 'net_sales_cohort', value: sumOver('money', 'amount', 'true', 'order_day') };
