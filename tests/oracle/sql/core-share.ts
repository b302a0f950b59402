/** K3: K1 of SKUs core at order time ÷ K1. */
import { sumOver, type OracleRatio } from './kpi.ts';

export const coreShare: OracleRatio = {
  id: 'core_share',
  numerator: sumOver('money', 'amount', "core = 'true'"),
  denominator: sumOver('money', 'amount'),
};
