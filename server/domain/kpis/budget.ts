/**
 * K23 budget pacing: spend ÷ planned spend to now, on an even curve (R23); the budget is the target `budget` of the period
 * and cell. Projection: spend to now + the recent run-rate × what is left of the period.
 */
import type { KpiContext, KpiDefinition, Part, SumRead } from './definition.ts';
import { amount, fitting, none, ratioOf, term } from './figures.ts';

/** Targets of this name are no KPI's: they are what spend is held against. */
export const BUDGET = 'budget';
export const budgetDimensions = ['channel', 'campaign', 'line'] as const;

/**
 * The run-rate is that of so many business days up to now, or of the part of the period that is over where that is shorter:
 * within a month, of the whole month so far.
 */
const RECENT_DAYS = 31;

const spent = (read = 'spend'): Part => [term(read, 'spend', 'amount')];

const entries = (): Part => [term('spend', 'spend', 'entries')];

function spendOf(from: number, to: number): SumRead {
  return { ask: 'sums', family: 'spend', unit: 'day', from, to };
}

export const budgetPacing: KpiDefinition = {
  id: 'budget_pacing',
  name: { zh: '预算进度', en: 'Budget pacing' },
  formula: { zh: '期内支出 ÷（预算 × 已过时间占比）。', en: 'Spend of the period ÷ (its budget × elapsed share of the period).' },
  version: 1,
  unit: 'ratio',
  better: null,
  dimensions: budgetDimensions,
  cellsOfTargets: BUDGET,
  reads: ({ period }) => ({ spend: spendOf(period.from, period.to) }),
  ...ratioOf({
    numerator: () => spent(),
    denominator: ({ period, elapsed }) => [{ target: BUDGET, period, share: elapsed }],
    sample: () => entries(),
  }),
};

export const budgetProjection: KpiDefinition = {
  id: 'budget_projection',
  name: { zh: '预算预计支出', en: 'Projected spend' },
  formula: {
    zh: '截至此刻的支出 + 近期日均支出（最近 31 个业务日，期间更短时取期初至今）× 剩余时间。',
    en: 'Spend to now + the recent run-rate (of the last 31 business days, or of the period so far where that is shorter) × the time that is left.',
  },
  version: 1,
  unit: 'minor',
  better: null,
  dimensions: budgetDimensions,
  cellsOfTargets: BUDGET,
  reads: (context) => {
    const { period, elapsed } = context;
    const spend = spendOf(period.from, period.to);
    return elapsed >= 1 ? { spend } : { spend, recent: spendOf(recentFrom(context), period.to) };
  },
  compute(cell, context) {
    const { calendar, period, asOf, elapsed } = context;
    const things = Number(cell.part(entries()) ?? 0);
    const actual = fitting(cell.part(spent()) ?? 0);
    if (actual === null) return none('overflow', things);
    if (elapsed >= 1) return amount(actual, things);
    const since = calendar.startOfDay(recentFrom(context));
    if (asOf <= since) return none('no_base', things);
    const recent = fitting(cell.part(spent('recent')) ?? 0);
    if (recent === null) return none('overflow', things);
    const left = calendar.startOfDay(period.to) - asOf;
    return { value: actual + (recent * left) / (asOf - since), numerator: null, denominator: null, sample: things };
  },
};

function recentFrom({ calendar, period, asOf }: KpiContext): number {
  return Math.max(period.from, calendar.dayOf(asOf) - RECENT_DAYS + 1);
}
