/** K20: reads + 5 · likes + 20 · shares. */
import { sumOver, type OracleSum } from './kpi.ts';

export const spreadIndex: OracleSum = { id: 'spread_index', value: sumOver('engagement', 'reads + 5 * likes + 20 * shares') };
