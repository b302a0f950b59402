/** Figures of campaigns by a dimension: those of the KPI definitions, so they equal `/api/kpis` by the same dimension. */
import { campaignFigures, type CampaignBasis, type CampaignFigure, type CampaignSum } from '../../../shared/kpi/campaigns.ts';
import type { KpiDimension, KpiValue } from '../../../shared/kpi/types.ts';
import type { DimValue } from '../../domain/dim-value.ts';
import type { KpiDefinition } from '../../domain/kpis/definition.ts';
import { evaluate, type KpiSelection, type ReadResults } from '../../domain/kpis/evaluate.ts';
import { fitting } from '../../domain/kpis/figures.ts';
import { kpiDefinition } from '../../domain/kpis/registry.ts';
import { addExact, type Exact } from '../../domain/ledger/exact.ts';
import type { Period } from '../../domain/time/period.ts';
import { askKpis, readKpis, type AskedKpi, type LedgerAsk } from './ask-kpis.ts';
import type { Contexts } from './kpi-context.ts';

/** KPIs a row shows under their own id; spend and margin come from rows and parts. */
const shown = campaignFigures.filter((name) => name !== 'spend' && name !== 'margin');

export interface SumsQuestion {
  readonly period: Period;
  readonly basis: CampaignBasis;
  readonly by: KpiDimension;
  readonly where: KpiSelection['where'];
}
type GroupOf = (cell: DimValue, read: string) => string | undefined;

export interface CampaignSums {
  readonly cells: ReadonlyMap<DimValue, CampaignSum>;
  /** Standing orders of each cell. */
  readonly orders: ReadonlyMap<DimValue, number>;
  /** The first business day of the period on which each cell spent anything. */
  readonly firstSpend: ReadonlyMap<DimValue, number>;
  readonly total: CampaignSum;
  /**
   * The same with cells put together: each figure is that of all their rows, so that ratios are ratios of sums.
   * @param groupOf the group of what a cell has in one of the reads of its KPIs; undefined = in none
   */
  readonly grouped: (groupOf: GroupOf) => ReadonlyMap<string, CampaignSum>;
}

export async function sumsBy(ledger: LedgerAsk, contexts: Contexts, question: SumsQuestion): Promise<CampaignSums> {
  const { period, basis, by, where } = question;
  const definitions = shown.flatMap((id) => figureDefinition(id, basis) ?? []).filter(({ dimensions }) => dimensions.includes(by));
  const dims = where.map(({ dim }) => dim);
  const asked = (selection: KpiSelection, dimensions: readonly string[]) => {
    const context = contexts.of(period, dimensions);
    return definitions.map((definition): AskedKpi => ({ definition, context, slice: selection }));
  };
  const { from, to } = period;
  const ofEach = asked({ by, where }, [...dims, by]);
  const [whole, read, [spend = []]] = await Promise.all([
    askKpis(ledger, asked({ by: null, where }, dims), contexts.cut),
    readKpis(ledger, ofEach, contexts.cut),
    ledger.ask([{ ask: 'sums', family: 'spend', unit: 'day', from, to, where, by: [by], perBucket: true, cut: contexts.cut }]),
  ]);
  const spent = spend.flatMap((row) => {
    const amount = 'measures' in row ? (row.measures[0] ?? 0) : 0;
    return amount === 0 || !('bucket' in row) ? [] : [{ cell: row.dims[0] ?? null, amount, day: row.bucket ?? Infinity }];
  });
  const firstSpend = new Map<DimValue, number>();
  for (const { cell, day } of spent) firstSpend.set(cell, Math.min(day, firstSpend.get(cell) ?? Infinity));
  const orders = new Map<DimValue, number>();
  const cells = together(valuesOf(ofEach, read), spent, by, orders);
  const total: Writable = { ...noFigures, reasons: {} };
  for (const value of whole.flat()) take(total, value);
  total.spend = fitting(spent.reduce<Exact>((sum, { amount }) => addExact(sum, amount), 0));
  return {
    cells,
    orders,
    firstSpend,
    total,
    grouped(groupOf) {
      const results = read.map((one) => renamed(one, groupOf));
      const moved = spent.flatMap(({ cell, amount }) => {
        const group = groupOf(cell, 'spend');
        return group === undefined ? [] : [{ cell: group, amount }];
      });
      const groups = together(valuesOf(ofEach, results), moved, by, new Map());
      return new Map([...groups].flatMap(([group, sum]) => (group === null ? [] : [[group, sum]])));
    },
  };
}

