/**
 * The sums of one question, carried on by the rows of later commits. Rows that hold only after the moment the sums stand at
 * are kept aside until a question about a later moment takes them in (R21).
 */
import type { DimValue } from '../../domain/dim-value.ts';
import { addExact, type Exact } from '../../domain/ledger/exact.ts';
import { families } from '../../domain/ledger/registry.ts';
import type { LedgerRow } from '../../domain/ledger/row.ts';
import type { SumQuestion, SumRow } from '../ports/ledger.ts';

/** A row with its business day and hour bucket, found once for all questions. */
export interface BucketedRow {
  readonly row: LedgerRow;
  readonly day: number;
  readonly hour: number;
}

export interface HeldSum {
  /** Groups and rows aside: what it costs to keep. */
  size(): number;
  aside(): number;
  add(row: BucketedRow): void;
  /** The sums at a moment (UTC ms), which then stand at it; undefined for a moment they have passed. */
  at(asOf: number): readonly SumRow[] | undefined;
}

interface Group {
  readonly bucket: number | null;
  readonly dims: readonly DimValue[];
  readonly measures: Exact[];
}

/** `sums`: what the ledger answered at `standsAt`, UTC ms. */
export function holdSum(question: SumQuestion, standsAt: number, sums: readonly SumRow[]): HeldSum {
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
    const group = groups.get(key) ?? { bucket, dims, measures: row.measures.map(() => 0) };
    row.measures.forEach((measure, i) => (group.measures[i] = addExact(group.measures[i] ?? 0, measure)));
    if (group.measures.every((measure) => measure === 0)) groups.delete(key);
    else groups.set(key, group);
  }

  return {
    size: () => groups.size + ahead.length,
    aside: () => ahead.length,
    add(bucketed) {
      const { row } = bucketed;
      const bucket = unit === 'day' ? bucketed.day : bucketed.hour;
      if (row.family !== family || bucket < from || bucket >= to) return;
      if (where.some(({ at, value }) => row.dims[at] !== value)) return;
      if (row.since <= asOf) take(bucketed);
      else ahead.push(bucketed);
    },
    at(moment) {
      if (moment < asOf) return undefined;
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
