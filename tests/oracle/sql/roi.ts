/** K14: (attributed gross margin − campaign cost) ÷ campaign cost (R13, reading R14). Lines without cost are left out. */
import { ATTRIBUTED, noReturn, plus, sumOver, type OracleRatio } from './kpi.ts';

export const roi: OracleRatio = {
  id: 'roi',
  numerator: plus(sumOver('money', 'margin', ATTRIBUTED), sumOver('spend', '-amount', ATTRIBUTED)),
  denominator: sumOver('spend', 'amount', ATTRIBUTED),
  reason: noReturn,
};
