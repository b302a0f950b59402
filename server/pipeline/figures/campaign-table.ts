/** Every campaign with what it cost and brought: the figures are those of the KPI definitions by campaign, so they equal `/api/kpis`. */
import { groupOf, hasSold, type CampaignGrouping } from '../../../shared/kpi/campaign-choices.ts';
import type { CampaignBasis, CampaignGroup, CampaignPage, CampaignRow, CampaignSum, CampaignTotal } from '../../../shared/kpi/campaigns.ts';
import { gapsOf, overlapping, type Window } from '../../domain/campaigns/gaps.ts';
import { lossOf } from '../../domain/campaigns/low-return.ts';
import { pacing, spreadSoFar } from '../../domain/projection/campaign-choice.ts';
import { attributionRule, soldReads } from '../../domain/kpis/attribution.ts';
import { ratio } from '../../domain/kpis/figures.ts';
import { joinCampaigns, type CampaignKnown } from '../../domain/projection/campaign-facts.ts';
import { campaignProgress, type Progress } from '../../domain/projection/campaign-progress.ts';
import type { Calendar } from '../../domain/time/calendar.ts';
import type { Period } from '../../domain/time/period.ts';
import type { StoreReads } from '../ports/reads.ts';
import type { LedgerAsk } from './ask-kpis.ts';
import { lowestRois } from './campaign-fresh.ts';
import { campaignQuarter, quarterOf, type Shares } from './campaign-quarter.ts';
import { noFigures, sumsBy } from './campaign-sums.ts';
import type { Contexts } from './kpi-context.ts';

export interface CampaignTableParts {
  readonly reads: Pick<StoreReads, 'facts' | 'campaignDecisions'>;
  readonly ledger: LedgerAsk;
  readonly calendar: Calendar;
}

export interface CampaignQuestion {
  readonly period: Period;
  readonly basis: CampaignBasis;
}

export interface CampaignTable {
  /** By campaign id; the flags name no step yet. */
  readonly rows: readonly CampaignRow[];
  readonly unattributed: CampaignSum;
  readonly total: CampaignTotal;
  readonly quarter: string;
  readonly attribution: CampaignPage['attribution'];
  /** Some of the rows as one. What a campaign sold before its burst is not in it, as on the wall: it costs, and its sale has not begun. */
  readonly together: (rows: readonly CampaignRow[]) => CampaignTotal;
  /** Some of the rows put together likewise, in the order of their keys. */
  readonly groups: (rows: readonly CampaignRow[], by: CampaignGrouping) => CampaignGroup[];
}

/** The one group that a list is as a whole. */
const LISTED = 'listed';
/** Newest plans looked at. */
const PLANS = 50_000;

export async function campaignTable(
  { reads, ledger, calendar }: CampaignTableParts,
  contexts: Contexts,
  { period, basis }: CampaignQuestion,
): Promise<CampaignTable> {
  const refundsOnOrderDays = basis === 'cohort' || period.name === '';
  const [figures, shares, lowest, plans, phases, ends, decisions] = await Promise.all([
    sumsBy(ledger, contexts, { period, basis, by: 'campaign', where: [] }),
    campaignQuarter(ledger, contexts, quarterOf(period, calendar.dayOf(contexts.asOf))),
    refundsOnOrderDays ? lowestRois(ledger, contexts, period, calendar) : () => null,
    factsOf(reads, 'campaign'),
    factsOf(reads, 'campaignPhase'),
    factsOf(reads, 'campaignEnd'),
    reads.campaignDecisions({ newest: true }),
  ]);
  const known = new Map(joinCampaigns(plans, phases, ends).map((one) => [one.plan.data.campaignId, one]));
  const progress = new Map([...known].map(([id, one]) => [id, campaignProgress(one, calendar, contexts.asOf)]));
  const double = overlapping([...known].flatMap(([id, one]) => windowOf(id, one, progress.get(id), calendar)));
  const decided = new Map(decisions.map((decision) => [decision.campaignId, decision]));
  const ids = new Set(known.keys());
  for (const id of figures.cells.keys()) if (id !== null) ids.add(id);
  const allSpend = figures.total.spend ?? 0;
  const unattributed = ofNoCampaign(figures.cells.get(null) ?? noFigures);
  const rows = [...ids].sort().map((campaignId): CampaignRow => {
    const plan = known.get(campaignId);
    const now = progress.get(campaignId);
    const sum = figures.cells.get(campaignId) ?? noFigures;
    const orders = figures.orders.get(campaignId) ?? 0;
    const firstSpendOn = figures.firstSpend.get(campaignId) ?? null;
    const place = { campaignId, overlaps: double.has(campaignId), orders, allSpend, firstSpendOn, calendar };
    return {
      ...withShares(sum, shares.of([campaignId])),
      roi_low: lowest(campaignId, sum),
      ...planned(plan, now, sum),
      ...judged(sum, plan, now, place),
      campaignId,
      orders,
      decision: decided.get(campaignId) ?? null,
    };
  });
  const groupedBy = (some: readonly CampaignRow[], keyOf: (row: CampaignRow) => string): ReadonlyMap<string, CampaignSum> => {
    const keys = new Map(some.map((row) => [row.campaignId, keyOf(row)]));
    const selling = new Set(some.filter(({ phase }) => phase === null || hasSold(phase)).map(({ campaignId }) => campaignId));
    return figures.grouped((campaign, read) =>
      campaign === null || (soldReads.has(read) && !selling.has(campaign)) ? undefined : keys.get(campaign),
    );
  };
  return {
    ...{ rows, unattributed, quarter: shares.quarter.name },
    total: withShares(figures.total, shares.total),
    attribution: attributed(figures.total, unattributed),
    together(some) {
      const sums = groupedBy(some, () => LISTED).get(LISTED);
      return withShares(sums ?? noFigures, shares.of(some.map(({ campaignId }) => campaignId)));
    },
    groups(some, by) {
      const sums = groupedBy(some, (row) => groupOf(row, by));
      return [...Map.groupBy(some, (row) => groupOf(row, by))]
        .sort(([a], [b]) => (a === b ? 0 : a < b ? -1 : 1))
        .map(([key, members]): CampaignGroup => {
          const lost = members.flatMap(({ flag }) => (flag ? [flag.lost] : []));
          return {
            ...withShares(sums.get(key) ?? noFigures, shares.of(members.map(({ campaignId }) => campaignId))),
            ...{ key, count: members.length, budget: added(members.map(({ budget }) => budget)) },
            flagged: { count: lost.length, lost: added(lost) ?? 0 },
          };
        });
    },
  };
}

