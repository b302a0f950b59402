/** The overview's campaigns: chosen by how they stand, then shown with what they brought. */
import type { CampaignRow } from '../../../../shared/wire/views/overview.ts';
import { campaignRow, chooseCampaigns, pacing, type CampaignStanding } from '../../../domain/projection/campaign-choice.ts';
import { joinCampaigns } from '../../../domain/projection/campaign-facts.ts';
import { rowCaps } from '../../../domain/projection/row-caps.ts';
import { campaignProgress } from '../../../domain/projection/campaign-progress.ts';
import type { StoreReads } from '../../ports/reads.ts';
import type { ViewParts } from './view-parts.ts';

/** Newest plans looked at. */
const PLANS = 1_000;

export function createCampaignsGroup({ reads, calendar, clock }: ViewParts): () => Promise<readonly CampaignRow[]> {
  return async () => {
    const now = clock.now();
    const tomorrow = calendar.dayOf(now) + 1;
    const [plans, phases, ends, spend] = await Promise.all([
      factsOf(reads, 'campaign'),
      factsOf(reads, 'campaignPhase'),
      factsOf(reads, 'campaignEnd'),
      spendOf(reads, tomorrow),
    ]);
    const standings = joinCampaigns(plans, phases, ends).map((known): CampaignStanding => {
      const progress = campaignProgress(known, calendar, now);
      const spent = spend.get(known.plan.data.campaignId) ?? 0;
      return { known, progress, spend: spent, pacing: pacing(spent, known.plan.data.budget, progress.elapsed) };
    });
    const shown = chooseCampaigns(standings, rowCaps.campaigns);
    if (shown.length === 0) return [];
    const [net, engagement] = await Promise.all([netOf(reads, shown, tomorrow), reads.engagement()]);
    const spread = new Map(engagement.map((e) => [e.campaignId, { reads: e.reads, likes: e.likes, shares: e.shares }]));
    return shown.map((campaign) => {
      const id = campaign.known.plan.data.campaignId;
      const results = { net: net.get(id) ?? 0, ...(spread.get(id) ?? { reads: 0, likes: 0, shares: 0 }) };
      return campaignRow(campaign, results, calendar.formatDay(campaign.progress.startsOn));
    });
  };
}

async function factsOf(reads: StoreReads, kind: 'campaign' | 'campaignPhase' | 'campaignEnd') {
  const rows = await reads.facts({ kind, limit: PLANS });
  return rows.map((row) => row.fact);
}

/** All spend of a campaign to date, what was paid before its first day included. */
async function spendOf(reads: StoreReads, to: number): Promise<ReadonlyMap<string, number>> {
  const rows = await reads.cells({ family: 'spend', from: 0, to, by: ['campaign'], where: [] });
  const spend = new Map<string, number>();
  for (const { dims, measures } of rows) {
    const campaignId = dims[0] ?? null;
    if (campaignId !== null) spend.set(campaignId, measures[0] as number);
  }
  return spend;
}

/** Net sales attributed to each campaign (R13) since its first day; one read from the earliest of those days. */
async function netOf(reads: StoreReads, shown: readonly CampaignStanding[], to: number): Promise<ReadonlyMap<string, number>> {
  const starts = new Map(shown.map((c) => [c.known.plan.data.campaignId, c.progress.startsOn]));
  const from = Math.min(...starts.values());
  if (from >= to) return new Map();
  const rows = await reads.cells({ family: 'sales', from, to, perBucket: true, by: ['campaign'], where: [] });
  const net = new Map<string, number>();
  for (const { bucket, dims, measures } of rows) {
    const id = dims[0] ?? null;
    const start = id === null ? undefined : starts.get(id);
    if (id === null || start === undefined || (bucket as number) < start) continue;
    net.set(id, (net.get(id) ?? 0) + (measures[0] as number) - (measures[1] as number));
  }
  return net;
}
