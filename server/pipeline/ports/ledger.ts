/**
 * What may be asked of the ledger: sums over its rows, exact distinct counts, the rows themselves. Answers see every
 * commit made before the question. A question that cannot be answered rejects with `Unavailable`, and nothing else is
 * affected: `ledger_behind` when the rows of earlier commits were not moved in time, `ledger_timeout` and `ledger_memory`
 * when the question was too heavy, `ledger_unavailable` while there is no engine.
 */
import { Unavailable } from './errors.ts';
import type { DimValue } from '../../domain/dim-value.ts';
import type { Exact } from '../../domain/ledger/exact.ts';
import type { Follower } from '../../domain/ledger/follower.ts';
import type { FamilyName } from '../../domain/ledger/registry.ts';
import type { Cause, LedgerRow } from '../../domain/ledger/row.ts';
import type { Silence } from '../../domain/silences.ts';
import type { ExplainPage, ExplainQuestion } from './ledger-explain.ts';

const faults = ['ledger_behind', 'ledger_timeout', 'ledger_memory', 'ledger_unavailable'] as const;
export type LedgerFault = (typeof faults)[number];
export const ledgerFaults: readonly LedgerFault[] = faults;

/** Which of these an error is; undefined for any other. */
export function ledgerFault(error: unknown): LedgerFault | undefined {
  return error instanceof Unavailable ? faults.find((code) => code === error.code) : undefined;
}

/** Cut of history (R21): event time ≤ `asOf`, received ≤ `knownAt`, both UTC ms; absent = everything. */
export interface AsOf {
  readonly asOf?: number;
  readonly knownAt?: number;
  /** Rows received behind `knownAt` that are seen all the same: those of some causes, up to an instant (R26). */
  readonly besides?: { readonly until: number; readonly causes: readonly Cause[] };
}

/** A cut through the rows of one family. */
export interface LedgerRange {
  readonly family: FamilyName;
  /** What `from` and `to` count: business days since 1970-01-01, business hours (day × 24 + hour of the wall clock), or steps of five minutes (`stepOf`). */
  readonly unit: 'day' | 'hour' | 'step';
  /** Half-open. */
  readonly from: number;
  readonly to: number;
  readonly where: readonly { readonly dim: string; readonly value: DimValue }[];
  /** Rows whose value of a dimension is not among those listed are left out. */
  readonly only?: readonly OneOf[];
  readonly cut?: AsOf;
}
export interface OneOf {
  readonly dim: string;
  readonly values: readonly DimValue[];
}

/** Sums of measures, by some dimensions. */
export interface SumQuestion extends LedgerRange {
  readonly ask: 'sums';
  /** Measures that are wanted; each costs time. Absent = all of the family. */
  readonly measures?: readonly string[];
  readonly by: readonly string[];
  /** A sum for each day, hour or step instead of one for the range. */
  readonly perBucket?: boolean;
}
export interface SumRow {
  /** Day, hour or step with `perBucket`, else null. */
  readonly bucket: number | null;
  /** Values of `by`, in its order. */
  readonly dims: readonly DimValue[];
  /** The family's measures, in its order; 0 for those that are not wanted. Groups of nothing but zeros are left out. */
  readonly measures: readonly Exact[];
}

/** How many different things have rows that sum above 0, by some dimensions. */
export interface DistinctQuestion extends LedgerRange {
  readonly ask: 'distinct';
  readonly by: readonly string[];
  /** What is counted: the rows' entities, or the values of a dimension (null is no value). */
  readonly of: string;
  /** The measure whose sum decides. */
  readonly measure: string;
  /** Asks for `onSeveralDays` too. */
  readonly severalDays?: true;
}
export interface DistinctRow {
  readonly dims: readonly DimValue[];
  /** Things whose rows of the range sum above 0. Groups with a count of 0 are left out. */
  readonly count: number;
  /** Those of them whose rows sum above 0 on two business days or more; 0 where the question does not ask for it. */
  readonly onSeveralDays: number;
}

/** Of the different things with rows of the range, how many something happened to afterwards, by some dimensions. */
export interface FollowedQuestion extends LedgerRange {
  readonly ask: 'followed';
  readonly by: readonly string[];
  /** The dimension whose values are the things; a thing is there while an entity's rows of one instant sum above 0. */
  readonly of: string;
  readonly measure: string;
  /** At least one. They are looked for at all times, within the cut. */
  readonly followers: readonly Follower[];
  /** What follows comes at the same instant or up to so many ms later. */
  readonly withinMs: number;
  /** Things whose last row of the range lies up to this instant (UTC ms) are settled: nothing may follow any more. */
  readonly settledUpTo: number;
}
export interface FollowedRow {
  readonly dims: readonly DimValue[];
  /** Groups with a count of 0 are left out. */
  readonly count: number;
  readonly followed: number;
  /** Those that some follower's family knows at all, whatever its conditions. */
  readonly known: number;
  readonly settled: number;
}

