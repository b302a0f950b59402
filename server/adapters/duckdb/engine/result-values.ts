/** Values of a result by place, checked instead of believed. */
import type { DuckDBValue } from '@duckdb/node-api';

export type ResultRow = readonly DuckDBValue[];

export function textIn(row: ResultRow, at: number): string {
  const value = row[at];
  if (typeof value !== 'string') throw new Error(`column ${at} of a result holds no text`);
  return value;
}

export function textOrNullIn(row: ResultRow, at: number): string | null {
  return row[at] === null ? null : textIn(row, at);
}

export function bigintIn(row: ResultRow, at: number): bigint {
  const value = row[at];
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return BigInt(value);
  throw new Error(`column ${at} of a result holds no integer`);
}

/** Of a column whose values a number holds exactly. */
export function integerIn(row: ResultRow, at: number): number {
  return Number(bigintIn(row, at));
}
