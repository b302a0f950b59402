/** K13: spend in the scope of K12 ÷ valid leads (reading R12). */
import { countOf, sumOver, type OracleRatio } from './kpi.ts';

export const cpl: OracleRatio = {
  id: 'cpl',
  numerator: sumOver('spend', 'amount', "spend_kind <> 'training'"),
  denominator: countOf('judged_lead', 'lead_id', 'valid'),
};
