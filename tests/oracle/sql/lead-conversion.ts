/** K9: valid leads of the cohort signed within 30 days ÷ valid leads of the cohort, mature or not (reading R9). */
import { countOf, type OracleRatio } from './kpi.ts';

const signedInTime = `exists (
  select * from signing s where s.q = judged_lead_cell.q and s.lead_id = judged_lead_cell.lead_id
    and s.happened >= judged_lead_cell.happened and s.happened <= judged_lead_cell.happened + 30 * 86400000::bigint
)`;

export const leadConversion: OracleRatio = {
  id: 'lead_conversion',
  numerator: countOf('judged_lead', 'lead_id', `valid and ${signedInTime}`),
  denominator: countOf('judged_lead', 'lead_id', 'valid'),
};
