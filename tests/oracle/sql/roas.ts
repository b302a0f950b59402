/** K15: attributed net revenue ÷ media spend of campaigns (reading R15). */
import { ATTRIBUTED, noReturn, sumOver, type OracleRatio } from './kpi.ts';

export const roas: OracleRatio = {
  id: 'roas',
  numerator: sumOver('money', 'amount', ATTRIBUTED),
  denominator: sumOver('spend', 'amount', `spend_kind = 'media' and (${ATTRIBUTED})`),
  reason: noReturn,
};
