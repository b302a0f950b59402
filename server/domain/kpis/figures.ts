/** The arithmetic KPIs share: exact sums [I16], ratios of sums, never ratios of ratios. */
import { addExact, negateExact, type Exact } from '../ledger/exact.ts';
import { families, type FamilyName, type MeasureOf } from '../ledger/registry.ts';
import type { CellSum, Figure } from './definition.ts';

/** Sum of one measure of a family over rows. */
export function sum<F extends FamilyName>(rows: readonly CellSum[], family: F, measure: MeasureOf<F>): Exact {
  const measures: readonly string[] = families[family].measures;
  const index = measures.indexOf(measure);
  let total: Exact = 0;
  for (const row of rows) total = addExact(total, row.measures[index] ?? 0);
  return total;
}

export const minus = (a: Exact, b: Exact): Exact => addExact(a, negateExact(b));

/** A sum of ones. No store holds 2^53 things. */
export const counted = (count: Exact): number => Number(count);

/** The sum as a number where a number holds it exactly, else null. */
export const fitting = (sum: Exact): number | null => (typeof sum === 'number' ? sum : null);

/** A sum that needs no denominator. */
export function amount(value: Exact, sample: number): Figure {
  return typeof value === 'number' ? { value, numerator: null, denominator: null, sample } : none('overflow', sample);
}

/** numerator ÷ denominator as IEEE doubles, unrounded; denominator 0 → null with its reason, never 0 or ∞. */
export function ratio(numerator: Exact, denominator: Exact, sample: number): Figure {
  if (typeof numerator !== 'number' || typeof denominator !== 'number') {
    return { value: null, numerator: fitting(numerator), denominator: fitting(denominator), sample, reason: 'overflow' };
  }
  if (denominator === 0) return { value: null, numerator, denominator, sample, reason: 'no_denominator' };
  // + 0: a zero numerator over a negative denominator is 0, not −0.
  return { value: numerator / denominator + 0, numerator, denominator, sample };
}

/** No value, for a reason. */
export function none(reason: NonNullable<Figure['reason']>, sample: number, numerator: number | null = null): Figure {
  return { value: null, numerator, denominator: null, sample, reason };
}
