/** Campaigns as directors see them: one row each, its plan beside what it cost and brought (contract, `GET /api/campaigns`). */
import * as z from 'zod';
import { characters, typed } from '../text/bounded-text.ts';
import { attributionRules, campaignBases, decisionTypes } from './campaign-choices.ts';
import { grains, kpiReasons } from './types.ts';

/** Figures of a row, by the ids of their KPIs; `spend` is every kind of spend, `margin` the attributed gross margin. Money in minor units. */
export const campaignFigures = [
  'spend',
  'net_sales',
  'net_sales_cohort',
  'margin',
  'roi',
  'roi_revenue',
  'roas',
  'break_even_roas',
  'new_customers',
  'cac',
  'leads',
  'valid_leads',
  'cpl',
  'reads',
  'likes',
  'shares',
  'spread_index',
] as const;
export type CampaignFigure = (typeof campaignFigures)[number];

/** K16 of one campaign, or of several as a union of their days: against net sales of the quarter to date, its target, and its net sales once it is over (T7). */
export const shareFigures = ['campaign_share', 'campaign_share_of_target', 'campaign_share_final'] as const;
export type ShareFigure = (typeof shareFigures)[number];

export type CampaignBasis = (typeof campaignBases)[number];

/** `ended`: `campaign.ended` came, or the planned review is over. */
export const campaignPhases = ['before', 'warmup', 'burst', 'review', 'ended'] as const;
export type CampaignPhase = (typeof campaignPhases)[number];

/** What a row lacks or where it looks odd; none of it changes another figure. */
export const campaignGaps = [
  'no_plan',
  'no_budget',
  'no_spend',
  'no_sales',
  'no_cost',
  'spend_before_start',
  'ended_before_start',
  'overlaps',
] as const;
export type CampaignGap = (typeof campaignGaps)[number];

/** Where money is lost: one channel of several, content nobody passes on, a shop that does not sell, leads that are not valid. */
export const lossSteps = ['channel', 'content', 'landing', 'lead_quality'] as const;
export type LossStep = (typeof lossSteps)[number];

export type DecisionType = (typeof decisionTypes)[number];

const figure = z.number().nullable();
const figures = z.object(Object.fromEntries(campaignFigures.map((name) => [name, figure])) as Record<CampaignFigure, typeof figure>);

const ratios = {
  /** Share of the attributed revenue that is past the time in which refunds come, 0 … 1. */
  maturity: z.number().nullable(),
  /** Share of the attributed revenue whose cost is known, 0 … 1. */
  coverage: z.number().nullable(),
  /** Why a figure has no value. */
  reasons: z.partialRecord(z.enum([...campaignFigures, ...shareFigures]), z.enum(kpiReasons)),
};

export const campaignDecision = z.object({
  commandId: z.string(),
  campaignId: z.string(),
  type: z.enum(decisionTypes),
  note: z.string(),
  actor: z.string(),
  /** RFC 3339 in UTC. */
  at: z.iso.datetime(),
  /** The figures the person saw. */
  known: figures.extend({ ...ratios, budget: figure, pacing: figure }),
});
export type CampaignDecision = z.infer<typeof campaignDecision>;

const shares = z.object(Object.fromEntries(shareFigures.map((name) => [name, figure])) as Record<ShareFigure, typeof figure>);

const days = z.object({ from: z.string(), to: z.string() });

export const campaignRow = figures.extend({
  ...ratios,
  ...shares.shape,
  campaignId: z.string(),
  /** What the ROI may fall to while refunds still come; null where nothing more is to be expected, or nothing is mature yet. */
  roi_low: figure,
  /** null for a campaign that was never planned. */
  name: z.string().nullable(),
  shortName: z.string().nullable(),
  owner: z.string().nullable(),
  kind: z.string().nullable(),
  channels: z.array(z.string()),
  /** Business days, both ends inclusive. */
  phases: z.object({ warmup: days, burst: days, review: days }).nullable(),
  phase: z.enum(campaignPhases).nullable(),
  phaseDay: z.number().nullable(),
  phaseDays: z.number().nullable(),
  /** Elapsed share of warm-up and burst, 0 … 1. */
  elapsed: z.number().nullable(),
  budget: figure,
  /** Spend ÷ (budget × elapsed). */
  pacing: figure,
  targetRoi: figure,
  targetReads: figure,
  /** Reads ÷ what the plan expects by now, the expectation × the elapsed share. */
  spreadRatio: figure,
  orders: z.number(),
  gaps: z.array(z.enum(campaignGaps)),
  /** High spend with low return (S22): minor units by which the margin stays below what the spend should bring. */
  flag: z.object({ lost: z.number(), step: z.enum(lossSteps).nullable(), at: z.string().nullable() }).nullable(),
  decision: campaignDecision.nullable(),
});
export type CampaignRow = z.infer<typeof campaignRow>;

