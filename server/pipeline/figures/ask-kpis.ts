/** From KPI definitions to values: all their reads become one question to the ledger, each different read asked once. */
import type { KpiValue } from '../../../shared/kpi/types.ts';
import type { ClockCounts, ClocksQuestion } from '../../domain/kpis/clock-counts.ts';
import type { KpiContext, KpiDefinition, Read } from '../../domain/kpis/definition.ts';
import { CLOCKS, evaluate, sliceOf, type KpiSelection, type ReadResults } from '../../domain/kpis/evaluate.ts';
import type { AsOf, DistinctRow, FollowedRow, LedgerQuestion, SumRow } from '../ports/ledger.ts';

/** Answers questions in their order: the ledger itself, or sums kept of it. */
export interface LedgerAsk {
  ask(questions: readonly LedgerQuestion[]): Promise<readonly (readonly SumRow[] | readonly DistinctRow[] | readonly FollowedRow[])[]>;
  /** Clocks of stories; absent where nobody asks for KPIs of them. */
  clocks?(question: ClocksQuestion): Promise<ClockCounts>;
}

export interface AskedKpi {
  readonly definition: KpiDefinition;
  readonly context: KpiContext;
  readonly slice: KpiSelection;
  /** Instead of the cut of the call; it may depend on the read. */
  readonly cut?: AsOf | ((read: Read) => AsOf);
}

/** Values of each asked KPI, in the order of `asked`. All of them see one state of the ledger. */
export async function askKpis(ledger: LedgerAsk, asked: readonly AskedKpi[], cut: AsOf): Promise<readonly (readonly KpiValue[])[]> {
  const results = await readKpis(ledger, asked, cut);
  return asked.map(({ definition, context, slice }, i) => evaluate(definition, slice, context, results[i] ?? {}));
}

/** What the ledger says of the reads of each asked KPI, in the order of `asked`; each different read is asked once. */
export async function readKpis(ledger: LedgerAsk, asked: readonly AskedKpi[], cut: AsOf): Promise<readonly ReadResults[]> {
  const questions = new Map<string, LedgerQuestion>();
  const wanted = asked.map(({ definition, context, slice, cut: own }) =>
    Object.entries(definition.reads(context)).map(([name, read]) => {
      const question = questionOf(read, askedOf(definition, slice), (typeof own === 'function' ? own(read) : own) ?? cut);
      const key = keyOf(question);
      questions.set(key, together(questions.get(key), question));
      return { name, key };
    }),
  );
  const [answers, clocks] = await Promise.all([
    ledger.ask([...questions.values()]),
    Promise.all(asked.map((one) => clocksOf(ledger, one))),
  ]);
  const byKey = new Map([...questions.keys()].map((key, i) => [key, answers[i] ?? []]));
  return wanted.map((reads, i) => {
    const counts = clocks[i];
    const results = reads.map(({ name, key }) => [name, byKey.get(key) ?? []] as const);
    return Object.fromEntries<ReadResults[string]>(counts ? [...results, [CLOCKS, [{ dims: [], ...counts }]]] : results);
  });
}

/** The same text = the same question but for the measures it wants. */
function keyOf(question: LedgerQuestion): string {
  if (question.ask !== 'sums') return JSON.stringify(question);
  const { measures: _wanted, ...rest } = question;
  return JSON.stringify(rest);
}

/** One question in place of two that differ in the measures they want. */
function together(one: LedgerQuestion | undefined, other: LedgerQuestion): LedgerQuestion {
  if (one?.ask !== 'sums' || other.ask !== 'sums' || one.measures === undefined) return one ?? other;
  if (other.measures === undefined) return other;
  return { ...one, measures: [...new Set([...one.measures, ...other.measures])] };
}

/** What is left of the whole is known by the whole alone. */
export function askedOf({ restOf }: KpiDefinition, slice: KpiSelection): KpiSelection {
  return restOf === undefined ? slice : { ...slice, where: slice.where.filter(({ dim, value }) => dim !== restOf || value !== null) };
}

async function clocksOf(ledger: LedgerAsk, { definition, context }: AskedKpi): Promise<ClockCounts | undefined> {
  const range = definition.clocks?.(context);
  return range && ledger.clocks?.({ ...range, asOf: context.asOf });
}

export function questionOf(read: Read, asked: KpiSelection, cut: AsOf): LedgerQuestion {
  const slice = sliceOf(read, asked);
  const by = slice.by === null ? [] : [slice.by];
  const { family, from, to } = read;
  const range = {
    family,
    from,
    to,
    where: slice.where,
    cut: read.asOf === undefined ? cut : { ...cut, asOf: Math.min(read.asOf, cut.asOf ?? Infinity) },
  };
  switch (read.ask) {
    case 'sums':
      return {
        ...({ ask: 'sums', ...range, unit: read.unit, by: [...by, ...(read.also ?? [])] } as const),
        ...(read.measures && { measures: read.measures }),
        ...(read.perBucket && { perBucket: true }),
      };
    case 'distinct': {
      const { of, measure, severalDays } = read;
      return { ask: 'distinct', ...range, unit: 'day', by, of, measure, ...(severalDays && { severalDays: true }) };
    }
    case 'followed': {
      const { of, measure, where, followers, withinMs, settledUpTo } = read;
      return {
        ask: 'followed',
        ...range,
        unit: 'day',
        where: [...slice.where, ...where],
        by,
        of,
        measure,
        followers,
        withinMs,
        settledUpTo,
      };
    }
  }
}
