/** The overview's campaigns: chosen by how they stand, then shown with what they brought. */
import type { CampaignRow } from '../../../../shared/wire/views/overview.ts';
import { campaignRow, chooseCampaigns, pacing, type CampaignStanding } from '../../../domain/projection/campaign-choice.ts';
import { joinCampaigns } from '../../../domain/projection/campaign-facts.ts';
import { rowCaps } from '../../../domain/projection/row-caps.ts';
import { campaignProgress } from '../../../domain/projection/campaign-progress.ts';
import { fitting } from '../../../domain/kpis/figures.ts';
import { roi } from '../../../domain/kpis/roi.ts';
import { askKpis } from '../../figures/ask-kpis.ts';
import { contextsOf, everything } from '../../figures/kpi-context.ts';
import type { StoreReads } from '../../ports/reads.ts';
import type { ViewParts } from './view-parts.ts';

/** Newest plans looked at. */
const PLANS = 1_000;

export function createCampaignsGroup(parts: ViewParts): () => Promise<readonly CampaignRow[]> {
  const { reads, sums, calendar, clock } = parts;
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
    const [returns, engagement] = await Promise.all([roiOf(parts, shown), reads.engagement()]);
    const spread = new Map(engagement.map((e) => [e.campaignId, { reads: e.reads, likes: e.likes, shares: e.shares }]));
    return shown.map((campaign) => {
      const id = campaign.known.plan.data.campaignId;
      const results = { ...(returns.get(id) ?? { roi: null, maturity: null }), ...(spread.get(id) ?? { reads: 0, likes: 0, shares: 0 }) };
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

/** ROI of each campaign over everything so far, as `/api/kpis` and the directors' page have it (K14). */
async function roiOf(
  { sums, ...parts }: ViewParts,
  shown: readonly CampaignStanding[],
): Promise<ReadonlyMap<string, Pick<CampaignRow, 'roi' | 'maturity'>>> {
  const contexts = await contextsOf(parts, { asOf: null, knownAt: null });
  const context = contexts.of(everything(parts.calendar, contexts.asOf), ['campaign']);
  const ids = shown.map(({ known }) => known.plan.data.campaignId);
  const asked = ids.map((value) => ({ definition: roi, context, slice: { by: null, where: [{ dim: 'campaign' as const, value }] } }));
  const values = await askKpis(sums, asked, contexts.cut);
  return new Map(ids.map((id, i) => [id, { roi: values[i]?.[0]?.value ?? null, maturity: values[i]?.[0]?.maturity ?? null }]));
}
