/** A part of brand health (K19): mentions of the own brands against the previous like period at the same elapsed time. */
import { brandSet } from '../../../shared/text/brand-key.ts';
import { baseAsOf } from '../time/base-period.ts';
import { previousPeriod, type Period } from '../time/period.ts';
import type { Figure, KpiContext, KpiDefinition, Part, SumRead } from './definition.ts';
import { none, ratio, term } from './figures.ts';

const polarities = ['positive', 'neutral', 'negative', 'unscored'] as const;
const voices = (read: string, factor = 1): Part => polarities.map((measure) => term(read, 'mentions', measure, factor));

const ownRead = ({ brands }: KpiContext, period: Period): SumRead => ({
  ...({ ask: 'sums', family: 'mentions', unit: 'day', also: ['brand'] } as const),
  ...{ from: period.from, to: period.to, only: { dim: 'brand', values: brandSet(brands.own) } },
});

export const voiceTrend: Pick<KpiDefinition, 'reads' | 'compute'> = {
  reads(context) {
    const base = previousPeriod(context.period);
    const asOf = baseAsOf(context.calendar, context.period, base, context.asOf);
    return { now: ownRead(context, context.period), base: { ...ownRead(context, base), aside: true, ...(asOf !== undefined && { asOf }) } };
  },
  compute(cell, { brands }): Figure {
    if (brands.own.length === 0) return none('no_brand', 0);
    const base = cell.part(voices('base')) ?? 0;
    const figure = ratio(cell.part([...voices('now'), ...voices('base', -1)]) ?? 0, base, Number(base));
    return base === 0 ? { ...figure, reason: 'no_base' } : figure;
  },
};
