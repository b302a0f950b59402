/** K1: Σ paid − Σ refunds, each on its own day. */
import { sumOver, type OracleSum } from './kpi.ts';

export const netSales: OracleSum = { id: 'net_sales', value: sumOver('money', 'amount') };
