/** Mentions of the own brands: no KPI by themselves, their growth is a part of K19. */
import { sumOver, type OracleSum } from './kpi.ts';

export const ownMentions: OracleSum = { id: 'own_mentions', value: sumOver('mention', '1', 'own') };
