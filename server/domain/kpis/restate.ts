/**
 * A value beside what it was when its period closed [I7]. Cells of either are cells of the answer: what has since moved
 * elsewhere is shown with what it was, and what a closed day did not have was 0 in sums and nothing in ratios.
 */
import type { KpiValue } from '../../../shared/kpi/types.ts';
import type { DimValue } from '../dim-value.ts';
import type { KpiContext, KpiDefinition } from './definition.ts';
import { evaluate, type KpiSelection, type ReadResults } from './evaluate.ts';

/** What was read for a KPI, and the context it is read in. */
export interface KpiReading {
  readonly context: KpiContext;
  readonly results: ReadResults;
}

/** `now` and `closed` of each cell, in one order. */
export function evaluateBoth(
  definition: KpiDefinition,
  slice: KpiSelection,
  now: KpiReading,
  closed: KpiReading,
): readonly { readonly now: KpiValue; readonly closed: KpiValue }[] {
  const of = ({ context, results }: KpiReading, more?: readonly DimValue[]) => evaluate(definition, slice, context, results, more);
  const { by } = slice;
  const cells = by === null ? [] : [...of(now), ...of(closed)].map(({ dimension }) => dimension?.[by] ?? null);
  const before = of(closed, cells);
  return of(now, cells).flatMap((value, i) => {
    const was = before[i];
    return was ? [{ now: value, closed: was }] : [];
  });
}

/** The value as it is known now; where that differs from what it was at the closing, it says so. */
export function restated(now: KpiValue, closed: KpiValue): KpiValue {
  return now.value === closed.value ? now : { ...now, state: 'restated', closedValue: closed.value };
}
