/** K7: unpaid-search sessions of the days of the period. */
import { sumOver, type OracleSum } from './kpi.ts';

export const organicVisits: OracleSum = { id: 'organic_visits', value: sumOver('visits', 'organic') };
