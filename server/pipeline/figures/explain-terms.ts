/** The terms of a part as what the ledger is asked to explain. */
import type { DimValue } from '../../domain/dim-value.ts';
import type { CountTerm, KpiContext, KpiDefinition, Only, Part, Read, SumTerm, TargetTerm } from '../../domain/kpis/definition.ts';
import type { KpiSelection } from '../../domain/kpis/evaluate.ts';
import type { AsOf, LedgerRange, OneOf } from '../ports/ledger.ts';
import type { ExplainedCount, ExplainedTerm } from '../ports/ledger-explain.ts';
import { askedOf, questionOf, type LedgerAsk } from './ask-kpis.ts';

export interface ExplainedCell {
  readonly definition: KpiDefinition;
  readonly context: KpiContext;
  readonly slice: KpiSelection;
  readonly cut: AsOf;
}

export function targetTerms(part: Part): readonly TargetTerm[] {
  return part.filter((term) => 'target' in term);
}

/** Counts of what followed something are not listed: the ledger counts them in one pass. */
export function isListed(part: Part, { definition, context }: Pick<ExplainedCell, 'definition' | 'context'>): boolean {
  const reads = definition.reads(context);
  return part.every((term) => !('count' in term) || reads[term.read]?.ask !== 'followed');
}

export interface ExplainedPart {
  readonly asked: readonly ExplainedTerm[];
  /** The ledger multiplies by whole numbers: factors are asked so many times as large. */
  readonly scale: number;
}

/** Terms that are not targets. What a term takes of a dimension is a rule of the domain: the ledger says which values there are. */
export async function explainedTerms(ledger: LedgerAsk, part: Part, cell: ExplainedCell): Promise<ExplainedPart> {
  const scale = scaleOf(part);
  const reads = cell.definition.reads(cell.context);
  const sums = new Map<string, { readonly term: SumTerm; readonly weights: { measure: string; factor: number }[] }>();
  const terms: ExplainedTerm[] = [];
  const onlyKeys = new Map<Only, number>();
  for (const term of part) {
    if ('target' in term) continue;
    const read = readOf(reads, term);
    if ('count' in term) {
      terms.push({ ...countOf(term, read, cell), factor: Math.round(term.factor * scale) });
      continue;
    }
    if (term.only && !onlyKeys.has(term.only)) onlyKeys.set(term.only, onlyKeys.size);
    const key = JSON.stringify([term.read, term.only ? onlyKeys.get(term.only) : null]);
    const { measure } = term;
    const factor = Math.round(term.factor * scale);
    const same = sums.get(key);
    if (same) same.weights.push({ measure, factor });
    else sums.set(key, { term, weights: [{ measure, factor }] });
  }
  for (const { term, weights } of sums.values()) {
    const read = readOf(reads, term);
    const range = rangeOf(read, cell);
    const wanted = [term.only, read.ask === 'sums' ? read.only : undefined].filter((only) => only !== undefined);
    const only = await valuesOf(ledger, range, wanted);
    terms.push({ ...range, ask: 'sums', weights, ...(only.length > 0 && { only }) });
  }
  return { asked: terms, scale };
}

/** Weights are written with few decimals, and may have six at most here. */
function scaleOf(part: Part): number {
  let scale = 1;
  const isWhole = (factor: number): boolean => Math.abs(factor * scale - Math.round(factor * scale)) < 1e-9;
  while (scale < 1_000_000 && !part.every((term) => 'target' in term || isWhole(term.factor))) scale *= 10;
  return scale;
}

function readOf(reads: Readonly<Record<string, Read>>, term: SumTerm | CountTerm): Read {
  const read = reads[term.read];
  if (!read) throw new Error(`no read is called ${term.read}`);
  return read;
}

function countOf(term: CountTerm, read: Read, cell: ExplainedCell): ExplainedCount {
  const { count, factor } = term;
  if (read.ask !== 'distinct' || count === 'followed') throw new Error(`what ${term.read} counts cannot be listed`);
  return { ...rangeOf(read, cell), ask: 'distinct', of: read.of, measure: read.measure, count, factor };
}

function rangeOf(read: Read, { definition, slice, cut }: ExplainedCell): LedgerRange {
  const { family, unit, from, to, where, cut: own } = questionOf(read, askedOf(definition, { ...slice, by: null }), cut);
  return { family, unit, from, to, where, ...(own && { cut: own }) };
}

async function valuesOf(ledger: LedgerAsk, range: LedgerRange, wanted: readonly Only[]): Promise<readonly OneOf[]> {
  if (wanted.length === 0) return [];
  const answers = await ledger.ask(wanted.map(({ dim }) => ({ ...range, ask: 'sums', by: [dim] })));
  return wanted.map(({ dim, values }, i) => {
    const found = (answers[i] ?? []).flatMap((row): DimValue[] => row.dims.slice(0, 1));
    return { dim, values: found.filter((value) => values.has(value)) };
  });
}
