/** A line with events of every kind, brands and targets, and the services that answer questions about its KPIs. */
import { grains, kpiDimensions, type Grain, type KpiDimension, type KpiValue } from '../../shared/kpi/types.ts';
import type { KpiDefinition } from '../../server/domain/kpis/definition.ts';
import { kpiDefinitions } from '../../server/domain/kpis/registry.ts';
import { periodOf } from '../../server/domain/time/period.ts';
import type { LedgerReads } from '../../server/pipeline/ports/ledger.ts';
import { isRefusal, type Refusal } from '../../server/pipeline/ports/refusal.ts';
import { createKpiInsights } from '../../server/pipeline/services/kpi-insights.ts';
import { createKpiService } from '../../server/pipeline/services/kpis.ts';
import type { KpiInsightService, KpiQuery, KpiService } from '../../server/pipeline/services/services.ts';
import { generateEvents } from './event-generator.ts';
import { openLine, type Line } from './line.ts';
import { nodesOf } from './nodes.ts';
import type { Random } from './random.ts';

export const INSIGHTS_NOW = '2026-11-23T14:00:00+08:00';
/** Days before it are history, and what falls into later ones may be late. */
const WORKSPACE_MADE = '2026-11-01T09:00:00+08:00';
const SPAN_DAYS = 40;
const who = { owner: '王', reason: '年度计划' };

export interface InsightsRig {
  readonly line: Line;
  readonly kpis: KpiService;
  readonly insights: KpiInsightService;
  /** Values of one KPI, refusals as errors. */
  values(query: Partial<KpiQuery> & Pick<KpiQuery, 'kpis'>): Promise<readonly KpiValue[]>;
}

/** Events are received over the last days of their span, an hour between batches. */
export async function openInsights(
  seed: number,
  options: { count?: number; ledger?: (line: Line) => LedgerReads } = {},
): Promise<InsightsRig> {
  const line = await openLine({ now: WORKSPACE_MADE });
  const until = Date.parse(INSIGHTS_NOW);
  const count = options.count ?? 500;
  const events = generateEvents({ seed, count, until, spanMs: SPAN_DAYS * 86_400_000, ids: 25, instants: 400 });
  const batches = 12;
  line.at(until - (batches + 1) * 3_600_000);
  await line.store.write(async (tx) => {
    await tx.putPolicy('brands', { value: { own: ['山澜'], tracked: ['铂域'] }, ...who, effectiveFrom: 0, setAt: 0 });
  });
  for (let i = 0; i < batches; i += 1) {
    line.at(until - (batches - i) * 3_600_000);
    const share = events.slice(Math.floor((i * events.length) / batches), Math.floor(((i + 1) * events.length) / batches));
    await line.ingest(
      share
        .sort((a, b) => Date.parse(a.time) - Date.parse(b.time))
        .filter(({ time }) => Date.parse(time) <= line.clock.now() || i === batches - 1),
    );
  }
  line.at(until);
  const today = line.calendar.dayOf(until);
  const periods = grains.map((grain) => periodOf(grain, today));
  await line.store.write(async (tx) => {
    await tx.putTargets(
      periods.flatMap(({ grain, name }) => [
        { kpi: 'net_sales', grain, period: name, value: 1_000_000, ...who },
        { kpi: 'net_sales', grain, period: name, value: 400_000, dimension: { channel: '天猫' }, ...who },
        { kpi: 'budget', grain, period: name, value: 900_000, ...who },
      ]),
      until,
    );
  });
  const parts = {
    reads: line.store.reads,
    ledger: options.ledger?.(line) ?? line.ledger,
    calendar: line.calendar,
    clock: line.clock,
    nodesOf,
  };
  const kpis = createKpiService(parts);
  return {
    line,
    kpis,
    // As the product wires them: clocks of stories are counted by the store.
    insights: createKpiInsights({
      ...parts,
      ledger: { ...parts.ledger, clocks: (question) => line.store.reads.clockCounts(question) },
    }),
    async values(query) {
      const period = periodOf('month', today);
      return answered(await kpis.query({ grain: 'month', period: period.name, by: null, where: [], asOf: null, knownAt: null, ...query }))
        .values;
    },
  };
}

export function answered<T extends object>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Error(answer.detail);
  return answer;
}

export interface AskedCell {
  readonly definition: KpiDefinition;
  readonly grain: Grain;
  readonly period: string;
  readonly where: readonly { readonly dim: KpiDimension; readonly value: string | null }[];
}

/** Of every KPI the whole and a cell of each of its dimensions, in a period of each grain the events lie in. */
export async function cellsOfEveryKpi(
  rig: InsightsRig,
  random: Random,
  of: readonly KpiDefinition[] = kpiDefinitions,
): Promise<readonly AskedCell[]> {
  const today = rig.line.calendar.dayOf(rig.line.clock.now());
  const cells: AskedCell[] = [];
  for (const definition of of) {
    for (const by of [null, ...kpiDimensions.filter((dim) => definition.dimensions.includes(dim))]) {
      const grain = random.pick(grains);
      const period = periodOf(grain, grain === 'day' || grain === 'week' ? today - random.below(SPAN_DAYS) : today).name;
      if (by === null) {
        cells.push({ definition, grain, period, where: [] });
        continue;
      }
      const found = await rig.values({ kpis: [definition.id], grain, period, by });
      const open = found.flatMap(({ dimension }) =>
        dimension && !(definition.restOf === by && dimension[by] === null) ? [dimension[by] ?? null] : [],
      );
      if (open.length > 0) cells.push({ definition, grain, period, where: [{ dim: by, value: random.pick(open) }] });
    }
  }
  return cells;
}
