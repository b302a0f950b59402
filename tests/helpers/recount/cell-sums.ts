/**
 * Gathers additions to cells before they are written: a cell is touched once a batch,
 * however many events fall into it. Before and after an entity's change meet here, so
 * whatever did not change cancels out and is never written.
 */
import { cellFamilies, type CellAddition, type CellFamily } from './cells.ts';

export interface CellSums {
  /** Adds to one measure (by its place in the family) of one cell. */
  add(family: CellFamily, bucket: number, dims: string, measure: number, amount: number): void;
  /** Everything that is not zero, and starts over. */
  drain(): CellAddition[];
}

/** A family's cells by bucket, and those of the bucket asked for last: events of a batch mostly fall into the same. */
interface Slot {
  readonly width: number;
  readonly buckets: Map<number, Map<string, number[]>>;
  bucket: number;
  cells: Map<string, number[]>;
}

export function createCellSums(): CellSums {
  const slots = new Map<CellFamily, Slot>();
  const slotOf = (family: CellFamily): Slot => {
    const slot = { width: cellFamilies[family].measures.length, buckets: new Map(), bucket: Number.NaN, cells: new Map() };
    slots.set(family, slot);
    return slot;
  };
  return {
    add(family, bucket, dims, measure, amount) {
      if (amount === 0) return;
      const slot = slots.get(family) ?? slotOf(family);
      if (slot.bucket !== bucket) {
        slot.bucket = bucket;
        slot.cells = slot.buckets.get(bucket) ?? new Map<string, number[]>();
        slot.buckets.set(bucket, slot.cells);
      }
      const measures = slot.cells.get(dims);
      if (measures) measures[measure] = (measures[measure] as number) + amount;
      else slot.cells.set(dims, oneMeasure(slot.width, measure, amount));
    },
    drain() {
      const additions: CellAddition[] = [];
      for (const [family, { buckets }] of slots)
        for (const [bucket, cells] of buckets)
          for (const [dims, measures] of cells) if (measures.some((m) => m !== 0)) additions.push({ family, bucket, dims, measures });
      slots.clear();
      return additions;
    },
  };
}

function oneMeasure(width: number, measure: number, amount: number): number[] {
  const measures: number[] = [];
  for (let i = 0; i < width; i++) measures.push(i === measure ? amount : 0);
  return measures;
}
