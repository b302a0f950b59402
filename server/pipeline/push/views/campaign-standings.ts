/** How every planned campaign that is not over stands: its phase, what it spent, what came back, and the margin it should have brought and did not. */
import type { CampaignStanding } from '../../../domain/projection/campaign-choice.ts';
import { contextsOf } from '../../figures/kpi-context.ts';
import { runningCampaigns, runningKpis } from '../../figures/running-campaigns.ts';
import type { ViewParts } from './view-parts.ts';

export async function campaignStandings(
  parts: Pick<ViewParts, 'reads' | 'sums' | 'calendar' | 'clock'>,
): Promise<readonly CampaignStanding[]> {
  return runningCampaigns(parts, await contextsOf(parts, { asOf: null, knownAt: null }, runningKpis));
}
