/** The arithmetic KPIs share: exact sums [I16], ratios of sums, never ratios of ratios. */
import { addExact, negateExact, type Exact } from '../ledger/exact.ts';
import { families, type FamilyName, type MeasureOf } from '../ledger/registry.ts';
import type { CellInput, CellSum, CountTerm, Figure, KpiContext, KpiDefinition, Only, Part, SumTerm } from './definition.ts';

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

/** numerator ÷ denominator as IEEE doubles, unrounded; denominator ≤ 0 → null with its reason, never 0 or ∞ (R28). */
export function ratio(numerator: Exact, denominator: Exact, sample: number): Figure {
  if (typeof numerator !== 'number' || typeof denominator !== 'number') {
    return { value: null, numerator: fitting(numerator), denominator: fitting(denominator), sample, reason: 'overflow' };
  }
  if (denominator === 0) return { value: null, numerator, denominator, sample, reason: 'no_denominator' };
  if (denominator < 0) return { value: null, numerator, denominator, sample, reason: 'negative_denominator' };
  return { value: numerator / denominator, numerator, denominator, sample };
}

/** No value, for a reason. */
export function none(reason: NonNullable<Figure['reason']>, sample: number, numerator: number | null = null): Figure {
  return { value: null, numerator, denominator: null, sample, reason };
}

/** A measure of a read's rows as a term; `factor` −1 takes it away. */
export function term<F extends FamilyName>(read: string, family: F, measure: MeasureOf<F>, factor = 1, only?: Only): SumTerm {
  return { read, family, measure, factor, ...(only && { only }) };
}

/** How many things a distinct read counts, as a term. */
export function countTerm(read: string, count: CountTerm['count'] = 'all', factor = 1): CountTerm {
  return { read, count, factor };
}

type PartOf = (context: KpiContext) => Part;
type Refine = (figure: Figure, cell: CellInput, context: KpiContext) => Figure;
type Computed = Required<Pick<KpiDefinition, 'shape' | 'parts' | 'compute'>>;

/** A KPI that is a sum. `sample` is what it rests on; `refine` may withhold the value or say more of it. */
export function sumOf({ value, sample, refine }: { value: PartOf; sample: PartOf; refine?: Refine }): Computed {
  return {
    shape: 'sum',
    parts: (context) => ({ value: value(context) }),
    compute(cell, context) {
      const figure = amount(cell.part(value(context)) ?? 0, sampleOf(cell, sample(context)));
      return refine ? refine(figure, cell, context) : figure;
    },
  };
}

/** A KPI that is one sum over another. A target that is not set leaves it without a value, `no_target`. */
export function ratioOf({ numerator, denominator, sample, refine }: Ratio): Computed {
  return {
    shape: 'ratio',
    parts: (context) => ({ numerator: numerator(context), denominator: denominator(context) }),
    compute(cell, context) {
      const things = sampleOf(cell, sample(context));
      const [above, below] = [cell.part(numerator(context)), cell.part(denominator(context))];
      const figure =
        above === undefined || below === undefined ? none('no_target', things, fitting(above ?? 0)) : ratio(above, below, things);
      return refine ? refine(figure, cell, context) : figure;
    },
  };
}
interface Ratio {
  readonly numerator: PartOf;
  readonly denominator: PartOf;
  readonly sample: PartOf;
  readonly refine?: Refine;
}

function sampleOf(cell: CellInput, part: Part): number {
  return Number(cell.part(part) ?? 0);
}
