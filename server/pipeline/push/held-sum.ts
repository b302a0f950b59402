/**
 * The sums of one question, carried on by the rows of later commits. Rows that hold only after the moment the sums stand at
 * are kept aside until a question about a later moment takes them in (R21).
 */
import type { DimValue } from '../../domain/dim-value.ts';
import { addExact, type Exact } from '../../domain/ledger/exact.ts';
import { families } from '../../domain/ledger/registry.ts';
import type { LedgerRow } from '../../domain/ledger/row.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import type { SumQuestion, SumRow } from '../ports/ledger.ts';

/** A row with its business day and hour bucket, found once for all questions. */
export interface BucketedRow {
  readonly row: LedgerRow;
  readonly day: number;
  readonly hour: number;
}
/** Rows of one family with the buckets they span, so that a question about other times passes them by as a whole. */
export interface RowSpan {
  readonly family: LedgerRow['family'];
  readonly rows: BucketedRow[];
  /** Both ends belong to it. */
  readonly day: { first: number; last: number };
  readonly hour: { first: number; last: number };
}

export function rowSpans(rows: readonly LedgerRow[], calendar: Pick<Calendar, 'dayOf' | 'hourBucket'>): readonly RowSpan[] {
  const spans = new Map<string, RowSpan>();
  for (const row of rows) {
    const day = calendar.dayOf(row.at);
    const hour = calendar.hourBucket(row.at);
    let span = spans.get(row.family);
    if (!span) {
      span = { family: row.family, rows: [], day: { first: day, last: day }, hour: { first: hour, last: hour } };
      spans.set(row.family, span);
    }
    span.rows.push({ row, day, hour });
    span.day.first = Math.min(span.day.first, day);
    span.day.last = Math.max(span.day.last, day);
    span.hour.first = Math.min(span.hour.first, hour);
    span.hour.last = Math.max(span.hour.last, hour);
  }
  return [...spans.values()];
}

/** Sums of steps are asked of the ledger: what is held is asked again and again, and rows carry no step. */
export type HeldQuestion = SumQuestion & { readonly unit: 'day' | 'hour' };
export const isHeldUnit = (question: SumQuestion): question is HeldQuestion => question.unit !== 'step';

export interface HeldSum {
  /** Groups and rows aside: what it costs to keep. */
  size(): number;
  aside(): number;
  add(spans: readonly RowSpan[]): void;
  /** The sums at a moment (UTC ms), which then stand at it; undefined for a moment they have passed or do not reach. */
  at(asOf: number): readonly SumRow[] | undefined;
  /** Whether they can be carried on to a moment: rows that hold behind it may be unknown here. */
  reaches(asOf: number): boolean;
}

interface Group {
  readonly bucket: number | null;
  readonly dims: readonly DimValue[];
  readonly measures: Exact[];
}

/** What the ledger answered. */
interface AnsweredSum {
  /** UTC ms. */
  readonly asOf: number;
  readonly sums: readonly SumRow[];
  /** Up to where the rows ahead of it are known: `RowsAhead`. */
  readonly upTo: number;
}

export function holdSum(question: HeldQuestion, { asOf: standsAt, sums, upTo }: AnsweredSum): HeldSum {
  const { family, unit, from, to, perBucket } = question;
  const names: readonly string[] = families[family].dims;
  const by = question.by.map((dim) => names.indexOf(dim));
  const where = question.where.map(({ dim, value }) => ({ at: names.indexOf(dim), value }));
  const groups = new Map<string, Group>(sums.map((row) => [keyOf(row.bucket, row.dims), { ...row, measures: [...row.measures] }]));
  let asOf = standsAt;
  let ahead: BucketedRow[] = [];

  function take({ row, day, hour }: BucketedRow): void {
    const bucket = perBucket === true ? (unit === 'day' ? day : hour) : null;
    const dims = by.map((at) => row.dims[at] ?? null);
    const key = keyOf(bucket, dims);
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { bucket, dims, measures: row.measures.map(() => 0) }));
    let anything = false;
    for (let i = 0; i < group.measures.length; i++) {
      const sum = addExact(group.measures[i] ?? 0, row.measures[i] ?? 0);
      group.measures[i] = sum;
      anything ||= sum !== 0;
    }
    if (!anything) groups.delete(key);
  }

  return {
    size: () => groups.size + ahead.length,
    aside: () => ahead.length,
    add(spans) {
      for (const span of spans) {
        if (span.family !== family || span[unit].last < from || span[unit].first >= to) continue;
        for (const bucketed of span.rows) {
          const bucket = unit === 'day' ? bucketed.day : bucketed.hour;
          if (bucket < from || bucket >= to) continue;
          const { row } = bucketed;
          if (where.some(({ at, value }) => row.dims[at] !== value)) continue;
          if (row.since <= asOf) take(bucketed);
          else if (row.since <= upTo) ahead.push(bucketed);
        }
      }
    },
    reaches: (moment) => moment <= upTo,
    at(moment) {
      if (moment < asOf || moment > upTo) return undefined;
      asOf = moment;
      const later: BucketedRow[] = [];
      for (const row of ahead) {
        if (row.row.since <= moment) take(row);
        else later.push(row);
      }
      ahead = later;
      return [...groups.values()].map(({ bucket, dims, measures }) => ({ bucket, dims, measures: [...measures] }));
    },
  };
}

const keyOf = (bucket: number | null, dims: readonly DimValue[]): string =>
  dims.length === 0 ? String(bucket) : JSON.stringify([bucket, dims]);
