/**
 * What a KPI is: its words, which dimensions it has, what it asks of the ledger, and how a value follows from the
 * answers. Definitions are pure; whoever evaluates them does the asking, once for all KPIs of a call that need the same.
 */
import type { KpiComponent, Grain, KpiDimension, KpiState, KpiValue, PlanCurve } from '../../../shared/kpi/types.ts';
import type { Readings } from '../../../shared/kpi/readings.ts';
import type { Policies } from '../../../shared/kpi/targets.ts';
import type { DimValue } from '../dim-value.ts';
import type { ClockCounts, ClocksQuestion } from './clock-counts.ts';
import type { Exact } from '../ledger/exact.ts';
import type { Follower } from '../ledger/follower.ts';
import type { DimensionOf, FamilyName, MeasureOf } from '../ledger/registry.ts';
import type { TargetBook } from '../targets/book.ts';
import type { CampaignBook } from '../targets/campaign-windows.ts';
import type { ReadingsBook } from '../targets/readings-book.ts';
import type { Calendar } from '../time/calendar.ts';
import type { Period } from '../time/period.ts';

/** Sums of a family's measures over a half-open range of buckets, grouped by the asked dimension and `also`. */
export interface SumRead {
  readonly ask: 'sums';
  readonly family: FamilyName;
  /** The measures it needs: whatever else is there is not summed, and a cell of nothing but other measures is no cell. Absent = all. */
  readonly measures?: readonly MeasureOf<FamilyName>[];
  /** What `from` and `to` count: business days, or business hours (day × 24 + hour). */
  readonly unit: 'day' | 'hour';
  readonly from: number;
  readonly to: number;
  readonly also?: readonly DimensionOf<FamilyName>[];
  /** A row for each day or hour instead of one for the range. */
  readonly perBucket?: true;
  /** Rows whose value of this `also` dimension is not in the set are left out. */
  readonly only?: Only;
  /** A read of other times or things: a cell found only here is no cell of the answer. */
  readonly aside?: boolean;
  /** The whole business, whatever slice of it is asked: every cell is given the same rows. Always aside. */
  readonly ofWhole?: true;
  /** Event time up to which this read looks, UTC ms, where that is earlier than the question's: the base of a comparison. */
  readonly asOf?: number;
}

/** How many different things have rows of a range of days that sum above 0. */
export interface DistinctRead {
  readonly ask: 'distinct';
  readonly family: FamilyName;
  readonly from: number;
  readonly to: number;
  /** The rows' entities, or the values of a dimension. */
  readonly of: 'entity' | DimensionOf<FamilyName>;
  readonly measure: MeasureOf<FamilyName>;
  /** Counts also those of two days or more, which costs about twice as much. */
  readonly severalDays?: true;
  /** As for sums. */
  readonly aside?: boolean;
  readonly asOf?: number;
}

/** Of the different things with rows in a range of days, those that something happened to afterwards. */
export interface FollowedRead {
  readonly ask: 'followed';
  readonly family: FamilyName;
  readonly from: number;
  readonly to: number;
  /** The dimension whose values are the things. */
  readonly of: DimensionOf<FamilyName>;
  readonly measure: MeasureOf<FamilyName>;
  /** Conditions besides those of the question. */
  readonly where: readonly { readonly dim: DimensionOf<FamilyName>; readonly value: DimValue }[];
  readonly followers: readonly Follower[];
  readonly withinMs: number;
  /** UTC ms: see `FollowedCount.settled`. */
  readonly settledUpTo: number;
  /** As for sums. */
  readonly aside?: boolean;
  readonly asOf?: number;
}
export type Read = SumRead | DistinctRead | FollowedRead;

/** Which rows a term takes of its read: those whose value of one of the read's `also` dimensions is in a set. */
export interface Only {
  readonly dim: string;
  readonly values: { has(value: DimValue): boolean };
}

/** A measure summed over the rows of a read, times a whole number. */
export interface SumTerm {
  readonly read: string;
  readonly family: FamilyName;
  readonly measure: string;
  readonly factor: number;
  readonly only?: Only;
}
/** How many things a distinct read or one of what follows counts. */
export interface CountTerm {
  readonly read: string;
  readonly count: 'all' | 'onSeveralDays' | 'followed';
  readonly factor: number;
}
/**
 * A target in force for the cell, or for the whole, times a share of it, which may be learnt from what was read. Facts have
 * no part in the sum.
 */
export interface TargetTerm {
  readonly target: string;
  readonly period: Period;
  readonly share: number | ((cell: Pick<CellInput, 'rows'>) => number);
  /** The target of the whole, whatever the cell. */
  readonly ofWhole?: true;
}
export type Term = SumTerm | CountTerm | TargetTerm;

