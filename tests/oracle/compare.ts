/** Whether the product's values of a question are what the oracle recounted: money to the minor unit, ratios to the last bit. */
import type { KpiValue } from '../../shared/kpi/types.ts';
import type { Question } from './facts/world.ts';
import type { Answers } from './recount.ts';

export interface Recounted {
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly reason: string | null;
}
/** Of one question and KPI, by cell; the whole is the cell null. */
export type RecountedCells = ReadonlyMap<string | null, Recounted>;

/** Sentences, one for each difference. */
export function differences(
  question: Question,
  kpi: string,
  product: readonly KpiValue[],
  { now, closed, state, empty }: Answers,
): string[] {
  const found: string[] = [];
  const cells = new Map(product.map((value) => [cellOf(question, value), value]));
  for (const cell of new Set([...cells.keys(), ...now.keys(), ...(closed?.keys() ?? [])])) {
    const [ours, theirs] = [now.get(cell), cells.get(cell)];
    const tell = (what: string) =>
      found.push(`${kpi} ${cell === null ? '—' : cell}: the product says ${what} in ${JSON.stringify(question)}`);
    if (!same(ours, theirs)) tell(`${told(theirs)}, the oracle ${told(ours)}`);
    const [value, was] = [ours ? ours.value : empty, closed?.get(cell)?.value ?? (closed?.has(cell) ? null : empty)];
    const expected = closed && value !== was ? `restated from ${was}` : state;
    const said = theirs && (theirs.state === 'restated' ? `restated from ${theirs.closedValue}` : theirs.state);
    if (theirs ? said !== expected : closed && value !== was) tell(`${said ?? 'nothing'} and the oracle ${expected}`);
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
