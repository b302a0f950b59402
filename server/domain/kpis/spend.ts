/** What KPIs of cost read: spend of the period, and parts of it. */
import type { KpiContext, Only, Part, SumRead } from './definition.ts';
import { term } from './figures.ts';

/** Dimensions that both spend and what it brought have. */
export const costDimensions = ['channel', 'campaign'] as const;

/** By kind, and by campaign too unless the question itself asks for it: one question serves every KPI of cost. */
export function spendRead({ period, dimensions }: Pick<KpiContext, 'period' | 'dimensions'>): SumRead {
  const also = dimensions.includes('campaign') ? (['kind'] as const) : (['kind', 'campaign'] as const);
  return { ask: 'sums', family: 'spend', unit: 'day', from: period.from, to: period.to, also };
}

/** Spend of a read named `spend`, all of it or the kinds of `only`. */
export const spentPart = (only?: Only, factor = 1): Part => [term('spend', 'spend', 'amount', factor, only)];

export const mediaOnly: Only = { dim: 'kind', values: new Set(['media']) };
