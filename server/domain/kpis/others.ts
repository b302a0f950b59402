/**
 * A dimension with more cells than anybody can read: the largest stay, the others become one cell 其他 that says how many
 * they are. It holds their sums, and of a ratio the ratio of their sums, so that the cells still add up to the whole.
 * Campaigns are left as they are: each was planned by somebody, and the list of campaigns equals them one by one.
 */
import type { ComparedPart } from '../../../shared/kpi/compare.ts';
import type { KpiDimension, KpiValue } from '../../../shared/kpi/types.ts';
import type { KpiContext, KpiDefinition } from './definition.ts';

export const MOST_CELLS = 200;
export const OTHERS = '其他';

/** The cells of one KPI, and what they are: figures of others that are neither are not put together. */
export interface KpiCells {
  readonly shape: 'sum' | 'ratio' | null;
  readonly values: readonly KpiValue[];
}

/** What a KPI's cells are, as far as they can be added: different things, such as buyers, may be counted in several cells. */
export function shapeOf(definition: KpiDefinition, context: KpiContext): KpiCells['shape'] {
  const parts = definition.parts?.(context);
  if (parts === undefined) return null;
  const terms = 'value' in parts ? parts.value : [...parts.numerator, ...parts.denominator];
  if (terms.some((term) => 'count' in term || 'target' in term)) return null;
  return 'value' in parts ? 'sum' : 'ratio';
}

/** The same cells stay in every KPI of an answer: those that are largest by the first KPI that has them. */
export function withOthers(all: readonly KpiCells[], by: KpiDimension | null): readonly (readonly KpiValue[])[] {
  if (by === null || by === 'campaign') return all.map(({ values }) => values);
  const sizes = sizesOf(all, by);
  if (sizes.size <= MOST_CELLS) return all.map(({ values }) => values);
  // A cell that somebody called 其他 is one of the others: two cells of one name could not be told apart.
  const largest = [...sizes]
    .filter(([cell]) => cell !== OTHERS)
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, MOST_CELLS);
  const kept = new Set<string | null>([null, ...largest.map(([cell]) => cell)]);
  return all.map(({ shape, values }) => {
    const stays = values.filter(({ dimension }) => kept.has(dimension?.[by] ?? null));
    const others = values.filter(({ dimension }) => !kept.has(dimension?.[by] ?? null));
    const [first] = others;
    return first === undefined ? stays : [...stays, together(first, others, shape, by)];
  });
}

/** How large each cell is, over all times of an answer, by the first KPI that has it. */
function sizesOf(all: readonly KpiCells[], by: KpiDimension): ReadonlyMap<string, number> {
  const sizes = new Map<string, { readonly kpi: string; size: number }>();
  for (const { shape, values } of all) {
    for (const value of values) {
      const cell = value.dimension?.[by] ?? null;
      if (cell === null) continue;
      const size = Math.abs((shape === 'sum' ? value.value : value.denominator) ?? 0);
      const known = sizes.get(cell);
      if (known === undefined) sizes.set(cell, { kpi: value.kpi, size });
      else if (known.kpi === value.kpi) known.size += size;
    }
  }
  return new Map([...sizes].map(([cell, { size }]) => [cell, size]));
}

/** The parts of a comparison that add least become one. */
export function partsWithOthers(parts: readonly ComparedPart[], by: KpiDimension | null): readonly ComparedPart[] {
  if (by === null || by === 'campaign') return parts;
  const cells = parts.filter(({ kind, dimension }) => kind === 'cell' && (dimension?.[by] ?? null) !== null);
  if (cells.length <= MOST_CELLS) return parts;
  const moved = (part: ComparedPart): number => Math.abs(part.difference ?? 0);
  const isNamedSo = (part: ComparedPart): boolean => part.dimension?.[by] === OTHERS;
  const largest = new Set(
    cells
      .filter((part) => !isNamedSo(part))
      .sort((a, b) => moved(b) - moved(a))
      .slice(0, MOST_CELLS),
  );
  const others = new Set(cells.filter((part) => !largest.has(part)));
  const [first, ...more] = others;
  if (first === undefined) return parts;
  const sum = (of: (part: ComparedPart) => number | null | undefined): number | null =>
    added([first, ...more].map((part) => of(part) ?? null));
  const isRatio = first.mix !== undefined;
  const rest: ComparedPart = {
    ...{ dimension: { ...first.dimension, [by]: OTHERS }, kind: 'cell', others: others.size },
    now: isRatio ? null : added([first, ...more].map(({ now }) => now ?? 0)),
    base: isRatio ? null : added([first, ...more].map(({ base }) => base ?? 0)),
    difference: sum(({ difference }) => difference),
    ...(isRatio && { mix: sum(({ mix }) => mix), rate: sum(({ rate }) => rate) }),
  };
  return [...parts.filter((part) => !others.has(part)), rest];
}

/** null where one of them has none. */
function added(numbers: readonly (number | null)[]): number | null {
  const known = numbers.filter((one) => one !== null);
  const sum = known.reduce((all, one) => all + one, 0);
  return known.length < numbers.length || !Number.isSafeInteger(Math.trunc(sum)) ? null : sum;
}

function together(first: KpiValue, others: readonly KpiValue[], shape: KpiCells['shape'], by: KpiDimension): KpiValue {
  const { kpi, period, unit, ruleVersion } = first;
  const state = others.find((one) => one.state === 'restated')?.state ?? first.state;
  const common = {
    ...{ kpi, period, unit, ruleVersion, state, others: others.length, dimension: { ...first.dimension, [by]: OTHERS } },
    sample: others.reduce((sum, { sample }) => sum + sample, 0),
  };
  const of = (part: 'value' | 'numerator' | 'denominator') => added(others.map((one) => one[part]));
  if (shape === null) return { ...common, value: null, numerator: null, denominator: null, reason: 'not_added' };
  if (shape === 'sum') {
    const value = of('value');
    const closedValue = state === 'restated' ? { closedValue: added(others.map((one) => one.closedValue ?? one.value)) } : {};
    return { ...common, value, numerator: null, denominator: null, ...closedValue, ...(value === null && { reason: 'overflow' as const }) };
  }
  const [numerator, denominator] = [of('numerator'), of('denominator')];
  const parts = { ...common, numerator, denominator };
  if (numerator === null || denominator === null) return { ...parts, value: null, reason: 'not_added' };
  if (denominator <= 0) return { ...parts, value: null, reason: denominator === 0 ? 'no_denominator' : 'negative_denominator' };
  // A minimum that most of them miss alone may be reached together, which only the KPI itself could tell.
  if (others.some(({ reason }) => reason === 'small_sample')) return { ...parts, value: null, reason: 'small_sample' };
  return { ...parts, value: numerator / denominator };
}
