/**
 * Selecting and grouping by some of a cell's dimensions. Cells keep their dimensions as
 * one JSON text so that any store can key them; what a text means is remembered, because
 * a range of days repeats the same few hundred texts.
 */
import type { DimValue } from '../../../domain/dim-value.ts';

export interface Selection {
  readonly by: readonly string[];
  readonly where: readonly { readonly dim: string; readonly value: DimValue }[];
}

/** Position of a dimension; a name the list does not have is a bug of the caller. */
function positionOf(dims: readonly string[], name: string): number {
  const at = dims.indexOf(name);
  if (at < 0) throw new Error(`no dimension ${name} among ${dims.join(', ')}`);
  return at;
}

/** The group of a list of values: its `by` values, or undefined when `where` leaves it out. */
export function selector(dims: readonly string[], { by, where }: Selection): (values: readonly DimValue[]) => DimValue[] | undefined {
  const keep = by.map((name) => positionOf(dims, name));
  const conditions = where.map(({ dim, value }) => ({ at: positionOf(dims, dim), value }));
  return (values) => {
    for (const { at, value } of conditions) if (values[at] !== value) return undefined;
    return keep.map((at) => values[at] ?? null);
  };
}

export function memoised<V>(compute: (text: string) => V): (text: string) => V {
  const known = new Map<string, V>();
  return (text) => {
    let value = known.get(text);
    if (value === undefined && !known.has(text)) {
      value = compute(text);
      known.set(text, value);
    }
    return value as V;
  };
}

/** Sums measures of equal groups, in order of first appearance; groups that are zero throughout are no groups. */
export class Sums {
  private readonly groups = new Map<string, { bucket: number | null; dims: readonly DimValue[]; measures: number[] }>();

  add(bucket: number | null, dims: readonly DimValue[], measures: readonly number[]): void {
    const key = `${bucket ?? ''} ${JSON.stringify(dims)}`;
    const group = this.groups.get(key);
    if (!group) {
      this.groups.set(key, { bucket, dims, measures: [...measures] });
      return;
    }
    measures.forEach((m, i) => (group.measures[i] = (group.measures[i] ?? 0) + m));
  }

  rows() {
    return [...this.groups.values()].filter((g) => g.measures.some((m) => m !== 0));
  }
}

/** Dimensions of one line of an order. */
export const orderDims = ['channel', 'region', 'campaign', 'category', 'core'] as const;
