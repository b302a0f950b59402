/**
 * Which campaigns the wall shows: those that lose money first (高投入低产出), then pace out of band, then review
 * due, then the other live ones, then the next to start. Ended ones are not shown.
 */
import { budgetBand } from '../../../shared/kpi/budget-bands.ts';
import type { CampaignRow } from '../../../shared/wire/views/overview.ts';
import type { CampaignKnown } from './campaign-facts.ts';
import type { Progress } from './campaign-progress.ts';

export interface CampaignStanding {
  readonly known: CampaignKnown;
  readonly progress: Progress;
  /** Minor units; null beyond what is exact [I16]. */
  readonly spend: number | null;
  readonly pacing: number | null;
  /** Of everything so far (K14), with how sure it is (R25). */
  readonly roi: number | null;
  readonly maturity: number | null;
  /** Margin that is missing for what was spent; null where nothing is, or it is too early to say. */
  readonly lost: number | null;
}

/** Spend ÷ (budget × elapsed share of warm-up and burst); null before the start, without a budget and beyond what is exact. */
export function pacing(spend: number | null, budget: number, elapsed: number): number | null {
  const planned = budget * elapsed;
  return planned === 0 || spend === null ? null : spend / planned;
}

/** Reads ÷ (their expectation × elapsed share); null before the start, without an expectation and without reads. */
export function spreadSoFar(reads: number | null, expected: number | undefined, elapsed: number): number | null {
  const byNow = (expected ?? 0) * elapsed;
  return byNow === 0 || reads === null ? null : reads / byNow;
}

export function chooseCampaigns(all: readonly CampaignStanding[], max: number): readonly CampaignStanding[] {
  return all
    .map((campaign) => ({ campaign, rank: rank(campaign), within: within(campaign) }))
    .filter((c) => c.rank !== undefined)
    .sort((a, b) => (a.rank as number) - (b.rank as number) || a.within - b.within || order(idOf(a.campaign), idOf(b.campaign)))
    .slice(0, max)
    .map((c) => c.campaign);
}

const idOf = (c: CampaignStanding) => c.known.plan.data.campaignId;
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
/** Out of band by a rounding is no matter: less than this share of the budget is not looked at. */
const LEAST_AT_STAKE = 0.02;
/** Spend pace far from the plan wants a look (K23). */
const outOfBand = (campaign: CampaignStanding): boolean => {
  const { pacing: p, known } = campaign;
  return p !== null && budgetBand(p).startsWith('far') && atStake(campaign) >= known.plan.data.budget * LEAST_AT_STAKE;
};

function rank(campaign: CampaignStanding): number | undefined {
  const { phase } = campaign.progress;
  if (phase === 'ended') return undefined;
  if (campaign.lost !== null) return -1;
  if (phase === 'before') return 3;
  if (phase === 'review') return 1;
  return outOfBand(campaign) ? 0 : 2;
}

/** Money by which spend is off its plan to now, minor units. */
const atStake = ({ spend, progress, known }: CampaignStanding): number =>
  Math.abs((spend ?? 0) - known.plan.data.budget * progress.elapsed);

/** Within a rank: most money lost, most money off its plan, then what ends (starts) first. */
function within(campaign: CampaignStanding): number {
  if (campaign.lost !== null) return -campaign.lost;
  if (rank(campaign) === 0) return -atStake(campaign);
  return campaign.progress.phase === 'before' ? campaign.progress.startsOn : campaign.progress.burstEnds;
}

export interface CampaignEngagement {
  readonly reads: number;
  readonly likes: number;
  readonly shares: number;
}

export function campaignRow(
  { known, progress, spend, pacing: pace, roi, maturity, lost }: CampaignStanding,
  engagement: CampaignEngagement,
  startsOn: string,
): CampaignRow {
  const { campaignId, name, shortName, owner, kind, budget, targets } = known.plan.data;
  return {
    campaignId,
    name,
    shortName: shortName ?? null,
    owner,
    kind,
    phase: progress.phase,
    phaseDay: progress.phaseDay,
    phaseDays: progress.phaseDays,
    startsOn,
    spend,
    budget,
    pacing: pace,
    elapsed: progress.elapsed,
    ...{ roi, maturity, lost },
    ...engagement,
    readsTarget: targets.reads ?? null,
  };
}
