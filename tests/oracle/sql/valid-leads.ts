/** K8: leads that pass the validity rule of reading R8, on the day they were created. */
import { countOf, type OracleSum } from './kpi.ts';

export const validLeads: OracleSum = { id: 'valid_leads', value: countOf('judged_lead', 'lead_id', 'valid') };
