/** K20: shares of contents, of each the highest version of its totals (R20), on the day of that version. */
import { sumOver, type OracleSum } from './kpi.ts';

export const shares: OracleSum = { id: 'shares', value: sumOver('engagement', 'shares') };
