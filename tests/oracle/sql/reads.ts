/** K20: reads of contents, of each the highest version of its totals (R20), on the day of that version. */
import { sumOver, type OracleSum } from './kpi.ts';

export const reads: OracleSum = { id: 'reads', value: sumOver('engagement', 'reads') };
