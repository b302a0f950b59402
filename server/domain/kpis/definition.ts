/**
 * What a KPI is: which dimensions it has, what it needs read, and how a value
 * follows from what was read. Definitions are pure; the service does the reading,
 * once for all KPIs of a call that need the same.
 */
import type { KpiDimension, KpiValue } from '../../../shared/kpi/types.ts';
import type { Policies } from '../../../shared/kpi/targets.ts';
import type { CellFamily } from '../cells.ts';
import type { DimValue } from '../dim-value.ts';
import type { TargetBook } from '../targets/book.ts';
import type { Calendar } from '../time/calendar.ts';
import type { Period } from '../time/period.ts';

/** A read over a half-open range of buckets, grouped by the asked dimension and `also`. */
export type Read =
  | {
      readonly source: 'cells';
      readonly family: CellFamily;
      readonly from: number;
      readonly to: number;
      readonly also?: readonly string[];
      /** Rows whose value of this `also` dimension is not in the set are left out. */
      readonly only?: { readonly dim: string; readonly values: { has(value: DimValue): boolean } };
      /** A read of other times or things: a cell found only here is no cell of the answer. */
      readonly aside?: boolean;
    }
  | { readonly source: 'orders'; readonly from: number; readonly to: number };

export interface CellSum {
  /** Values of the read's `also`, in its order. */
  readonly also: readonly DimValue[];
  readonly measures: readonly number[];
}
/** Exact counts over orders paid in a range; see `OrderCounts` of the store port. */
export interface OrderFigures {
  readonly orders: number;
  readonly buyers: number;
  readonly customers: number;
  readonly repeatCustomers: number;
  readonly repeatOrders: number;
}

export interface KpiContext {
  readonly calendar: Calendar;
  readonly period: Period;
  /** UTC ms. */
  readonly asOf: number;
  /** Elapsed share of the period at `asOf`. */
  readonly elapsed: number;
  readonly brands: Policies['brands'];
  readonly targets: TargetBook;
  /** Dimensions the question names, by `by` or `where`. */
  readonly dimensions: readonly string[];
}

/** One cell of the answer: what was read for it, by the names the definition gave its reads. */
export interface CellInput {
  rows(read: string): readonly CellSum[];
  counts(read: string): OrderFigures;
  /** The target in force for this cell. */
  target(kpi: string, period: Period): number | undefined;
  /** What net sales of a period are held against: its target, else what follows from a longer one's. */
  plan(period: Period): number | undefined;
}

export interface Figure {
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly sample: number;
  readonly reason?: NonNullable<KpiValue['reason']>;
}

export interface KpiDefinition {
  readonly id: string;
  readonly unit: KpiValue['unit'];
  readonly dimensions: readonly KpiDimension[];
  reads(context: KpiContext): Readonly<Record<string, Read>>;
  compute(cell: CellInput, context: KpiContext): Figure;
  /** Cells that have a target of this KPI are cells of the answer too. */
  readonly cellsOfTargets?: string;
}

/** Rises when a formula or a reading changes its meaning (R1–R25). */
export const RULE_VERSION = 1;
