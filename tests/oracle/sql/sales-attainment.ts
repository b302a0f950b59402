/** K2: K1 ÷ target of the period (R22). Pace and landing are learnt from history and stand in tests of their own. */
import { overGoal, sumOver, type OracleFigure } from './kpi.ts';

export const salesAttainment: OracleFigure = {
  id: 'sales_attainment',
  figure: overGoal('net_sales', sumOver('money', 'amount'), 'goal.value'),
};
