/** K20: likes of contents, of each the highest version of its totals (R20), on the day of that version. */
import { sumOver, type OracleSum } from './kpi.ts';

export const likes: OracleSum = { id: 'likes', value: sumOver('engagement', 'likes') };
