/** What people ask about KPIs, read in one place: whatever does not exist is refused by the name of its parameter, with a list of what there is. */
import { grains, kpiDimensions, type KpiDimension } from '../../../shared/kpi/types.ts';
import { toNfc } from '../../../shared/text/nfc.ts';
import type { KpiDefinition } from '../../domain/kpis/definition.ts';
import type { KpiSelection } from '../../domain/kpis/evaluate.ts';
import { kpiDefinition, kpiDefinitions } from '../../domain/kpis/registry.ts';
import { parsePeriod, type Period } from '../../domain/time/period.ts';
import { isRefusal, refuse, type Refusal } from '../ports/refusal.ts';
import type { KpiQuery } from './services.ts';

const examples = { day: '2026-11-23', week: '2026-W48', month: '2026-11', quarter: '2026-Q4', year: '2026' } as const;

/** No KPI named = every one that has the dimensions asked for. */
export function definitionsOf({ kpis, by, where }: Pick<KpiQuery, 'kpis' | 'by' | 'where'>): readonly KpiDefinition[] | Refusal {
  const asked = [...(by === null ? [] : [by]), ...where.map((w) => w.dim)];
  if (kpis.length === 0) {
    return kpiDefinitions.filter((d) => asked.every((dim) => d.dimensions.some((known) => known === dim)));
  }
  const found: KpiDefinition[] = [];
  for (const id of new Set(kpis)) {
    const definition = definitionOf(id);
    if (isRefusal(definition)) return definition;
    found.push(definition);
  }
  return found;
}

export function definitionOf(id: string): KpiDefinition | Refusal {
  return (
    kpiDefinition(id) ??
    refuse(400, 'unknown_kpi', `no KPI is called “${id}”; there are ${kpiDefinitions.map((d) => d.id).join(', ')}`, { path: 'kpi' })
  );
}

export function periodAsked({ grain, period: name }: Pick<KpiQuery, 'grain' | 'period'>, path = 'period'): Period | Refusal {
  if (!grains.includes(grain)) return refuse(400, 'bad_grain', `grain is one of ${grains.join(', ')}`, { path: 'grain' });
  const period = parsePeriod(grain, name);
  return period ?? refuse(400, 'bad_period', `“${name}” names no ${grain}; write it like ${examples[grain]}`, { path });
}

export function selectionOf(query: Pick<KpiQuery, 'by' | 'where'>, definitions: readonly KpiDefinition[]): KpiSelection | Refusal {
  const by = query.by === null ? null : dimension(query.by, 'by', definitions);
  if (isRefusal(by)) return by;
  const where: { dim: KpiDimension; value: string | null }[] = [];
  for (const { dim, value } of query.where) {
    const known = dimension(dim, 'where', definitions);
    if (isRefusal(known)) return known;
    // Nothing has two values of one dimension, and a cell could not say which of them it is.
    if (where.some((one) => one.dim === known)) return refuse(400, 'repeated_dimension', `where names ${known} twice`, { path: 'where' });
    where.push({ dim: known, value: value === null ? null : toNfc(value) });
  }
  return { by, where };
}

/** Every dimension a question names. */
export function dimensionsNamed({ by, where }: KpiSelection): readonly string[] {
  return [...where.map(({ dim }) => dim), ...(by === null ? [] : [by])];
}

function dimension(name: string, path: 'by' | 'where', definitions: readonly KpiDefinition[]): KpiDimension | Refusal {
  const known = kpiDimensions.find((d) => d === name);
  if (!known) return refuse(400, 'unknown_dimension', `“${name}” is no dimension; there are ${kpiDimensions.join(', ')}`, { path });
  const lacking = definitions.find((d) => !d.dimensions.includes(known));
  if (!lacking) return known;
  return refuse(400, 'dimension_not_of_kpi', `${lacking.id} has no dimension “${name}”; it has ${lacking.dimensions.join(', ')}`, { path });
}
