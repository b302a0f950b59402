/**
 * K24 budget mix: spend ÷ the budget of the year, by line. The line without a value holds what is not spent on any line,
 * 未分配, so that the shares add up to 1.
 */
import { periodOf } from '../time/period.ts';
import { BUDGET } from './budget.ts';
import type { KpiContext, KpiDefinition, Part, TargetTerm } from './definition.ts';
import { fitting, none, ratio, ratioOf, term } from './figures.ts';

const spent = (factor = 1): Part => [term('spend', 'spend', 'amount', factor)];
const entries = (): Part => [term('spend', 'spend', 'entries')];

/** Of the whole, in the year the period begins in. */
function annual({ period }: KpiContext): TargetTerm {
  return { target: BUDGET, period: periodOf('year', period.from), share: 1, ofWhole: true };
}

export const budgetMix: KpiDefinition = {
  id: 'budget_mix',
  name: { zh: '预算结构', en: 'Budget mix' },
  formula: {
    zh: '各线（线上、线下、培训、其他）期内支出 ÷ 年度预算；其余为未分配。',
    en: 'Spend of the period by line (online, offline, training, other) ÷ the budget of the year; the rest is not allocated.',
  },
  version: 1,
  unit: 'ratio',
  most: 1,
  better: null,
  dimensions: ['line'],
  restOf: 'line',
  reads: ({ period }) => ({ spend: { ask: 'sums', family: 'spend', unit: 'day', from: period.from, to: period.to } }),
  ...ratioOf({
    numerator: () => spent(),
    denominator: (context) => [annual(context)],
    sample: entries,
    refine(figure, cell, context) {
      if (cell.dimension?.line !== null) return figure;
      const [left, budget] = [cell.part([annual(context), ...spent(-1)]), cell.part([annual(context)])];
      if (left === undefined || budget === undefined) return none('no_target', figure.sample, fitting(left ?? 0));
      return ratio(left, budget, figure.sample);
    },
  }),
};
