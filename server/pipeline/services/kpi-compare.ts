/** GET /api/kpis/compare: a figure beside that of another period after the same elapsed time, and what makes the difference (R27). */
import type { KpiComparison } from '../../../shared/kpi/compare.ts';
import type { KpiDefinition } from '../../domain/kpis/definition.ts';
import { comparedParts } from '../../domain/kpis/differences.ts';
import { partsWithOthers } from '../../domain/kpis/others.ts';
import type { KpiSelection } from '../../domain/kpis/evaluate.ts';
import { nodeBase } from '../../domain/nodes/base.ts';
import type { NodesOf } from '../../domain/nodes/nodes.ts';
import { baseAsOf, yearEarlier } from '../../domain/time/base-period.ts';
import { parsePeriod, previousPeriod, type Period } from '../../domain/time/period.ts';
import { askKpis, type LedgerAsk } from '../figures/ask-kpis.ts';
import { contextsOf, type ContextParts } from '../figures/kpi-context.ts';
import type { StoreReads } from '../ports/reads.ts';
import { isRefusal, refuse, type Refusal } from '../ports/refusal.ts';
import { definitionOf, dimensionsNamed, periodAsked, selectionOf } from './kpi-question.ts';
import type { KpiCompareQuery } from './services.ts';

export interface KpiCompareParts extends ContextParts {
  readonly reads: ContextParts['reads'] & Pick<StoreReads, 'policies'>;
  readonly ledger: LedgerAsk;
  readonly nodesOf: NodesOf;
}

export async function compareKpi(parts: KpiCompareParts, query: KpiCompareQuery): Promise<KpiComparison | Refusal> {
  const definition = definitionOf(query.kpi);
  if (isRefusal(definition)) return definition;
  const cells = selectionOf(query, [definition]);
  if (isRefusal(cells)) return cells;
  const period = periodAsked(query);
  if (isRefusal(period)) return period;
  const base = await baseOf(parts, period, query.against);
  if (isRefusal(base)) return base;
  const contexts = await contextsOf(parts, query);
  const whole: KpiSelection = { ...cells, by: null };
  const until = base && baseAsOf(parts.calendar, period, base, contexts.asOf);
  const asOf = Math.min(until ?? contexts.asOf, contexts.asOf);
  const dimensions = dimensionsNamed(cells);
  const nowIn = contexts.of(period, dimensions);
  const ask = (slice: KpiSelection) => [
    { definition, slice, context: nowIn, cut: contexts.cut },
    ...(base ? [{ definition, slice, context: contexts.of(base, dimensions, asOf), cut: { ...contexts.cut, asOf } }] : []),
  ];
  const asked = [...ask(whole), ...(cells.by === null ? [] : ask(cells))];
  const answers = await askKpis(parts.ledger, asked, contexts.cut);
  const now = answers[0]?.[0];
  const other = base ? answers[1]?.[0] : undefined;
  if (!now) throw new Error(`${definition.id} has no value for one cell`);
  if (!other) return { now, base: null, difference: null, baseAsOf: null, parts: [] };
  return {
    ...{ now, base: other },
    difference: now.value === null || other.value === null ? null : now.value - other.value,
    baseAsOf: until === undefined ? null : new Date(asOf).toISOString(),
    parts:
      cells.by === null
        ? []
        : partsWithOthers(
            comparedParts({ now, base: other, isRatio: isRatio(definition, nowIn) }, answers[2] ?? [], answers[3] ?? []),
            cells.by,
          ),
  };
}

function isRatio(definition: KpiDefinition, context: Parameters<NonNullable<KpiDefinition['parts']>>[0]): boolean {
  const parts = definition.parts?.(context);
  return parts !== undefined && !('value' in parts);
}

/** undefined where no calendar knows such a period. */
async function baseOf({ reads, nodesOf }: KpiCompareParts, period: Period, against: string): Promise<Period | undefined | Refusal> {
  switch (against) {
    case 'previous':
      return previousPeriod(period);
    case 'year':
      return yearEarlier(period);
    case 'node': {
      const { holidays } = await reads.policies();
      return nodeBase(nodesOf(holidays), period);
    }
    default:
      return (
        parsePeriod(period.grain, against) ??
        refuse(
          400,
          'bad_against',
          `“${against}” is neither previous, year nor node, nor the name of a ${period.grain} such as ${previousPeriod(period).name}`,
          {
            path: 'against',
          },
        )
      );
  }
}
