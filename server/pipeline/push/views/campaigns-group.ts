/** The overview's campaigns: chosen by how they stand, then shown with what they brought. */
import type { OverviewState } from '../../../../shared/wire/views/overview.ts';
import { campaignRow, chooseCampaigns } from '../../../domain/projection/campaign-choice.ts';
import { rowCaps } from '../../../domain/projection/row-caps.ts';
import { campaignStandings } from './campaign-standings.ts';
import type { ViewParts } from './view-parts.ts';

export async function campaignsGroup(parts: ViewParts): Promise<OverviewState['campaigns']> {
  const { reads, calendar } = parts;
  const standings = await campaignStandings(parts);
  const shown = chooseCampaigns(standings, rowCaps.campaigns);
  if (shown.length === 0) return { rows: [], total: 0 };
  const spread = new Map((await reads.engagement()).map((e) => [e.campaignId, { reads: e.reads, likes: e.likes, shares: e.shares }]));
  const rows = shown.map((campaign) => {
    const engagement = spread.get(campaign.known.plan.data.campaignId) ?? { reads: 0, likes: 0, shares: 0 };
    return campaignRow(campaign, engagement, calendar.formatDay(campaign.progress.startsOn));
  });
  return { rows, total: standings.length };
}
