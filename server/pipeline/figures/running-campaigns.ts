/**
 * Campaigns that are not over, with what each cost and brought so far. Figures are those of the KPI definitions by campaign, so
 * that they equal `/api/campaigns`; what they need of the ledger is asked without any other dimension, so that ten thousand
 * campaigns are ten thousand sums that are kept in memory and carried on by later commits.
 */
import { hasSold } from '../../../shared/kpi/campaign-choices.ts';
import type { KpiValue } from '../../../shared/kpi/types.ts';
import type { DimValue } from '../../domain/dim-value.ts';
import { lowestRoi } from '../../domain/campaigns/roi-range.ts';
import { lossOf } from '../../domain/campaigns/low-return.ts';
import type { KpiContext, KpiDefinition, SumRead } from '../../domain/kpis/definition.ts';
import { evaluate } from '../../domain/kpis/evaluate.ts';
import { fitting, ratio, sum } from '../../domain/kpis/figures.ts';
import { breakEvenRoas } from '../../domain/kpis/roas.ts';
import { roi } from '../../domain/kpis/roi.ts';
import { addExact, type Exact } from '../../domain/ledger/exact.ts';
import { pacing, type CampaignStanding } from '../../domain/projection/campaign-choice.ts';
import { joinCampaigns } from '../../domain/projection/campaign-facts.ts';
import { campaignProgress } from '../../domain/projection/campaign-progress.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import type { SumQuestion, SumRow } from '../ports/ledger.ts';
import type { StoreReads } from '../ports/reads.ts';
import { everything, type Contexts } from './kpi-context.ts';

/** Newest plans looked at, as on 总览. */
const PLANS = 1_000;

export interface RunningCampaign extends CampaignStanding {
  /** The ROI with its parts; undefined where nothing of the campaign is on record. */
  readonly result: KpiValue | undefined;
  readonly breakEven: KpiValue | undefined;
  /** What the ROI may fall to; null where nothing more is to be expected. */
  readonly roiLow: number | null;
}

export interface RunningTotals {
  readonly spend: number | null;
  readonly ahead: number | null;
  readonly margin: number | null;
  readonly roi: number | null;
  readonly breakEven: number | null;
}

export const sells = ({ progress }: Pick<CampaignStanding, 'progress'>): boolean => hasSold(progress.phase);

interface Parts {
  readonly reads: Pick<StoreReads, 'facts'>;
  readonly sums: { sums(questions: readonly SumQuestion[]): Promise<readonly (readonly SumRow[])[]> };
  readonly calendar: Calendar;
}

/** The KPIs whose figures it holds: for the contexts it is given. */
export const runningKpis: readonly KpiDefinition[] = [roi, breakEvenRoas];

export async function runningCampaigns({ reads, sums, calendar }: Parts, contexts: Contexts): Promise<readonly RunningCampaign[]> {
  const [plans, phases, ends] = await Promise.all([
    factsOf(reads, 'campaign'),
    factsOf(reads, 'campaignPhase'),
    factsOf(reads, 'campaignEnd'),
  ]);
  const known = joinCampaigns(plans, phases, ends)
    .map((one) => ({ known: one, progress: campaignProgress(one, calendar, contexts.asOf) }))
    .filter(({ progress }) => progress.phase !== 'ended');
  if (known.length === 0) return [];
  const context = contexts.of(everything(calendar, contexts.asOf), ['campaign']);
  const { spend, rowsOf } = await sumsOf(sums, context, contexts);
  const allSpend = fitting([...spend.values()].reduce(addExact, 0)) ?? 0;
  return known.map(({ known: one, progress }): RunningCampaign => {
    const { campaignId, budget, targets } = one.plan.data;
    const own = rowsOf(campaignId);
    const figure = (definition: KpiDefinition) =>
      evaluate(definition, { by: 'campaign', where: [] }, context, own).find(({ dimension }) => dimension?.campaign === campaignId);
    const [result, breakEven] = [figure(roi), figure(breakEvenRoas)];
    const spent = spend.has(campaignId) ? fitting(spend.get(campaignId) ?? 0) : 0;
    const margin = marginOf(result);
    const money = { spend: spent ?? 0, margin: margin ?? 0 };
    const orders = Number(sum(cells(own.sales), 'sales', 'orders'));
    const judged = {
      ...money,
      targetRoi: targets.roi ?? null,
      budget,
      sells: hasSold(progress.phase),
      elapsed: progress.elapsed,
      orders,
      allSpend,
    };
    return {
      ...{ known: one, progress, spend: spent, pacing: pacing(spent, budget, progress.elapsed) },
      lost: spent === null || margin === null ? null : lossOf(judged),
      ...{ result, breakEven, roi: result?.value ?? null, maturity: result?.maturity ?? null },
      roiLow: margin === null || spent === null ? null : lowestRoi({ ...money, ...freshOf(own), coverage: result?.coverage ?? 1 }),
    };
  });
}

