/**
 * What a sum over the ledger is made of: its terms netted by entity, so that the amounts of all entities add up to the
 * sum. An entity whose rows net to 0 is not listed.
 */
import type { Exact } from '../../domain/ledger/exact.ts';
import type { Cause, EntityKind } from '../../domain/ledger/row.ts';
import type { LedgerRange } from './ledger.ts';

/** Measures summed over the rows of a range, each times a whole number. */
export interface ExplainedSum extends LedgerRange {
  readonly ask: 'sums';
  readonly weights: readonly { readonly measure: string; readonly factor: number }[];
}
/** The things a distinct count counts, each of them as `factor`. */
export interface ExplainedCount extends LedgerRange {
  readonly ask: 'distinct';
  /** The rows' entities, or the values of a dimension. */
  readonly of: string;
  readonly measure: string;
  readonly count: 'all' | 'onSeveralDays';
  readonly factor: number;
}
export type ExplainedTerm = ExplainedSum | ExplainedCount;

/** Where a page begins: behind this entity, in the order of the pages. */
export interface ExplainPlace {
  readonly received: number;
  readonly kind: string;
  readonly entity: string;
}

export interface ExplainQuestion {
  readonly terms: readonly ExplainedTerm[];
  readonly limit: number;
  /** Absent = the first page. */
  readonly after?: ExplainPlace;
  /** Asks for the totals too, which costs a look at every row. */
  readonly totals: boolean;
}

export interface ExplainedRow {
  /** The kind of the rows' entity; of a counted value of a dimension, the dimension's name. */
  readonly kind: string;
  readonly entity: string;
  readonly amount: Exact;
  /** Of the row received last: whose it is, when it belongs, from when it holds, when it was received and why. */
  readonly latest: {
    readonly kind: EntityKind;
    readonly entity: string;
    readonly at: number;
    readonly since: number;
    readonly received: number;
    readonly cause: Cause;
  };
}
export interface ExplainPage {
  /** Ordered by when the latest row was received, newest first, then by kind and entity. */
  readonly rows: readonly ExplainedRow[];
  readonly next: ExplainPlace | null;
  /** Of all pages; `received` is that of the newest row of the ranges, whatever its values, null where there is none: a cut there shows the same again. */
  readonly totals?: { readonly sum: Exact; readonly count: number; readonly received: number | null };
}
