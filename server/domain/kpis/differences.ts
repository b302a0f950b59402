/** How one figure came to be another: by steps in time (R26), and by the cells of a dimension (R27). */
import type { ComparedPart } from '../../../shared/kpi/compare.ts';
import type { KpiValue } from '../../../shared/kpi/types.ts';

/**
 * What each step adds to a figure, given its value before the first step and after each, so that the steps add up to the
 * whole difference. A step that leaves the figure without a value adds nothing; the next one that has a value takes it all.
 * Only nulls where either end has no value.
 */
export function differencesInOrder(values: readonly (number | null)[]): readonly (number | null)[] {
  const [first = null] = values;
  const last = values.at(-1) ?? null;
  if (first === null || last === null) return values.slice(1).map(() => null);
  let before = first;
  return values.slice(1).map((value) => {
    if (value === null) return 0;
    const difference = value - before;
    before = value;
    return difference;
  });
}

export interface Compared {
  readonly now: KpiValue;
  readonly base: KpiValue;
  readonly isRatio: boolean;
}
type Cells = readonly KpiValue[];

/** Less than what sums of doubles lose. */
const NOTHING = 1e-9;

/** The difference of a figure by the cells of a dimension (R27): parts that add up to it. */
export function comparedParts({ now, base, isRatio }: Compared, nowCells: Cells, baseCells: Cells): readonly ComparedPart[] {
  const whole = now.value === null || base.value === null ? null : now.value - base.value;
  const key = ({ dimension }: KpiValue): string => JSON.stringify(dimension);
  const before = new Map(baseCells.map((cell) => [key(cell), cell]));
  const after = new Map(nowCells.map((cell) => [key(cell), cell]));
  const dimensions = new Map([...nowCells, ...baseCells].map((cell) => [key(cell), cell.dimension]));
  const parts = [...dimensions].map(([text, dimension]): ComparedPart => {
    const [one, other] = [after.get(text), before.get(text)];
    const cell = { dimension, kind: 'cell', now: one?.value ?? null, base: other?.value ?? null } as const;
    if (whole === null) return { ...cell, difference: null, ...(isRatio && { mix: null, rate: null }) };
    if (!isRatio) return { ...cell, difference: (one?.value ?? 0) - (other?.value ?? 0) };
    const { mix, rate } = mixAndRate(shareOf(one, now), shareOf(other, base));
    return { ...cell, difference: mix + rate, mix, rate };
  });
  if (whole === null || parts.length === 0) return parts;
  const rest = parts.reduce((left, { difference }) => left - (difference ?? 0), whole);
  if (Math.abs(rest) <= NOTHING * Math.max(1, Math.abs(whole))) return parts;
  const overlap: ComparedPart = { dimension: null, kind: 'overlap', now: null, base: null, difference: rest };
  return [...parts, isRatio ? { ...overlap, mix: rest, rate: 0 } : overlap];
}

interface Share {
  /** Of the whole's denominator. */
  readonly weight: number;
  /** null without a denominator. */
  readonly ratio: number | null;
  /** What the cell's numerator adds to the ratio of the whole. */
  readonly adds: number;
}

function shareOf(cell: KpiValue | undefined, whole: KpiValue): Share {
  const total = whole.denominator ?? 0;
  const [numerator, denominator] = [cell?.numerator ?? 0, cell?.denominator ?? 0];
  if (total === 0) return { weight: 0, ratio: null, adds: 0 };
  return { weight: denominator / total, ratio: denominator === 0 ? null : numerator / denominator, adds: numerator / total };
}

function mixAndRate(now: Share, base: Share): { readonly mix: number; readonly rate: number } {
  // A numerator without a denominator goes to mix; a cell of one period only has the other's ratio, so it is mix too.
  if (now.ratio === null || base.ratio === null) return { mix: now.adds - base.adds, rate: 0 };
  return {
    mix: ((now.weight - base.weight) * (now.ratio + base.ratio)) / 2,
    rate: ((now.ratio - base.ratio) * (now.weight + base.weight)) / 2,
  };
}
