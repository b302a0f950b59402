/** K13 beside it: the same spend ÷ all leads. */
import { countOf, sumOver, type OracleRatio } from './kpi.ts';

export const cplRaw: OracleRatio = {
  id: 'cpl_raw',
  numerator: sumOver('spend', 'amount', "spend_kind <> 'training'"),
  denominator: countOf('judged_lead', 'lead_id'),
};
