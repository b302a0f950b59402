/**
 * GET /api/kpis: parses the question, asks the ledger what its KPIs declare (once for all that
 * need the same), and has the domain make values of it. Outcomes are values: a
 * question that cannot be answered is a refusal that names the parameter at fault.
 */
import { toNfc } from '../../../shared/text/nfc.ts';
import { grains, kpiDimensions, type KpiAnswer, type KpiDimension } from '../../../shared/kpi/types.ts';
import type { KpiDefinition } from '../../domain/kpis/definition.ts';
import type { KpiSelection } from '../../domain/kpis/evaluate.ts';
import { kpiDefinition, kpiDefinitions } from '../../domain/kpis/registry.ts';
import { parsePeriod } from '../../domain/time/period.ts';
import type { LedgerAsk } from '../figures/ask-kpis.ts';
import { askFinal } from '../figures/final-kpis.ts';
import { contextsOf, type ContextParts } from '../figures/kpi-context.ts';
import { isRefusal, refuse, type Refusal } from '../ports/refusal.ts';
import type { KpiQuery, KpiService } from './services.ts';

export interface KpiServiceParts extends ContextParts {
  readonly ledger: LedgerAsk;
}

export function createKpiService({ reads, ledger, calendar, clock }: KpiServiceParts): KpiService {
  return {
    async query(query) {
      const definitions = definitionsOf(query);
      if (isRefusal(definitions)) return definitions;
      const slice = selectionOf(query, definitions);
      if (isRefusal(slice)) return slice;
      if (!grains.includes(query.grain)) return refuse(400, 'bad_grain', `grain is one of ${grains.join(', ')}`, { path: 'grain' });
      const period = parsePeriod(query.grain, query.period);
      if (!period) {
        return refuse(400, 'bad_period', `“${query.period}” names no ${query.grain}; write it like ${examples[query.grain]}`, {
          path: 'period',
        });
      }
      const contexts = await contextsOf({ reads, calendar, clock }, query, definitions);
      const values = await askFinal(ledger, definitions, { contexts, period, slice });
      const answer: KpiAnswer = { asOf: new Date(contexts.asOf).toISOString(), timeZone: calendar.timeZone, values: values.flat() };
      return answer;
    },
  };
}

const examples = { day: '2026-11-23', week: '2026-W48', month: '2026-11', quarter: '2026-Q4', year: '2026' } as const;

/** No KPI named = every one that has the dimensions asked for. */
function definitionsOf(query: KpiQuery): readonly KpiDefinition[] | Refusal {
  const asked = [...(query.by === null ? [] : [query.by]), ...query.where.map((w) => w.dim)];
  if (query.kpis.length === 0) {
    return kpiDefinitions.filter((d) => asked.every((dim) => (d.dimensions as readonly string[]).includes(dim)));
  }
  const found: KpiDefinition[] = [];
  for (const id of new Set(query.kpis)) {
    const definition = kpiDefinition(id);
    if (!definition) return refuse(400, 'unknown_kpi', `no KPI is called “${id}”`, { path: 'kpi' });
    found.push(definition);
  }
  return found;
}

function selectionOf(query: KpiQuery, definitions: readonly KpiDefinition[]): KpiSelection | Refusal {
  const by = query.by === null ? null : dimension(query.by, 'by', definitions);
  if (isRefusal(by)) return by;
  const where: { dim: KpiDimension; value: string | null }[] = [];
  for (const { dim, value } of query.where) {
    const known = dimension(dim, 'where', definitions);
    if (isRefusal(known)) return known;
    where.push({ dim: known, value: value === null ? null : toNfc(value) });
  }
  return { by, where };
}

function dimension(name: string, path: 'by' | 'where', definitions: readonly KpiDefinition[]): KpiDimension | Refusal {
  const known = kpiDimensions.find((d) => d === name);
  if (!known) return refuse(400, 'unknown_dimension', `“${name}” is no dimension; there are ${kpiDimensions.join(', ')}`, { path });
  const lacking = definitions.find((d) => !d.dimensions.includes(known));
  if (!lacking) return known;
  return refuse(400, 'dimension_not_of_kpi', `${lacking.id} has no dimension “${name}”; it has ${lacking.dimensions.join(', ')}`, { path });
}
