/**
 * Rows of the ledger as one text. Columns instead of rows: most of a column repeats or differs little from the value
 * before, which JSON writes short and compression removes; and the JSON writer of the engine beats any code of ours.
 */
import type { DimValue } from '../../domain/dim-value.ts';
import { families, type FamilyName } from '../../domain/ledger/registry.ts';
import { causes, type Cause, type EntityKind, type LedgerRow } from '../../domain/ledger/row.ts';

/** Values and how often each stands one after another: [value, times, value, times, …]. */
type Runs = (string | number)[];

interface Columns {
  readonly family: Runs;
  readonly kind: Runs;
  readonly received: Runs;
  readonly cause: Runs;
  /** 0 = the same as in the row before. */
  readonly entity: (string | 0)[];
  /** Difference to the row before. */
  readonly at: number[];
  /** Difference to the row's `at`. */
  readonly since: number[];
  /** By place: a row whose family has fewer adds nothing to the later ones. */
  readonly dims: DimValue[][];
  readonly measures: number[][];
}

export function encodeRows(rows: readonly LedgerRow[]): string {
  const columns: Columns = { family: [], kind: [], received: [], cause: [], entity: [], at: [], since: [], dims: [], measures: [] };
  let entity = '';
  let at = 0;
  let first = true;
  for (const row of rows) {
    addRun(columns.family, row.family);
    addRun(columns.kind, row.kind);
    addRun(columns.received, row.received);
    addRun(columns.cause, row.cause);
    columns.entity.push(row.entity === entity && !first ? 0 : row.entity);
    columns.at.push(row.at - at);
    columns.since.push(row.since - row.at);
    addCells(columns.dims, row.dims);
    addCells(columns.measures, row.measures);
    ({ entity, at } = row);
    first = false;
  }
  return JSON.stringify(columns);
}

function addRun(runs: Runs, value: string | number): void {
  const times = runs.length - 1;
  if (times > 0 && runs[times - 1] === value) runs[times] = Number(runs[times]) + 1;
  else runs.push(value, 1);
}

function addCells<T>(columns: T[][], cells: readonly T[]): void {
  for (let i = 0; i < cells.length; i++) (columns[i] ??= []).push(cells[i] as T);
}

/** Rows of a family or a cause that this program does not know throw: a ledger without them would be wrong. */
export function decodeRows(text: string): LedgerRow[] {
  const columns = JSON.parse(text) as Columns;
  const family = runReader(columns.family, familyOf);
  const kind = runReader(columns.kind, (value) => value as EntityKind);
  const received = runReader(columns.received, Number);
  const cause = runReader(columns.cause, causeOf);
  const dims = columns.dims.map(cellReader);
  const measures = columns.measures.map(cellReader);
  let entity = '';
  let at = 0;
  return columns.entity.map((one, i) => {
    const name = family();
    if (one !== 0) entity = one;
    at += numberAt(columns.at, i);
    return {
      family: name,
      kind: kind(),
      entity,
      at,
      since: at + numberAt(columns.since, i),
      dims: families[name].dims.map((_, d) => dims[d]?.() ?? null),
      measures: families[name].measures.map((_, m) => measures[m]?.() ?? 0),
      received: received(),
      cause: cause(),
    };
  });
}

function runReader<T>(runs: Runs, read: (value: string | number) => T): () => T {
  let next = 0;
  let left = 0;
  let value: T | undefined;
  return () => {
    if (left === 0) {
      value = read(runs[next] ?? '');
      left = Number(runs[next + 1]);
      next += 2;
    }
    left--;
    return value as T;
  };
}

function cellReader<T>(column: readonly T[]): () => T | undefined {
  let next = 0;
  return () => column[next++];
}

function numberAt(column: readonly number[], i: number): number {
  const value = column[i];
  if (value === undefined) throw new Error('a block of ledger rows is cut short');
  return value;
}

function familyOf(value: string | number): FamilyName {
  if (typeof value === 'string' && isFamily(value)) return value;
  throw new Error(`a block holds rows of the family ${value}, which this program does not know`);
}
const isFamily = (name: string): name is FamilyName => Object.hasOwn(families, name);

function causeOf(value: string | number): Cause {
  const cause = causes.find((one) => one === value);
  if (cause === undefined) throw new Error(`a block holds rows of the cause ${value}, which this program does not know`);
  return cause;
}
