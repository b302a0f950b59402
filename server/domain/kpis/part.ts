/** Adds up the terms of a part over what was read for one cell. */
import type { Period } from '../time/period.ts';
import { addExact, timesExact, type Exact } from '../ledger/exact.ts';
import { families } from '../ledger/registry.ts';
import type { CellSum, Distinct, FollowedCount, Only, Part, Read, SumTerm, Term } from './definition.ts';

export interface PartInput {
  readonly reads: Readonly<Record<string, Read>>;
  rows(read: string): readonly CellSum[];
  distinct(read: string): Distinct;
  target(kpi: string, period: Period, ofWhole: boolean): number | undefined;
  followed(read: string): FollowedCount;
}

/** undefined where a target is not set. Throws where a term names a read or a measure that is not there. */
export function sumOfPart(part: Part, input: PartInput): Exact | undefined {
  let total: Exact = 0;
  for (const term of part) {
    const value = sumOfTerm(term, input);
    if (value === undefined) return undefined;
    // A share of a target and a weight need not be whole.
    total = Number.isInteger(value) || typeof value === 'bigint' ? addExact(total, value) : Number(total) + value;
  }
  return total;
}

function sumOfTerm(term: Term, input: PartInput): Exact | undefined {
  if ('target' in term) {
    const target = input.target(term.target, term.period, term.ofWhole === true);
    return target === undefined ? undefined : target * (typeof term.share === 'number' ? term.share : term.share(input));
  }
  const read = input.reads[term.read];
  if (!read) throw new Error(`no read is called ${term.read}`);
  if ('count' in term) {
    if (read.ask === 'followed') return term.factor * input.followed(term.read)[term.count === 'followed' ? 'followed' : 'count'];
    const { count, onSeveralDays } = input.distinct(term.read);
    return term.factor * (term.count === 'all' ? count : onSeveralDays);
  }
  const place = measurePlace(term);
  if (read.ask !== 'sums' || read.measures?.some((measure) => measure === term.measure) === false)
    throw new Error(`the read ${term.read} does not sum ${term.measure}`);
  const wanted = term.only ? rowsOnly(read, term.only) : undefined;
  let sum: Exact = 0;
  for (const row of input.rows(term.read)) if (!wanted || wanted(row)) sum = addExact(sum, row.measures[place] ?? 0);
  return timesExact(sum, term.factor);
}

/** Place of the term's measure among those of its family. */
export function measurePlace({ family, measure }: Pick<SumTerm, 'family' | 'measure'>): number {
  const measures: readonly string[] = families[family].measures;
  const place = measures.indexOf(measure);
  if (place < 0) throw new Error(`${family} has no measure ${measure}`);
  return place;
}

function rowsOnly(read: Read, { dim, values }: Only): (row: CellSum) => boolean {
  const names: readonly string[] = read.ask === 'sums' ? (read.also ?? []) : [];
  const place = names.indexOf(dim);
  if (place < 0) throw new Error(`a term keeps some values of ${dim}, by which its read does not group`);
  return (row) => values.has(row.also[place] ?? null);
}
