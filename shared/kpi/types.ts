/** The KPI API's shapes (contract, `GET /api/kpis`). */
export const grains = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type Grain = (typeof grains)[number];

/** Dimensions of KPIs over all families. */
export const kpiDimensions = ['channel', 'region', 'category', 'core', 'campaign', 'platform', 'line'] as const;
export type KpiDimension = (typeof kpiDimensions)[number];

export interface KpiPeriod {
  readonly grain: Grain;
  /** First business day and the day after the last, YYYY-MM-DD. */
  readonly start: string;
  readonly end: string;
}

/**
 * Why a figure has no value, or a weak one. `zero_target`: there is a target and it is 0; `negative_denominator`: there is no
 * ratio of a loss; `overflow`: a sum is beyond what a number holds exactly [I16]; `not_over`: the figure is one of a period that is over;
 * `not_added`: cells were put together whose figures cannot be added.
 */
export const kpiReasons = [
  'no_denominator',
  'negative_denominator',
  'small_sample',
  'no_target',
  'zero_target',
  'no_base',
  'no_brand',
  'no_campaign',
  'not_over',
  'overflow',
  'not_added',
] as const;
export type KpiReason = (typeof kpiReasons)[number];

/** `minor_per_…`: money in minor units for each of something. `score`: points of 100. */
export const kpiUnits = [
  'minor',
  'ratio',
  'count',
  'score',
  'minor_per_buyer',
  'minor_per_order',
  'minor_per_customer',
  'minor_per_lead',
] as const;
export type KpiUnit = (typeof kpiUnits)[number];

/**
 * live: the period runs; settling: it is over and still takes late facts as ordinary ones; closed: it is final; restated:
 * later facts changed a closed figure [I7].
 */
export const kpiStates = ['live', 'settling', 'closed', 'restated'] as const;
export type KpiState = (typeof kpiStates)[number];

/**
 * How a plan is spread over its period: by the shape of past days, `learnt`; by weights somebody set, `by_hand`; evenly in
 * time, `even`, for want of both.
 */
export const planCurves = ['learnt', 'by_hand', 'even'] as const;
export type PlanCurve = (typeof planCurves)[number];
/** Whose past says what days of nodes are worth in the plan of a part of the business: its own, or that of the whole. */
export const nodesFrom = ['own', 'whole'] as const;
type NodesFrom = (typeof nodesFrom)[number];

/** A part of a composed value. */
export interface KpiComponent {
  readonly kpi: string;
  readonly value: number | null;
  /** What the value scores, 0 … 100. */
  readonly points: number | null;
  readonly weight: number;
}

export interface KpiValue {
  readonly kpi: string;
  readonly period: KpiPeriod;
  readonly dimension: Readonly<Partial<Record<KpiDimension, string | null>>> | null;
  /** Money in minor units, ratios unrounded; null with a `reason`. */
  readonly value: number | null;
  readonly unit: KpiUnit;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly state: KpiState;
  /** With `restated`: what the value was when the period closed. */
  readonly closedValue?: number | null;
  /** How many things the value rests on. */
  readonly sample: number;
  readonly ruleVersion: number;
  readonly target?: number;
  readonly reason?: KpiReason;
  /** Share of what counts that is old enough to have come to its end, 0 … 1; below 1 the value is provisional. */
  readonly maturity?: number;
  /** Share of the sum for which what the formula needs is known (costs, identities), 0 … 1. */
  readonly coverage?: number;
  /** How many things were left out, such as clocks a false alarm lifted. */
  readonly excluded?: number;
  /** What a composed value is made of; parts without a value have no weight in it. */
  readonly components?: readonly KpiComponent[];
  /** How the plan that the figure is held against is spread. */
  readonly curve?: PlanCurve;
  readonly nodesFrom?: NodesFrom;
  /** Of the cell 其他: how many cells of the dimension it holds. */
  readonly others?: number;
}

export interface KpiAnswer {
  /** RFC 3339 in UTC. */
  readonly asOf: string;
  readonly timeZone: string;
  readonly values: readonly KpiValue[];
}
