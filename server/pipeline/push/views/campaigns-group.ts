/** The overview's campaigns: chosen by how they stand, then shown with what they brought. */
import type { CampaignRow } from '../../../../shared/wire/views/overview.ts';
import { campaignRow, chooseCampaigns, pacing, type CampaignStanding } from '../../../domain/projection/campaign-choice.ts';
import { joinCampaigns } from '../../../domain/projection/campaign-facts.ts';
import { rowCaps } from '../../../domain/projection/row-caps.ts';
import { campaignProgress } from '../../../domain/projection/campaign-progress.ts';
import { fitting, minus } from '../../../domain/kpis/figures.ts';
import type { StoreReads } from '../../ports/reads.ts';
import type { ViewParts } from './view-parts.ts';

/** Newest plans looked at. */
const PLANS = 1_000;

export function createCampaignsGroup({ reads, sums, calendar, clock }: ViewParts): () => Promise<readonly CampaignRow[]> {
  return async () => {
    const [plans, phases, ends] = await Promise.all([
      factsOf(reads, 'campaign'),
      factsOf(reads, 'campaignPhase'),
      factsOf(reads, 'campaignEnd'),
    ]);
    const now = clock.now();
    const tomorrow = calendar.dayOf(now) + 1;
    const spend = await spendOf(sums, tomorrow, now);
    const standings = joinCampaigns(plans, phases, ends).map((known): CampaignStanding => {
      const progress = campaignProgress(known, calendar, now);
      const { campaignId } = known.plan.data;
      const spent = spend.has(campaignId) ? (spend.get(campaignId) ?? null) : 0;
      return { known, progress, spend: spent, pacing: pacing(spent, known.plan.data.budget, progress.elapsed) };
    });
    const shown = chooseCampaigns(standings, rowCaps.campaigns);
    if (shown.length === 0) return [];
    const [net, engagement] = await Promise.all([netOf(sums, shown, tomorrow, now), reads.engagement()]);
    const spread = new Map(engagement.map((e) => [e.campaignId, { reads: e.reads, likes: e.likes, shares: e.shares }]));
    return shown.map((campaign) => {
      const id = campaign.known.plan.data.campaignId;
      const results = { net: net.get(id) ?? null, ...(spread.get(id) ?? { reads: 0, likes: 0, shares: 0 }) };
      return campaignRow(campaign, results, calendar.formatDay(campaign.progress.startsOn));
    });
  };
}

async function factsOf(reads: StoreReads, kind: 'campaign' | 'campaignPhase' | 'campaignEnd') {
  const rows = await reads.facts({ kind, limit: PLANS });
  return rows.map((row) => row.fact);
}

type Sums = ViewParts['sums'];

/** All spend of a campaign to date, what was paid before its first day included; null beyond what is exact [I16]. */
async function spendOf(sums: Sums, to: number, asOf: number): Promise<ReadonlyMap<string | null, number | null>> {
  const range = { family: 'spend', unit: 'day', from: 0, to, where: [] } as const;
  const [rows = []] = await sums.sums([{ ask: 'sums', ...range, by: ['campaign'], cut: { asOf } }]);
  return new Map(rows.map(({ dims: [campaign = null], measures: [amount = 0] }) => [campaign, fitting(amount)]));
}

/** Net sales attributed to each campaign (R13) since its first day. */
async function netOf(
  sums: Sums,
  shown: readonly CampaignStanding[],
  to: number,
  asOf: number,
): Promise<ReadonlyMap<string, number | null>> {
  const begun = shown.flatMap(({ known, progress: { startsOn } }) =>
    startsOn < to ? { id: known.plan.data.campaignId, from: startsOn } : [],
  );
  const answers = await sums.sums(
    begun.map(({ id, from }) => {
      const range = { family: 'sales', unit: 'day', from, to, where: [{ dim: 'campaign', value: id }] } as const;
      return { ask: 'sums', ...range, by: [], cut: { asOf } };
    }),
  );
  const net = new Map<string, number | null>(shown.map(({ known }) => [known.plan.data.campaignId, 0]));
  begun.forEach(({ id }, i) => {
    const [paid = 0, refunded = 0] = answers[i]?.[0]?.measures ?? [];
    net.set(id, fitting(minus(paid, refunded)));
  });
  return net;
}
