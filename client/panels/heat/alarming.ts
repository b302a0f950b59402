/** Which keyword asks to be looked at, and how a factor is written. Pure. */
import type { HeatRow } from '../../../shared/wire/views/sentiment.ts';

/** All but a few are negative, there are enough of them, and it is new or far above what is usual. */
const NEGATIVE_SHARE = 0.8;
const LEAST = 10;
const FACTOR = 3;

/** The keyword with the most negative mentions of those that are new, or grow, and are nearly all negative. One: a wall of marks says nothing. */
export function alarming(rows: readonly HeatRow[]): string | null {
  const found = rows.filter(
    ({ mentions, negative, usual }) =>
      usual !== null && negative >= LEAST && negative >= mentions * NEGATIVE_SHARE && mentions >= usual * FACTOR,
  );
  const factor = ({ mentions, usual }: HeatRow) => (usual ? mentions / usual : Infinity);
  return found.toSorted((a, b) => factor(b) - factor(a) || b.negative - a.negative)[0]?.keyword ?? null;
}

/** ×3.1, ×24, ×99+ */
export function timesText(factor: number): string {
  if (factor >= 99.5) return '×99+';
  return `×${factor >= 9.95 ? Math.round(factor) : factor.toFixed(1)}`;
}
