/** K15: 1 ÷ margin rate, which is the net revenue of lines with a cost ÷ their margin. */
import { ATTRIBUTED, noReturn, sumOver, type OracleRatio } from './kpi.ts';

export const breakEvenRoas: OracleRatio = {
  id: 'break_even_roas',
  numerator: sumOver('money', 'amount', `margin is not null and (${ATTRIBUTED})`),
  denominator: sumOver('money', 'margin', ATTRIBUTED),
  reason: noReturn,
};
