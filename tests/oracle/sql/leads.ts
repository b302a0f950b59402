/** K8 beside valid leads: all of them. */
import { countOf, type OracleSum } from './kpi.ts';

export const leads: OracleSum = { id: 'leads', value: countOf('judged_lead', 'lead_id') };
