/**
 * The target book as the wall reads it: where no target was set for a period of net sales, its even share of the nearest
 * longer period's target stands in for it. KPIs asked over this book hold sales against what the wall shows as plan.
 */
import type { KpiPeriod } from '../../../shared/kpi/types.ts';
import type { DimValue } from '../dim-value.ts';
import type { Calendar } from '../time/calendar.ts';
import { parsePeriod } from '../time/period.ts';
import { targetKey, type TargetBook } from './book.ts';
import { isPlannedGrain, plannedBy, salesPlan } from './sales-plan.ts';

export function planBook(book: TargetBook, calendar: Calendar): TargetBook {
  const firstDay = (grain: KpiPeriod['grain'], period: string): number | undefined => parsePeriod(grain, period)?.from;

  return {
    curve: (kpi, grain, period) => book.curve(kpi, grain, period),
    value(place) {
      const own = book.value(place);
      const day = firstDay(place.grain, place.period);
      if (own !== undefined || place.kpi !== 'net_sales' || day === undefined || !isPlannedGrain(place.grain)) return own;
      return salesPlan(book, calendar, place.grain, day, given(place.dimension))?.value;
    },
    dimensions(kpi, grain, period) {
      const day = firstDay(grain, period);
      if (kpi !== 'net_sales' || day === undefined) return book.dimensions(kpi, grain, period);
      const all = plannedBy(grain, day).flatMap((whole) => book.dimensions(kpi, whole.grain, whole.name));
      return [...new Map(all.map((dimension) => [targetKey({ kpi, grain, period, dimension }), dimension])).values()];
    },
  };
}

function given(dimension: Readonly<Record<string, DimValue | undefined>> | null | undefined): Record<string, DimValue> {
  const values: Record<string, DimValue> = {};
  for (const [name, value] of Object.entries(dimension ?? {})) if (value !== undefined) values[name] = value;
  return values;
}
