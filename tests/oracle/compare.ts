/** Whether the product's values of a question are what the oracle recounted: money to the minor unit, ratios to the last bit. */
import type { KpiValue } from '../../shared/kpi/types.ts';
import type { Question } from './facts/world.ts';

export interface Recounted {
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly reason: string | null;
}
/** Of one question and KPI, by cell; the whole is the cell null. */
export type RecountedCells = ReadonlyMap<string | null, Recounted>;

/** Sentences, one for each difference. */
export function differences(question: Question, kpi: string, product: readonly KpiValue[], oracle: RecountedCells): string[] {
  const found: string[] = [];
  const cells = new Map(product.map((value) => [cellOf(question, value), value]));
  for (const cell of new Set([...cells.keys(), ...oracle.keys()])) {
    const [ours, theirs] = [oracle.get(cell), cells.get(cell)];
    if (same(ours, theirs)) continue;
    found.push(
      `${kpi} ${cell === null ? '—' : cell}: the product says ${told(theirs)}, the oracle ${told(ours)} in ${JSON.stringify(question)}`,
    );
  }
  return found;
}

function cellOf({ by }: Question, value: KpiValue): string | null {
  if (by === null) return null;
  return Object.entries(value.dimension ?? {}).find(([dim]) => dim === by)?.[1] ?? null;
}

/** A cell in which nothing is left over may be listed or not: both mean nothing. */
function same(ours: Recounted | undefined, theirs: KpiValue | undefined): boolean {
  if (!ours || !theirs) return isNothing(ours ?? theirs);
  return (
    ours.value === theirs.value &&
    (ours.numerator ?? 0) === (theirs.numerator ?? 0) &&
    (ours.denominator ?? 0) === (theirs.denominator ?? 0) &&
    (ours.value !== null || ours.reason === (theirs.reason ?? null))
  );
}

function isNothing(cell: Recounted | KpiValue | undefined): boolean {
  return !cell?.value && !cell?.numerator && !cell?.denominator;
}

function told(cell: Recounted | KpiValue | undefined): string {
  if (!cell) return 'nothing';
  const { value, numerator, denominator, reason } = cell;
  return `${value}${numerator === null ? '' : ` = ${numerator} ÷ ${denominator}`}${reason ? ` (${reason})` : ''}`;
}
