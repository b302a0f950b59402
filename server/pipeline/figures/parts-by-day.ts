/** Parts of a KPI for each day or hour of its period, in one question: what a chart of many buckets is drawn from. */
import type { KpiContext, KpiDefinition, Part, Read, Term } from '../../domain/kpis/definition.ts';
import type { KpiSelection } from '../../domain/kpis/evaluate.ts';
import { measurePlace } from '../../domain/kpis/part.ts';
import { addExact, timesExact, type Exact } from '../../domain/ledger/exact.ts';
import type { DimValue } from '../../domain/dim-value.ts';
import type { AsOf, SumQuestion, SumRow } from '../ports/ledger.ts';
import type { LedgerAsk } from './ask-kpis.ts';

export interface AskedParts {
  readonly definition: KpiDefinition;
  readonly context: KpiContext;
  /** `by` must be null. */
  readonly where: KpiSelection['where'];
  readonly parts: readonly Part[];
}

/** For each part its sums by bucket (day or hour number, by the unit of the reads); buckets of 0 may be missing. Throws for terms that are no sums. */
export async function partsByBucket(
  ledger: LedgerAsk,
  { definition, context, where, parts }: AskedParts,
  cut: AsOf,
): Promise<readonly ReadonlyMap<number, Exact>[]> {
  const reads = definition.reads(context);
  const names = [...new Set(parts.flatMap((part) => part.map(readOf)))];
  const answers = await ledger.ask(names.map((name) => questionOf(reads[name], where, cut)));
  const rowsOf = new Map(names.map((name, i) => [name, (answers[i] ?? []).filter((row) => 'measures' in row)]));
  return parts.map((part) => {
    const buckets = new Map<number, Exact>();
    for (const term of part) {
      const name = readOf(term);
      for (const { bucket, amount } of amountsOf(term, reads[name], rowsOf.get(name) ?? [])) {
        buckets.set(bucket, addExact(buckets.get(bucket) ?? 0, amount));
      }
    }
    return buckets;
  });
}

function readOf(term: Term): string {
  if (!('measure' in term)) throw new Error('only sums of measures can be told apart by day');
  return term.read;
}

function questionOf(read: Read | undefined, where: KpiSelection['where'], cut: AsOf): SumQuestion {
  if (read?.ask !== 'sums') throw new Error('only sums can be told apart by day');
  const { family, unit, from, to, also } = read;
  return { ask: 'sums', family, unit, from, to, where, cut, by: also ?? [], perBucket: true };
}

function* amountsOf(term: Term, read: Read | undefined, rows: readonly SumRow[]): Generator<{ bucket: number; amount: Exact }> {
  if (!('measure' in term) || read?.ask !== 'sums') return;
  const place = measurePlace(term);
  const also: readonly string[] = read.also ?? [];
  for (const { bucket, dims, measures } of rows) {
    if (bucket === null || !passes(read.only, also, dims) || !passes(term.only, also, dims)) continue;
    yield { bucket, amount: timesExact(measures[place] ?? 0, term.factor) };
  }
}

function passes(
  only: { dim: string; values: { has(value: DimValue): boolean } } | undefined,
  also: readonly string[],
  dims: readonly DimValue[],
) {
  return only === undefined || only.values.has(dims[also.indexOf(only.dim)] ?? null);
}
