/** K16: net sales on days of campaign windows ÷ net sales of the period to now. Refunds count on their own day. */
import { sumOver, type OracleRatio } from './kpi.ts';

export const inWindows = sumOver(
  'money',
  'amount',
  'exists (select * from window_day w where w.q = money_cell.q and w.day = money_cell.day)',
);

export const campaignShare: OracleRatio = { id: 'campaign_share', numerator: inWindows, denominator: sumOver('money', 'amount') };
