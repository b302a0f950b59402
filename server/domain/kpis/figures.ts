/** The arithmetic KPIs share: sums of cells, ratios of sums, never ratios of ratios. */
import { cellFamilies, type CellFamily, type CellMeasure } from '../cells.ts';
import type { CellSum, Figure } from './definition.ts';

/** Sum of one measure of a family over rows. */
export function sum<F extends CellFamily>(rows: readonly CellSum[], family: F, measure: CellMeasure<F>): number {
  const index = (cellFamilies[family].measures as readonly string[]).indexOf(measure);
  let total = 0;
  for (const row of rows) total += row.measures[index] as number;
  return total;
}

/** A sum that needs no denominator. */
export function amount(value: number, sample: number): Figure {
  return { value, numerator: null, denominator: null, sample };
}

/** numerator ÷ denominator as IEEE doubles, unrounded; denominator 0 → null with its reason, never 0 or ∞. */
export function ratio(numerator: number, denominator: number, sample: number): Figure {
  if (denominator === 0) return { value: null, numerator, denominator, sample, reason: 'no_denominator' };
  // + 0: a zero numerator over a negative denominator is 0, not −0.
  return { value: numerator / denominator + 0, numerator, denominator, sample };
}

/** No value, for a reason. */
export function none(reason: NonNullable<Figure['reason']>, sample: number, numerator: number | null = null): Figure {
  return { value: null, numerator, denominator: null, sample, reason };
}
