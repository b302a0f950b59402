/** K23: all spend of the period ÷ (budget × elapsed share), continuous (reading R23). */
import { overGoal, sumOver, type OracleFigure } from './kpi.ts';

const elapsed = 'least(1, greatest(0, cast(as_of - from_at as double) / cast(to_at - from_at as double)))';

export const budgetPacing: OracleFigure = {
  id: 'budget_pacing',
  figure: overGoal('budget', sumOver('spend', 'amount'), `goal.value * ${elapsed}`),
};
