/** What people choose on the page of campaigns. The schemas stand elsewhere, so that a browser needs none of them. */

import type { CampaignPhase } from './campaigns.ts';

/** Revenue and margin with refunds on their own day, or on the day of their order. */
export const campaignBases = ['cash', 'cohort'] as const;

export const decisionTypes = ['stop', 'feed', 'watch'] as const;

/** `order_then_lead`: the campaign of the order, else that of the lead the order names. */
export const attributionRules = ['order_then_lead'] as const;

/** In place of one phase, for a list of campaigns: those that are not over, and those no plan says the end of. */
export const OPEN_CAMPAIGNS = 'open';

/** Whether a campaign's return can be judged: its sale has begun. Before its burst it has cost, and is not expected to have sold. */
export const hasSold = (phase: CampaignPhase): boolean => phase !== 'before' && phase !== 'warmup';

/** What rows can be put together by. */
export const campaignGroupings = ['phase', 'owner', 'channel', 'kind'] as const;
export type CampaignGrouping = (typeof campaignGroupings)[number];

/** What a campaign is known by in a group. */
interface Grouped {
  readonly phase: string | null;
  readonly owner: string | null;
  readonly kind: string | null;
  readonly channels: readonly string[];
}

/**
 * The group of a campaign; empty where its plan does not say. A campaign of several channels is in one group, that of all of
 * them together, so that no money is in two groups.
 */
export function groupOf(row: Grouped, by: CampaignGrouping): string {
  if (by === 'channel') return [...new Set(row.channels)].sort().join(' + ');
  return row[by] ?? '';
}