/** Sums over campaigns, or of what belongs to none. */
export const campaignSum = figures.extend(ratios);
export type CampaignSum = z.infer<typeof campaignSum>;

const campaignTotal = campaignSum.extend(shares.shape);
export type CampaignTotal = z.infer<typeof campaignTotal>;

/** Campaigns put together: sums are added, ratios are taken of sums, days of campaign windows count once. */
const campaignGroup = campaignTotal.extend({
  /** Empty where the plans do not say. */
  key: z.string(),
  count: z.number(),
  budget: figure,
  /** Flagged campaigns in it, and the money they lose. */
  flagged: z.object({ count: z.number(), lost: z.number() }),
});
export type CampaignGroup = z.infer<typeof campaignGroup>;

export const campaignPage = z.object({
  asOf: z.iso.datetime(),
  timeZone: z.string(),
  basis: z.enum(campaignBases),
  /** null = everything so far. */
  period: z.object({ grain: z.enum(grains), start: z.string(), end: z.string() }).nullable(),
  rows: z.array(campaignRow),
  /** Sales and spend of no campaign. */
  unattributed: campaignSum,
  /** Of the whole business: Σ campaigns + unattributed for every sum; ratios are those of all campaigns together. */
  total: campaignTotal,
  /** The campaigns that pass the filter, together: sums are added, ratios are taken of sums; what one sold before its burst is in none. */
  listed: campaignTotal,
  /** The quarter of the shares: that of the period, else the running one. */
  quarter: z.string(),
  /** Empty unless asked for: the campaigns that pass the filter, by phase, owner, channel or kind. */
  groups: z.array(campaignGroup),
  /** The rule by which sales belong to a campaign (R13), and of net sales and of spend the share that does, 0 … 1. */
  attribution: z.object({ rule: z.enum(attributionRules), version: z.number(), sales: figure, spend: figure }),
  /** Of the campaigns that pass the other filters: money lost in flagged ones, and how many they are. */
  flagged: z.object({ count: z.number(), lost: z.number() }),
  /** What the filters can be set to. */
  owners: z.array(z.string()),
  kinds: z.array(z.string()),
  /** Campaigns that pass the filter. */
  totalRows: z.number(),
  next: z.string().nullable(),
});
export type CampaignPage = z.infer<typeof campaignPage>;

const channelSum = campaignSum.extend({ channel: z.string().nullable(), lost: z.number().nullable() });
export type CampaignChannel = z.infer<typeof channelSum>;

const campaignDay = z.object({
  day: z.string(),
  spend: figure,
  net_sales: figure,
  margin: figure,
  /** False while refunds of that day's orders are still to be expected. */
  mature: z.boolean(),
});
export type CampaignDay = z.infer<typeof campaignDay>;

export const campaignDetail = z.object({
  asOf: z.iso.datetime(),
  timeZone: z.string(),
  basis: z.enum(campaignBases),
  row: campaignRow,
  channels: z.array(channelSum),
  /** From its first day or first money to today, at most 92 days, the newest. */
  days: z.array(campaignDay),
  /** Days within which most refunds come, by the readings. */
  refundDays: z.number(),
  decisions: z.array(campaignDecision),
});
export type CampaignDetail = z.infer<typeof campaignDetail>;

export const decisionDocument = z.object({
  commandId: characters(1, 200),
  type: z.enum(decisionTypes),
  note: typed(2_000),
  actor: typed(80),
  /** Given after the first answer said that the figure is not mature. */
  confirmed: z.boolean().optional(),
});
export type DecisionDocument = z.infer<typeof decisionDocument>;

/** A figure less mature than this asks once more before a decision. */
export const MATURE_ENOUGH = 0.8;