/** `margin` is what is attributed, so what belongs to no campaign has none; with it the rows would not add up to the total. */
function ofNoCampaign(sum: CampaignSum): CampaignSum {
  return { ...sum, margin: null, reasons: { ...sum.reasons, margin: 'no_campaign' } };
}

function withShares(sum: CampaignSum, { reasons, ...shares }: Shares): CampaignTotal {
  return { ...sum, ...shares, reasons: { ...sum.reasons, ...reasons } };
}

/** Of what is known; null where nothing is. */
function added(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** The share that belongs to a campaign, by the rule of attribution (R13). */
function attributed(total: CampaignSum, rest: CampaignSum): CampaignPage['attribution'] {
  const share = (whole: number | null, none: number | null) =>
    whole === null || none === null ? null : ratio(whole - none, whole, 0).value;
  const { name: rule, version } = attributionRule;
  return { rule, version, sales: share(total.net_sales, rest.net_sales), spend: share(total.spend, rest.spend) };
}

async function factsOf(reads: CampaignTableParts['reads'], kind: 'campaign' | 'campaignPhase' | 'campaignEnd') {
  const rows = await reads.facts({ kind, limit: PLANS });
  return rows.map((row) => row.fact);
}

function windowOf(id: string, { plan, ended }: CampaignKnown, progress: Progress | undefined, calendar: Calendar): Window[] {
  // One that is always on shares its days with every other, which is what it is for.
  if (!progress || plan.data.kind === 'always-on') return [];
  // R16: the window is cut where the campaign ended.
  const to = Math.min(progress.burstEnds, ended ? calendar.dayOf(ended.occurredAt) + 1 : Infinity);
  return to > progress.startsOn ? [{ id, from: progress.startsOn, to, channels: plan.data.channels }] : [];
}

function planned(known: CampaignKnown | undefined, progress: Progress | undefined, sum: CampaignSum) {
  if (!known || !progress) return unplanned;
  const { name, shortName, owner, kind, channels, phases, budget, targets } = known.plan.data;
  const { phase, phaseDay, phaseDays, elapsed } = progress;
  return {
    ...{ name, owner, kind, phase, phaseDay, phaseDays, elapsed, budget },
    phases: { warmup: { ...phases.warmup }, burst: { ...phases.burst }, review: { ...phases.review } },
    shortName: shortName ?? null,
    channels: [...channels],
    pacing: pacing(sum.spend, budget, elapsed),
    targetRoi: targets.roi ?? null,
    targetReads: targets.reads ?? null,
    spreadRatio: spreadSoFar(sum.reads, targets.reads, elapsed),
  };
}

const unplanned = {
  ...{ name: null, shortName: null, owner: null, kind: null, channels: [], phases: null, phase: null, phaseDay: null, phaseDays: null },
  ...{ elapsed: null, budget: null, pacing: null, targetRoi: null, targetReads: null, spreadRatio: null },
};

interface Place {
  readonly campaignId: string;
  readonly overlaps: boolean;
  readonly orders: number;
  readonly allSpend: number;
  readonly firstSpendOn: number | null;
  readonly calendar: Calendar;
}

function judged(
  sum: CampaignSum,
  known: CampaignKnown | undefined,
  progress: Progress | undefined,
  { overlaps, orders, allSpend, firstSpendOn, calendar }: Place,
): Pick<CampaignRow, 'gaps' | 'flag'> {
  const { spend, margin, coverage } = sum;
  const budget = known?.plan.data.budget ?? null;
  const targetRoi = known?.plan.data.targets.roi ?? null;
  const elapsed = progress?.elapsed ?? null;
  const sells = progress === undefined || hasSold(progress.phase);
  const lost = spend === null || margin === null ? null : lossOf({ spend, margin, targetRoi, budget, sells, elapsed, orders, allSpend });
  const begun = progress === undefined || progress.phase !== 'before';
  const gaps = gapsOf({
    ...{ planned: known !== undefined, budget, spend, orders, coverage, overlaps, begun },
    startsOn: progress?.startsOn ?? null,
    endedOn: known?.ended ? calendar.dayOf(known.ended.occurredAt) : null,
    firstSpendOn,
  });
  return { gaps, flag: lost === null ? null : { lost, step: null, at: null } };
}
