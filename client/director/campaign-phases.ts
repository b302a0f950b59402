/** The phases a campaign goes through, in their order. */
import type { CampaignPhase } from '../../shared/kpi/campaigns.ts';

export const campaignPhases: readonly CampaignPhase[] = ['before', 'warmup', 'burst', 'review', 'ended'];
