/** K17: (P − N) ÷ (P + N) of the own brands; no value below 30 of them (R18). */
import { sumOver, type OracleRatio } from './kpi.ts';

export const balance = sumOver('mention', "case polarity when 'positive' then 1 when 'negative' then -1 else 0 end", 'own');
export const polar = sumOver('mention', "case when polarity in ('positive', 'negative') then 1 else 0 end", 'own');

export const netSentiment: OracleRatio = {
  id: 'net_sentiment',
  numerator: balance,
  denominator: polar,
  reason: "case when d < 30 then 'small_sample' end",
};
