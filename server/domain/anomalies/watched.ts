/** The figures that are watched: of which rows of the ledger each is a sum, and which dimensions may have moved it. */
import type { anomalyKpis } from '../../../shared/kpi/anomalies.ts';
import type { Exact } from '../ledger/exact.ts';
import { families, type FamilyName } from '../ledger/registry.ts';
import type { Measure } from './scale.ts';

export interface Watched {
  readonly kpi: (typeof anomalyKpis)[number];
  readonly family: FamilyName;
  /** Judged every five minutes, or once a day has ended. */
  readonly every: 'step' | 'day';
  readonly measure: Measure;
  /** Measures that are added and those that are taken away. */
  readonly plus: readonly string[];
  readonly minus: readonly string[];
  /** Dimensions that may have moved it, the one people act on first. */
  readonly dims: readonly ('channel' | 'category' | 'region' | 'platform')[];
  /** Only rows of own brands count. */
  readonly ownBrands?: true;
}

export const watched: readonly Watched[] = [
  {
    kpi: 'net_sales',
    family: 'sales',
    every: 'step',
    measure: 'money',
    plus: ['paid'],
    minus: ['refunded'],
    dims: ['channel', 'category', 'region'],
  },
  // An order that is fully refunded later leaves the past, so that the past holds a little less than it did; the difference so far evens that out.
  { kpi: 'orders', family: 'sales', every: 'step', measure: 'count', plus: ['orders'], minus: [], dims: ['channel', 'region'] },
  {
    kpi: 'refunds',
    family: 'sales',
    every: 'step',
    measure: 'money',
    plus: ['refunded'],
    minus: [],
    dims: ['channel', 'category', 'region'],
  },
  { kpi: 'leads', family: 'leads', every: 'step', measure: 'count', plus: ['leads'], minus: [], dims: ['channel', 'region'] },
  {
    kpi: 'negative_mentions',
    family: 'mentions',
    every: 'step',
    measure: 'count',
    plus: ['negative'],
    minus: [],
    dims: ['platform'],
    ownBrands: true,
  },
  { kpi: 'organic_visits', family: 'organicVisits', every: 'day', measure: 'count', plus: ['organic'], minus: [], dims: ['channel'] },
];

/** The watched figure out of the sums of its family. */
export function figureOf({ family, plus, minus }: Watched, sums: readonly Exact[]): number {
  const names: readonly string[] = families[family].measures;
  const total = (of: readonly string[]): number => of.reduce((sum, name) => sum + Number(sums[names.indexOf(name)] ?? 0), 0);
  return total(plus) - total(minus);
}
