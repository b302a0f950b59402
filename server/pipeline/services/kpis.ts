/**
 * GET /api/kpis: parses the question, asks the ledger what its KPIs declare (once for all that
 * need the same), and has the domain make values of it. Outcomes are values: a
 * question that cannot be answered is a refusal that names the parameter at fault.
 */
import type { KpiAnswer } from '../../../shared/kpi/types.ts';
import { shapeOf, withOthers } from '../../domain/kpis/others.ts';
import type { LedgerAsk } from '../figures/ask-kpis.ts';
import { askFinal } from '../figures/final-kpis.ts';
import { contextsOf, type ContextParts } from '../figures/kpi-context.ts';
import type { StoreReads } from '../ports/reads.ts';
import { isRefusal } from '../ports/refusal.ts';
import { definitionsOf, dimensionsNamed, periodAsked, selectionOf } from './kpi-question.ts';
import type { KpiService } from './services.ts';

export interface KpiServiceParts extends ContextParts {
  readonly reads: ContextParts['reads'] & Pick<StoreReads, 'clockCounts'>;
  readonly ledger: LedgerAsk;
}

export function createKpiService({ reads, ledger, calendar, clock }: KpiServiceParts): KpiService {
  const sources: LedgerAsk = { ask: (questions) => ledger.ask(questions), clocks: (question) => reads.clockCounts(question) };
  return {
    async query(query) {
      const definitions = definitionsOf(query);
      if (isRefusal(definitions)) return definitions;
      const slice = selectionOf(query, definitions);
      if (isRefusal(slice)) return slice;
      const period = periodAsked(query);
      if (isRefusal(period)) return period;
      const contexts = await contextsOf({ reads, calendar, clock }, query, definitions);
      const values = await askFinal(sources, definitions, { contexts, period, slice });
      const context = contexts.of(period, dimensionsNamed(slice));
      const cells = definitions.map((definition, i) => ({ shape: shapeOf(definition, context), values: values[i] ?? [] }));
      const shown = withOthers(cells, slice.by);
      const answer: KpiAnswer = { asOf: new Date(contexts.asOf).toISOString(), timeZone: calendar.timeZone, values: shown.flat() };
      return answer;
    },
  };
}
