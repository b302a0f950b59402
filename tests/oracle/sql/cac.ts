/** K12: every spend but training ÷ new customers of the same cohort (reading R11). */
import { countOf, sumOver, type OracleRatio } from './kpi.ts';

export const cac: OracleRatio = {
  id: 'cac',
  numerator: sumOver('spend', 'amount', "spend_kind <> 'training'"),
  denominator: countOf('first_customer', 'customer'),
};
