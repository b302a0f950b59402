/**
 * Gathers additions to cells before they are written: a cell is touched once a batch,
 * however many events fall into it. Before and after an entity's change meet here, so
 * whatever did not change cancels out and is never written.
 */
import { cellFamilies, type CellAddition, type CellFamily, type DimValue } from '../cells.ts';

export interface CellSums {
  /** Adds to one measure (by its place in the family) of one cell. */
  add(family: CellFamily, bucket: number, dims: string, measure: number, amount: number): void;
  /** Everything that is not zero, and starts over. */
  drain(): CellAddition[];
}

export function createCellSums(): CellSums {
  let families = new Map<CellFamily, Map<number, Map<string, number[]>>>();
  return {
    add(family, bucket, dims, measure, amount) {
      if (amount === 0) return;
      let buckets = families.get(family);
      if (!buckets) families.set(family, (buckets = new Map()));
      let cells = buckets.get(bucket);
      if (!cells) buckets.set(bucket, (cells = new Map()));
      let measures = cells.get(dims);
      if (!measures) cells.set(dims, (measures = cellFamilies[family].measures.map(() => 0)));
      measures[measure] = (measures[measure] as number) + amount;
    },
    drain() {
      const additions: CellAddition[] = [];
      for (const [family, buckets] of families)
        for (const [bucket, cells] of buckets)
          for (const [dims, measures] of cells) if (measures.some((m) => m !== 0)) additions.push({ family, bucket, dims, measures });
      families = new Map();
      return additions;
    },
  };
}

/** JSON of a dimension value. Names repeat all day long: kept, within bounds, since JSON.stringify costs as much as the rest of a cell. */
const quoted = new Map<string, string>();
const MAX_QUOTED = 10_000;

export function quoteDim(value: DimValue): string {
  if (value === null) return 'null';
  let text = quoted.get(value);
  if (text === undefined) {
    if (quoted.size >= MAX_QUOTED) quoted.clear();
    quoted.set(value, (text = JSON.stringify(value)));
  }
  return text;
}

/** The key of a cell's dimensions: a JSON array in the family's order. */
export function dimsKey(...values: readonly DimValue[]): string {
  let key = '[';
  for (let i = 0; i < values.length; i++) key += (i === 0 ? '' : ',') + quoteDim(values[i] as DimValue);
  return `${key}]`;
}
