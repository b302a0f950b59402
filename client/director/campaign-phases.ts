/** The phases a campaign goes through, in their order. */
import type { CampaignPhase } from '../../shared/kpi/campaigns.ts';

/** In the address, for campaigns of whatever phase. */
export const ANY_PHASE = 'any';

export const campaignPhases: readonly CampaignPhase[] = ['before', 'warmup', 'burst', 'review', 'ended'];
