/**
 * High spend with low return (高投入低产出, S22): which campaigns brought less margin than their spend should, by how
 * much, and the step where it was lost. All money in minor units.
 */
import type { LossStep } from '../../../shared/kpi/campaigns.ts';

/** What a campaign, or one channel of it, cost and brought. */
export interface Return {
  readonly spend: number;
  readonly margin: number;
}

export interface CampaignReturn extends Return {
  /** ROI the plan asks for; null = at least the money back. */
  readonly targetRoi: number | null;
  readonly budget: number | null;
  /** False until its burst begins: until then a campaign has no return. */
  readonly sells: boolean;
  /** Elapsed share of warm-up and burst, 0 … 1; null for a campaign that was never planned. */
  readonly elapsed: number | null;
  readonly orders: number;
  /** Spend of all campaigns together. */
  readonly allSpend: number;
}

/** A campaign is judged once it has spent this share of its budget, or this share of what all campaigns spent. */
const LEAST_OF_BUDGET = 0.1;
const LEAST_OF_ALL = 0.01;
/** Fewer orders say nothing about the return, unless half of the time is over and they still have not come. */
const LEAST_ORDERS = 30;
const LATE = 0.5;

/** Margin that is missing: what the spend should have brought − what it brought; null where it is too early to say, or nothing is. */
export function lossOf(campaign: CampaignReturn): number | null {
  const { spend, margin, targetRoi, budget, sells, elapsed, orders, allSpend } = campaign;
  const spentEnough =
    spend > 0 && (spend >= LEAST_OF_ALL * allSpend || (budget !== null && budget > 0 && spend >= LEAST_OF_BUDGET * budget));
  const oldEnough = orders >= LEAST_ORDERS || elapsed === null || elapsed >= LATE;
  if (!sells || !spentEnough || !oldEnough) return null;
  const lost = shortOf({ spend, margin }, targetRoi);
  return lost > 0 ? lost : null;
}

/** Negative where it brought more than it should. */
export function shortOf({ spend, margin }: Return, targetRoi: number | null): number {
  return Math.round(spend * (1 + (targetRoi ?? 0))) - margin;
}

export interface Evidence {
  readonly channels: readonly (Return & { readonly channel: string | null })[];
  readonly targetRoi: number | null;
  /** Reads ÷ their expectation for the time elapsed; null without an expectation. */
  readonly spread: number | null;
  readonly validLeads: number;
  readonly leads: number;
}

/** One channel is to blame where it alone loses at least this share of all that channels lose, and another one earns its money. */
const ONE_CHANNEL = 0.5;
const POOR_SPREAD = 0.5;
const POOR_LEADS = 0.5;
const LEAST_LEADS = 20;

/**
 * The first of these that holds: one channel loses while another earns; few read what was made; most leads are not valid; else
 * people came and did not buy, where they came at all. null where nothing is known that would tell.
 */
export function stepToBlame({ channels, targetRoi, spread, leads, validLeads }: Evidence): { step: LossStep; at: string | null } | null {
  const losing = channels.map((one) => ({ ...one, lost: shortOf(one, targetRoi) })).filter(({ lost, spend }) => lost > 0 && spend > 0);
  const lostInAll = losing.reduce((sum, { lost }) => sum + lost, 0);
  const worst = losing.toSorted((a, b) => b.lost - a.lost)[0];
  const oneEarns = channels.some((one) => one.spend > 0 && shortOf(one, targetRoi) <= 0);
  if (worst && oneEarns && worst.lost >= ONE_CHANNEL * lostInAll) return { step: 'channel', at: worst.channel };
  if (spread !== null && spread < POOR_SPREAD) return { step: 'content', at: null };
  if (leads >= LEAST_LEADS && validLeads < POOR_LEADS * leads) return { step: 'lead_quality', at: null };
  return spread === null ? null : { step: 'landing', at: null };
}
