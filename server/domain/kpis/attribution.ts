/** What belongs to campaigns (R13), and what a KPI of return says beside its value: coverage by costs, and maturity. */
import type { DimValue } from '../dim-value.ts';
import { DAY_MS } from '../time/calendar.ts';
import type { CellInput, Figure, KpiContext, Only, Part, Read, SumRead } from './definition.ts';
import { sum, term } from './figures.ts';
import { netMeasures, salesRead } from './net-sales.ts';
import { spendRead } from './spend.ts';

/** The rule by which sales belong to a campaign (R13): that of the order, else that of the lead the order names. */
export const attributionRule = { name: 'order_then_lead', version: 1 } as const;

const attributedOnly: Only = { dim: 'campaign', values: { has: (campaign: DimValue) => campaign !== null } };

/** Only rows of a campaign. A question that names campaigns keeps what belongs to none as a cell of its own. */
function ofCampaigns(read: SumRead, { dimensions }: KpiContext): SumRead {
  if (dimensions.includes('campaign')) return read;
  const also = read.also ?? [];
  return { ...read, also: also.includes('campaign') ? also : [...also, 'campaign'], only: attributedOnly };
}

/** With costs: what a margin is made of, and beside it what was paid. */
export function attributedSales(context: KpiContext, { costs = false } = {}): Record<string, Read> {
  const measures = costs ? ([...netMeasures, 'costed', 'cost', 'costedRefunded'] as const) : netMeasures;
  return { sales: ofCampaigns(salesRead(context, measures), context) };
}

/** Spend of campaigns. */
export function attributedSpend(context: KpiContext): Record<string, Read> {
  return { spend: ofCampaigns(spendRead(context), context) };
}

/** Sales of the days whose revenue is older than the refund lag, where there are such days (R25). */
export function matureSales(context: KpiContext): Record<string, Read> {
  const { calendar, period, asOf, readings } = context;
  const to = Math.min(period.to, calendar.dayOf(asOf - readings.refundLagDays * DAY_MS));
  return to <= period.from ? {} : { mature: { ...ofCampaigns(salesRead(context, ['paid']), context), to, aside: true } };
}

/** Names of the reads above that hold what was sold. */
export const soldReads: ReadonlySet<string> = new Set(['sales', 'mature']);

/** R14: of lines with a cost, paid − given back − cost. */
export const marginPart = (): Part => [...costedNetPart(), term('sales', 'sales', 'cost', -1)];
/** Net sales of lines with a cost. */
export const costedNetPart = (): Part => [term('sales', 'sales', 'costed'), term('sales', 'sales', 'costedRefunded', -1)];
export const attributedOrders = (): Part => [term('sales', 'sales', 'orders')];

const paid = (cell: CellInput, read: string): number => Number(sum(cell.rows(read), 'sales', 'paid'));

/** There is no return on what belongs to no campaign. */
export function onlyOfCampaigns(figure: Figure, cell: CellInput): Figure {
  return cell.dimension?.campaign === null ? { ...figure, value: null, reason: 'no_campaign' } : figure;
}

/** Share of the attributed revenue of which the cost is known. */
export function withCoverage(figure: Figure, cell: CellInput): Figure {
  const revenue = paid(cell, 'sales');
  return revenue === 0 ? figure : { ...figure, coverage: Number(sum(cell.rows('sales'), 'sales', 'costed')) / revenue };
}

/** Share of the attributed revenue that is older than the refund lag. */
export function withMaturity(figure: Figure, cell: CellInput): Figure {
  const revenue = paid(cell, 'sales');
  return revenue === 0 ? figure : { ...figure, maturity: paid(cell, 'mature') / revenue };
}
