/** K6: K1 ÷ orders not fully refunded. */
import { countOf, sumOver, type OracleRatio } from './kpi.ts';

export const orderValue: OracleRatio = {
  id: 'order_value',
  numerator: sumOver('money', 'amount'),
  denominator: countOf('holding', '(source, order_id)'),
};