/** What a value, a numerator or a denominator is the sum of: so it can be opened to the events behind it. */
export type Part = readonly Term[];
export type Parts = { readonly value: Part } | { readonly numerator: Part; readonly denominator: Part };

export interface CellSum {
  /** Day or hour of a read `perBucket`. */
  readonly bucket?: number | null;
  /** Values of the read's `also`, in its order. */
  readonly also: readonly DimValue[];
  /** In the order of the family. */
  readonly measures: readonly Exact[];
}
export interface Distinct {
  readonly count: number;
  /** Those of them that count on two business days or more. */
  readonly onSeveralDays: number;
}
export interface FollowedCount {
  readonly count: number;
  readonly followed: number;
  /** Those that anything that may follow knows at all. */
  readonly known: number;
  /** Those nothing can follow any more that would count. */
  readonly settled: number;
}

export interface KpiContext {
  readonly calendar: Calendar;
  readonly period: Period;
  /** UTC ms. */
  readonly asOf: number;
  /** How final the figures of the period are at the moment asked for. */
  readonly state: Exclude<KpiState, 'restated'>;
  /** Elapsed share of the period at `asOf`. */
  readonly elapsed: number;
  readonly brands: Policies['brands'];
  readonly targets: TargetBook;
  readonly campaigns: CampaignBook;
  /** The readings in force for the period. */
  readonly readings: Readings;
  /** The readings in force for other periods, such as the base of a comparison. */
  readonly readingsBook: ReadingsBook;
  /** Dimensions the question names, by `by` or `where`. */
  readonly dimensions: readonly string[];
}

/** One cell of the answer: what was read for it, by the names the definition gave its reads. */
export interface CellInput {
  /** What the cell is of; null = the whole. */
  readonly dimension: KpiValue['dimension'];
  rows(read: string): readonly CellSum[];
  distinct(read: string): Distinct;
  followed(read: string): FollowedCount;
  /** Of the clocks the definition asks about. */
  clocks(): ClockCounts;
  /** The sum of the terms; undefined where a target they name is not set. */
  part(part: Part): Exact | undefined;
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
  /** Share of what counts that is old enough to have come to its end, 0 … 1. */
  readonly maturity?: number;
  /** Share of the sum for which what the formula needs is known (costs, identities), 0 … 1. */
  readonly coverage?: number;
  /** How many things were left out. */
  readonly excluded?: number;
  /** What the value is composed of. */
  readonly components?: readonly KpiComponent[];
  /** How the plan that a figure is held against is spread over its period. */
  readonly curve?: PlanCurve;
  /** Of a part of the business: whose past says what the days of nodes in that plan are worth. */
  readonly nodesFrom?: NonNullable<KpiValue['nodesFrom']>;
}

/** Words in the languages the pages speak. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

export interface KpiDefinition {
  readonly id: string;
  readonly name: Words;
  /** The formula in words. */
  readonly formula: Words;
  /** Rises when the formula or a reading changes what a value means (R1–R28). */
  readonly version: number;
  /** Fields of the readings that a value depends on: every version of the readings then gives the value another rule version. */
  readonly readings?: readonly (keyof Readings)[];
  readonly unit: KpiValue['unit'];
  /** A target above it is a slip, such as 60 for 60 %; absent where a value may be as high as it likes. */
  readonly most?: number;
  /** Which way is good; null where neither is. */
  readonly better: 'up' | 'down' | null;
  readonly dimensions: readonly KpiDimension[];
  reads(context: KpiContext): Readonly<Record<string, Read>>;
  /** Clocks it asks about, by their deadlines: they are no rows of the ledger. UTC ms. */
  clocks?(context: KpiContext): Pick<ClocksQuestion, 'from' | 'to'>;
  /** What `parts` are of; absent where a definition says nothing of it. */
  readonly shape?: 'sum' | 'ratio';
  /** The target of the whole by grain, where nobody has set one. */
  readonly defaultTargets?: Readonly<Partial<Record<Grain, number>>>;
  /** Rests on the plans of campaigns, which are read for it. */
  readonly ofCampaignPlans?: true;
  /** Absent where the figure is no sum and no ratio of sums, such as a forecast. */
  parts?(context: KpiContext): Parts;
  compute(cell: CellInput, context: KpiContext): Figure;
  /** Cells that have a target of this KPI are cells of the answer too. */
  readonly cellsOfTargets?: string;
  /** Of this dimension the cell without a value holds what the other cells leave of the whole; it is given the rows of all cells. */
  readonly restOf?: KpiDimension;
}
