/** Which channel, category, region or platform moved a figure: the cell with the largest part of the difference (AN5). */
import type { DimValue } from '../dim-value.ts';
import { median } from './scale.ts';
import type { Watched } from './watched.ts';

/** Values of one dimension's cells in the window now, and in the same window of each like day. */
type Dimension = Watched['dims'][number];
export interface CellsOf {
  readonly dimension: Dimension;
  readonly now: ReadonlyMap<DimValue, number>;
  readonly like: readonly ReadonlyMap<DimValue, number>[];
}

export interface Mover {
  readonly dimension: Dimension;
  /** null = the cell without a value. */
  readonly value: DimValue;
  readonly now: number;
  readonly usual: number;
  readonly difference: number;
  /** Share of the whole difference. */
  readonly share: number;
  /** Every cell moved about as much as it usually weighs: no cell stands out. */
  readonly broad: boolean;
}

/** A cell stands out when its share of the difference exceeds its share of the figure by so much. */
const STANDS_OUT = 0.15;

/**
 * Of all cells of all dimensions the one that stands out most; where none does, the largest part of the first dimension, as
 * `broad`. undefined where nothing moved.
 */
export function moverOf(dimensions: readonly CellsOf[], difference: number): Mover | undefined {
  const ranked = dimensions.flatMap((cells) => moversOf(cells, difference));
  const standing = ranked.filter((one) => one.excess >= STANDS_OUT).sort((a, b) => b.excess - a.excess)[0];
  const found = standing ?? ranked.filter((one) => one.dimension === dimensions[0]?.dimension).sort((a, b) => b.share - a.share)[0];
  if (!found) return undefined;
  const { excess: _, ...mover } = found;
  return { ...mover, broad: standing === undefined };
}

function moversOf({ dimension, now, like }: CellsOf, difference: number) {
  if (difference === 0) return [];
  const values = [...new Set([...now.keys(), ...like.flatMap((cells) => [...cells.keys()])])];
  const cells = values.map((value) => ({
    value,
    now: now.get(value) ?? 0,
    usual: like.length === 0 ? 0 : median(like.map((one) => one.get(value) ?? 0)),
  }));
  const whole = cells.reduce((sum, cell) => sum + cell.usual, 0);
  return cells.map((cell) => {
    const own = cell.now - cell.usual;
    const share = own / difference;
    return { dimension, ...cell, difference: own, share, excess: share - (whole > 0 ? cell.usual / whole : 0) };
  });
}