export type LedgerQuestion = SumQuestion | DistinctQuestion | FollowedQuestion;
export type LedgerAnswer<Q extends LedgerQuestion = LedgerQuestion> = Q extends SumQuestion
  ? readonly SumRow[]
  : Q extends DistinctQuestion
    ? readonly DistinctRow[]
    : Q extends FollowedQuestion
      ? readonly FollowedRow[]
      : never;

/** A row with its place in the ledger. */
export interface PlacedRow extends LedgerRow {
  /** Number of the block the row was written in; blocks are numbered by commit. */
  readonly position: number;
}
export interface RowsQuestion extends LedgerRange {
  /** Only rows in which this measure is not 0. */
  readonly measure?: string;
  readonly limit: number;
  /** `next` of the page before; absent = the first page. */
  readonly cursor?: string;
}
export interface RowsPage {
  /** Ordered by position, then by place within the block. */
  readonly rows: readonly PlacedRow[];
  /** null on the last page. */
  readonly next: string | null;
}

/** What rows received in (`after`, `until`] add, by cause. */
export interface ChangesQuestion extends LedgerRange {
  readonly by: readonly string[];
  /** UTC ms. */
  readonly after: number;
  readonly until: number;
  /** Counts only changes that moved the group in one of these measures; absent = all that have a row in it. */
  readonly moved?: readonly string[];
}
export interface ChangeRow {
  readonly dims: readonly DimValue[];
  readonly cause: Cause;
  /** When the newest of the rows was received, UTC ms. */
  readonly received: number;
  /** Different changes: an entity received at one instant counts once. */
  readonly count: number;
  readonly measures: readonly Exact[];
}

/** Sums of one state of the ledger, with what it takes to carry them on by the rows of later commits. */
export interface SumsAt {
  /** Number of the newest block the sums see. */
  readonly position: number;
  /** In the order of the questions. */
  readonly sums: readonly (readonly SumRow[])[];
  /** For each question its rows that hold only after `asOf`, which are not in the sums yet. */
  readonly ahead: readonly RowsAhead[];
}
/** Behind a moment of last month lie weeks of rows: those that hold first are enough to carry a sum on for a while. */
export interface RowsAhead {
  readonly rows: readonly LedgerRow[];
  /** Instant (`since`, UTC ms) up to which these are all there are; Infinity where none holds later. */
  readonly upTo: number;
}

/** When rows of a family happened: at their receipt where it came within `liveWithinMs`, else at their own time. */
export interface SilencesQuestion {
  readonly family: FamilyName;
  /** Half-open, UTC ms. */
  readonly from: number;
  readonly to: number;
  readonly liveWithinMs: number;
}

export interface LedgerReads {
  /** Answers in the order of the questions, all from one state of the ledger. */
  ask<const Q extends readonly LedgerQuestion[]>(questions: Q): Promise<{ readonly [I in keyof Q]: LedgerAnswer<Q[I]> }>;
  /** Sums over the rows with `since` ≤ `asOf` (UTC ms), all from one state, and at most `most` rows ahead of each. The questions carry no cut of their own. */
  sumsAt(questions: readonly SumQuestion[], asOf: number, most: number): Promise<SumsAt>;
  /** The different instants behind `asOf` from which rows of a family hold, in order and at most so many. */
  instantsAhead(family: FamilyName, asOf: number, most: number): Promise<readonly number[]>;
  rows(question: RowsQuestion): Promise<RowsPage>;
  changes(question: ChangesQuestion): Promise<readonly ChangeRow[]>;
  /** The gaps between the instants at which rows happened, by hour of the week and in its order. */
  silences(question: SilencesQuestion): Promise<readonly Silence[]>;
  /** A page of what a sum is made of, and answers to other questions from the same state of the ledger. */
  explain(
    question: ExplainQuestion,
    beside: readonly LedgerQuestion[],
  ): Promise<{ readonly page: ExplainPage; readonly beside: readonly LedgerAnswer[] }>;
}

export interface LedgerStatus {
  /**
   * `opening`: its file is being opened, and whether it must be written anew is not known yet. `ready`: answers at once.
   * `catching_up`: rows of earlier commits are still being moved. `rebuilding`: the ledger is written anew from the facts.
   * `unavailable`: its engine cannot be started; `detail` says why.
   */
  readonly state: 'opening' | 'ready' | 'catching_up' | 'rebuilding' | 'unavailable';
  /** Number of the newest block that questions see, and of the newest committed one. */
  readonly position: number;
  readonly head: number;
  /** While rebuilding: entities done and, where known, of how many. */
  readonly done?: number;
  readonly total?: number;
  /** Bytes of its files on disk, where it has any. */
  readonly bytes?: number;
  readonly detail: string;
}

export interface Ledger extends LedgerReads {
  status(): LedgerStatus;
  /** Tells that a commit wrote this block: questions asked from now on see it. */
  advance(position: number): void;
}
