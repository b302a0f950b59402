/** K5: K1 ÷ distinct buyers with an order that is not fully refunded. */
import { countOf, sumOver, type OracleRatio } from './kpi.ts';

export const buyerValue: OracleRatio = {
  id: 'buyer_value',
  numerator: sumOver('money', 'amount'),
  denominator: countOf('holding', 'buyer'),
};
