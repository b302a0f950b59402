/**
 * Net sales from the hour cells: they have one dimension, so that a month is a few
 * thousand rows whatever the number of regions, categories and campaigns.
 */
import type { DimValue } from '../../../domain/dim-value.ts';
import type { CellRow, StoreReads } from '../../ports/reads.ts';

const netOf = (row: CellRow) => (row.measures[0] as number) - (row.measures[1] as number);

/** Minor units, business hours [from, to). */
export async function netOfHours(reads: StoreReads, from: number, to: number): Promise<number> {
  const rows = await reads.cells({ family: 'salesHour', from, to, by: [], where: [] });
  return rows.reduce((sum, row) => sum + netOf(row), 0);
}

export interface PastSales {
  readonly net: number;
  /** Anything was sold or given back at all. */
  readonly any: boolean;
}

export async function salesOfHours(reads: StoreReads, from: number, to: number): Promise<PastSales> {
  const rows = await reads.cells({ family: 'salesHour', from, to, by: [], where: [] });
  return { net: rows.reduce((sum, row) => sum + netOf(row), 0), any: rows.some((row) => row.measures.some((m) => m !== 0)) };
}

/** Net per hour bucket; hours without sales are absent. */
export async function netPerHour(reads: StoreReads, from: number, to: number): Promise<ReadonlyMap<number, number>> {
  const rows = await reads.cells({ family: 'salesHour', from, to, perBucket: true, by: [], where: [] });
  return new Map(rows.map((row) => [row.bucket as number, netOf(row)]));
}

/** Net per channel; channels whose sales and refunds are both zero are absent. */
export async function netPerChannel(reads: StoreReads, from: number, to: number): Promise<ReadonlyMap<DimValue, number>> {
  const rows = await reads.cells({ family: 'salesHour', from, to, by: ['channel'], where: [] });
  return new Map(rows.filter((row) => row.measures.some((m) => m !== 0)).map((row) => [row.dims[0] as DimValue, netOf(row)]));
}
