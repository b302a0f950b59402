/** GET /api/restatements: what came for days after they had closed, beside their closed figures [I7]. */
import type { Restatement } from '../../../shared/kpi/restatements.ts';
import { partsOf } from '../../domain/closing/closing-book.ts';
import type { KpiDefinition } from '../../domain/kpis/definition.ts';
import { kpiDefinition, kpiDefinitions } from '../../domain/kpis/registry.ts';
import { contextsOf, type ContextParts } from '../figures/kpi-context.ts';
import { restatementsOfDay } from '../figures/restatements-of-day.ts';
import type { LedgerReads } from '../ports/ledger.ts';
import { cursorOf } from '../ports/page.ts';
import { isRefusal, refuse, type Refusal } from '../ports/refusal.ts';
import { dayRange } from './day-range.ts';
import type { RestatementService } from './services.ts';

export interface RestatementServiceParts extends ContextParts {
  readonly ledger: Pick<LedgerReads, 'ask' | 'changes'>;
}

/** Days looked at where the question names none. */
const DAYS = 35;

export function createRestatementService({ ledger, ...parts }: RestatementServiceParts): RestatementService {
  return {
    async list({ from, to, kpis, limit, after }) {
      const { calendar, clock } = parts;
      const range = dayRange({ from, to }, calendar, clock.now(), DAYS);
      if (isRefusal(range)) return range;
      const definitions = definitionsOf(kpis);
      if (isRefusal(definitions)) return definitions;
      const contexts = await contextsOf(parts, { asOf: null, knownAt: null });
      const placed: { readonly place: readonly [number, number]; readonly row: Restatement }[] = [];
      // One day after the other: a question about a year must not keep the ledger from answering others.
      for (const day of partsOf(range, 'day')) {
        const rows = await restatementsOfDay(ledger, definitions, contexts, day);
        rows.forEach((row, i) => placed.push({ place: [day.from, i], row }));
      }
      const behind = after === null ? placed : placed.filter(({ place: [day, i] }) => day > after[0] || (day === after[0] && i > after[1]));
      const page = behind.slice(0, limit);
      const last = page.at(-1);
      const next = cursorOf(last && behind.length > page.length ? last.place : null);
      return { rows: page.map(({ row }) => row), total: placed.length, next };
    },
  };
}

/** None named = all. */
function definitionsOf(kpis: readonly string[]): readonly KpiDefinition[] | Refusal {
  if (kpis.length === 0) return kpiDefinitions;
  const found: KpiDefinition[] = [];
  for (const id of new Set(kpis)) {
    const definition = kpiDefinition(id);
    if (!definition) {
      const detail = `no KPI is called “${id}”; there are ${kpiDefinitions.map((each) => each.id).join(', ')}`;
      return refuse(400, 'unknown_kpi', detail, { path: 'kpi' });
    }
    found.push(definition);
  }
  return found;
}
