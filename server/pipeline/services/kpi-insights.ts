/** What KPIs are made of, why they changed, and how they compare. */
import type { NodesOf } from '../../domain/nodes/nodes.ts';
import type { LedgerReads } from '../ports/ledger.ts';
import type { StoreReads } from '../ports/reads.ts';
import type { LedgerAsk } from '../figures/ask-kpis.ts';
import type { ContextParts } from '../figures/kpi-context.ts';
import { changeOfKpi } from './kpi-change.ts';
import { compareKpi } from './kpi-compare.ts';
import { describeKpis } from './kpi-definitions.ts';
import { explainKpi } from './kpi-explain.ts';
import { seriesOfKpis } from './kpi-series.ts';
import type { KpiInsightService } from './services.ts';

export interface KpiInsightParts extends ContextParts {
  readonly reads: ContextParts['reads'] & Pick<StoreReads, 'causingEvents' | 'policies'>;
  readonly ledger: Pick<LedgerReads, 'ask' | 'changes' | 'explain'> & Pick<LedgerAsk, 'clocks'>;
  readonly nodesOf: NodesOf;
}

export function createKpiInsights(parts: KpiInsightParts): KpiInsightService {
  return {
    explain: (query) => explainKpi(parts, query),
    change: (query) => changeOfKpi(parts, query),
    compare: (query) => compareKpi(parts, query),
    series: (query) => seriesOfKpis(parts, query),
    definitions: () => describeKpis(parts),
  };
}
