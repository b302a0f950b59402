/** K16 ÷ net sales of the whole period, once it is over. */
import { inWindows } from './campaign-share.ts';
import { sumOver, type OracleRatio } from './kpi.ts';

export const campaignShareFinal: OracleRatio = {
  id: 'campaign_share_final',
  numerator: inWindows,
  denominator: sumOver('money', 'amount'),
  reason: "case when as_of < to_at then 'not_over' when true then no_quotient(d) end",
};