/** Margin = what the ROI's numerator holds above the spend; null where nothing of the campaign is on record. */
export function marginOf(result: KpiValue | undefined): number | null {
  return typeof result?.numerator === 'number' && typeof result.denominator === 'number' ? result.numerator + result.denominator : null;
}

/** Of all of them together: ratios of sums. What is warming up costs and does not sell yet. */
export function totalsOf(campaigns: readonly RunningCampaign[]): RunningTotals {
  const selling = campaigns.filter(sells);
  const spend = total(campaigns.map((campaign) => campaign.spend));
  const margin = total(selling.map(({ result }) => (result ? marginOf(result) : 0)));
  const above = total(selling.map(({ breakEven }) => breakEven?.numerator ?? 0));
  const below = total(selling.map(({ breakEven }) => breakEven?.denominator ?? 0));
  return {
    spend,
    margin,
    ahead: total(campaigns.filter((campaign) => !sells(campaign)).map((campaign) => campaign.spend)),
    roi: spend === null || margin === null ? null : ratio(margin - spend, spend, 0).value,
    breakEven: above === null || below === null ? null : ratio(above, below, 0).value,
  };
}

function total(values: readonly (number | null)[]): number | null {
  if (values.includes(null)) return null;
  return fitting(values.reduce((all: Exact, value) => addExact(all, value ?? 0), 0));
}

async function factsOf(reads: Parts['reads'], kind: 'campaign' | 'campaignPhase' | 'campaignEnd') {
  const rows = await reads.facts({ kind, limit: PLANS });
  return rows.map((row) => row.fact);
}

interface OwnRows {
  readonly [read: string]: readonly SumRow[];
  readonly sales: readonly SumRow[];
  readonly mature: readonly SumRow[];
  readonly spend: readonly SumRow[];
}

async function sumsOf(sums: Parts['sums'], context: KpiContext, { cut }: Contexts) {
  const wanted = roi.reads(context);
  const question = (name: string): SumQuestion | undefined => {
    const read = wanted[name];
    return read?.ask === 'sums' ? plainQuestion(read, cut) : undefined;
  };
  const names = ['sales', 'mature', 'spend'] as const;
  const asked = names.flatMap((name) => question(name) ?? []);
  const answers = await sums.sums(asked);
  const found = new Map(names.filter((name) => question(name)).map((name, i) => [name, byCampaign(answers[i] ?? [])] as const));
  const rowsOf = (id: DimValue): OwnRows => {
    const rows = (name: (typeof names)[number]): readonly SumRow[] => {
      const row = found.get(name)?.get(id);
      return row ? [row] : [];
    };
    return { sales: rows('sales'), mature: rows('mature'), spend: rows('spend') };
  };
  return { rowsOf, spend: new Map([...(found.get('spend') ?? [])].map(([id, row]) => [id, row.measures[0] ?? 0] as const)) };
}

/** By campaign and by nothing else: the definition's own question groups spend by its kind too, which the ROI does not need. */
function plainQuestion({ family, unit, from, to }: SumRead, cut: Contexts['cut']): SumQuestion {
  return { ask: 'sums', family, unit, from, to, where: [], by: ['campaign'], cut };
}

const byCampaign = (rows: readonly SumRow[]): ReadonlyMap<DimValue, SumRow> => new Map(rows.map((row) => [row.dims[0] ?? null, row]));
const cells = (rows: readonly SumRow[]) => rows.map(({ measures }) => ({ also: [], measures }));

function freshOf({ sales, mature }: OwnRows) {
  const of = (rows: readonly SumRow[], measure: 'paid' | 'cohortRefunded') => Number(sum(cells(rows), 'sales', measure));
  return {
    ...{ paid: of(sales, 'paid'), refunded: of(sales, 'cohortRefunded') },
    ...{ maturePaid: of(mature, 'paid'), matureRefunded: of(mature, 'cohortRefunded') },
  };
}
