/** The KPI API's shapes (contract, `GET /api/kpis`). */
export const grains = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Grain = (typeof grains)[number];

/** Dimensions of KPIs over all families. */
export const kpiDimensions = ['channel', 'region', 'category', 'core', 'campaign', 'platform'] as const;
export type KpiDimension = (typeof kpiDimensions)[number];

export interface KpiPeriod {
  readonly grain: Grain;
  /** First business day and the day after the last, YYYY-MM-DD. */
  readonly start: string;
  readonly end: string;
}

export interface KpiValue {
  readonly kpi: string;
  readonly period: KpiPeriod;
  readonly dimension: Readonly<Partial<Record<KpiDimension, string | null>>> | null;
  /** Money in minor units, ratios unrounded; null with a `reason`. */
  readonly value: number | null;
  readonly unit: 'minor' | 'ratio' | 'count' | 'minor_per_buyer' | 'minor_per_order';
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** live: the period runs; settling: ended less than 48 h ago; closed: later. */
  readonly state: 'live' | 'settling' | 'closed';
  /** How many things the value rests on. */
  readonly sample: number;
  readonly ruleVersion: number;
  readonly target?: number;
  /** `overflow`: a sum is beyond what a number holds exactly [I16]. */
  readonly reason?: 'no_denominator' | 'small_sample' | 'no_target' | 'no_base' | 'no_brand' | 'overflow';
}

export interface KpiAnswer {
  /** RFC 3339 in UTC. */
  readonly asOf: string;
  readonly timeZone: string;
  readonly values: readonly KpiValue[];
}
