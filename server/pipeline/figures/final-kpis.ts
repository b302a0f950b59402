/** Values of KPIs with how final they are: a closed period is asked twice, as it is known now and as it was known when it closed [I7]. */
import type { KpiValue } from '../../../shared/kpi/types.ts';
import type { KpiDefinition } from '../../domain/kpis/definition.ts';
import { evaluate, type KpiSelection } from '../../domain/kpis/evaluate.ts';
import { evaluateBoth, restated } from '../../domain/kpis/restate.ts';
import type { Period } from '../../domain/time/period.ts';
import { readKpis, type LedgerAsk } from './ask-kpis.ts';
import type { Contexts } from './kpi-context.ts';

export interface FinalQuestion {
  readonly contexts: Contexts;
  readonly period: Period;
  readonly slice: KpiSelection;
}

/** Values of each definition, in their order. All of them see one state of the ledger. */
export async function askFinal(
  ledger: LedgerAsk,
  definitions: readonly KpiDefinition[],
  { contexts, period, slice }: FinalQuestion,
): Promise<readonly (readonly KpiValue[])[]> {
  const dimensions = [...slice.where.map(({ dim }) => dim), ...(slice.by === null ? [] : [slice.by])];
  const context = contexts.of(period, dimensions);
  const closedAt = contexts.closings.closedAt(period, contexts.moment);
  const then = closedAt === undefined ? undefined : contexts.knownAt(closedAt);
  const before = then?.of(period, dimensions);
  const asked = definitions.flatMap((definition) => [
    { definition, slice, context, cut: contexts.cut },
    ...(then && before ? [{ definition, slice, context: before, cut: then.cut }] : []),
  ]);
  const results = await readKpis(ledger, asked, contexts.cut);
  return definitions.map((definition, i) => {
    if (!before) return evaluate(definition, slice, context, results[i] ?? {});
    const [now, closed] = [results[i * 2] ?? {}, results[i * 2 + 1] ?? {}];
    const both = evaluateBoth(definition, slice, { context, results: now }, { context: before, results: closed });
    return both.map((value) => restated(value.now, value.closed));
  });
}
