/** K14, 收入口径: (attributed net revenue − campaign cost) ÷ campaign cost. */
import { ATTRIBUTED, noReturn, plus, sumOver, type OracleRatio } from './kpi.ts';

export const roiRevenue: OracleRatio = {
  id: 'roi_revenue',
  numerator: plus(sumOver('money', 'amount', ATTRIBUTED), sumOver('spend', '-amount', ATTRIBUTED)),
  denominator: sumOver('spend', 'amount', ATTRIBUTED),
  reason: noReturn,
};
