/** K16 ÷ target of the period. */
import { inWindows } from './campaign-share.ts';
import { overGoal, type OracleFigure } from './kpi.ts';

export const campaignShareOfTarget: OracleFigure = {
  id: 'campaign_share_of_target',
  figure: overGoal('net_sales', inWindows, 'goal.value'),
};
