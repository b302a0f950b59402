/**
 * What sales are held against where few teams set a target for every period: the period's own
 * target, else its even share of the nearest longer period that has one. K2 asks for the very
 * target only [R22]; what is derived here is shown on the wall, marked as such.
 */
import type { Grain } from '../../../shared/kpi/types.ts';
import type { DimValue } from '../dim-value.ts';
import type { Calendar } from '../time/calendar.ts';
import { periodOf, type Period } from '../time/period.ts';
import type { TargetBook } from './book.ts';

export interface Plan {
  /** Minor units; a share need not be whole. */
  readonly value: number;
  /** The period's own target, or the longer period it is an even share of. */
  readonly basis: 'own' | 'month_share' | 'quarter_share' | 'year_share';
}

const longer = { day: ['month', 'quarter', 'year'], month: ['quarter', 'year'], quarter: ['year'] } as const;
export type PlannedGrain = keyof typeof longer;
export const isPlannedGrain = (grain: Grain): grain is PlannedGrain => grain in longer;

/** The periods whose target may be the plan of the period that holds `day`: itself, then those it is a share of. */
export function plannedBy(grain: Grain, day: number): readonly Period[] {
  return [grain, ...(isPlannedGrain(grain) ? longer[grain] : [])].map((whole) => periodOf(whole, day));
}

/** The plan of the period of this grain that holds `day`; null when no target says anything about it. */
export function salesPlan(
  book: TargetBook,
  calendar: Calendar,
  grain: PlannedGrain,
  day: number,
  dimension?: Readonly<Record<string, DimValue>>,
): Plan | null {
  const period = periodOf(grain, day);
  const own = book.value({ kpi: 'net_sales', grain, period: period.name, dimension });
  if (own !== undefined) return { value: own, basis: 'own' };
  for (const whole of longer[grain]) {
    const { name, from, to } = periodOf(whole, day);
    const target = book.value({ kpi: 'net_sales', grain: whole, period: name, dimension });
    if (target === undefined) continue;
    return { value: (target * length(calendar, period.from, period.to)) / length(calendar, from, to), basis: `${whole}_share` };
  }
  return null;
}

/** ms; a day with a change of clocks is shorter or longer. */
const length = (calendar: Calendar, from: number, to: number) => calendar.startOfDay(to) - calendar.startOfDay(from);