function valuesOf(asked: readonly AskedKpi[], results: readonly ReadResults[]): readonly KpiValue[] {
  return asked.flatMap(({ definition, context, slice }, i) => evaluate(definition, slice, context, results[i] ?? {}));
}

/** Rows whose first dimension names the group of their cell; those in no group are left out. */
function renamed(results: ReadResults, groupOf: GroupOf): ReadResults {
  return Object.fromEntries(
    Object.entries(results).map(([name, rows]) => [
      name,
      rows.flatMap((row) => {
        const [cell = null, ...also] = row.dims;
        const group = groupOf(cell, name);
        return group === undefined ? [] : [{ ...row, dims: [group, ...also] }];
      }),
    ]),
  );
}

interface Spent {
  readonly cell: DimValue;
  readonly amount: Exact;
}

/** @param orders is filled with the standing orders of each cell */
function together(
  values: readonly KpiValue[],
  spent: readonly Spent[],
  by: KpiDimension,
  orders: Map<DimValue, number>,
): Map<DimValue, Writable> {
  const cells = new Map<DimValue, Writable>();
  const cellOf = (key: DimValue): Writable => {
    const cell = cells.get(key) ?? { ...noFigures, reasons: {} };
    cells.set(key, cell);
    return cell;
  };
  for (const value of values) {
    const key = value.dimension?.[by] ?? null;
    take(cellOf(key), value);
    if (value.kpi === 'net_sales') orders.set(key, value.sample);
  }
  const sums = new Map<DimValue, Exact>();
  for (const { cell, amount } of spent) sums.set(cell, addExact(sums.get(cell) ?? 0, amount));
  for (const [cell, amount] of sums) cellOf(cell).spend = fitting(amount);
  return cells;
}

/** A KPI that has the dimension campaign; ratios in the asked basis where they come in two. */
export function figureDefinition(id: CampaignFigure, basis: CampaignBasis): KpiDefinition | undefined {
  const inCohort = basis === 'cohort' && id !== 'net_sales' ? kpiDefinition(`${id}_cohort`) : undefined;
  const definition = inCohort ?? kpiDefinition(id);
  return definition?.dimensions.includes('campaign') ? definition : undefined;
}

type Writable = { -readonly [K in keyof CampaignSum]: CampaignSum[K] };

/** Of a campaign about which nothing is known. */
export const noFigures: CampaignSum = {
  ...{ spend: 0, net_sales: 0, net_sales_cohort: 0, margin: null, roi: null, roi_revenue: null, roas: null, break_even_roas: null },
  ...{ new_customers: 0, cac: null, leads: 0, valid_leads: 0, cpl: null, reads: 0, likes: 0, shares: 0, spread_index: 0 },
  ...{ maturity: null, coverage: null, reasons: {} },
};

const names: ReadonlyMap<string, CampaignFigure> = new Map(
  shown.flatMap((id) => [
    [id, id],
    [`${id}_cohort`, id],
  ]),
);

function take(cell: Writable, value: KpiValue): void {
  const id = names.get(value.kpi);
  if (id === undefined) return;
  cell[id] = value.value;
  if (value.reason !== undefined) cell.reasons[id] = value.reason;
  if (id !== 'roi') return;
  // ROI is (margin − cost) ÷ cost, so its two parts give the margin.
  if (value.numerator !== null && value.denominator !== null) cell.margin = value.numerator + value.denominator;
  cell.maturity = value.maturity ?? null;
  cell.coverage = value.coverage ?? null;
}
