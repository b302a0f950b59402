/** The wall's 活动 scene: what all running campaigns cost and brought, and one row a campaign on one time axis. Money in minor units. */
import * as z from 'zod';
import { lossSteps } from '../../kpi/campaigns.ts';
import { group, list } from '../shape.ts';
import { stripGroup } from './strip.ts';

/** Half-open range of days, counted from the first day of the axis; it may lie outside of the axis. */
const days = group({ from: z.int(), to: z.int() });

export const runRow = group({
  campaignId: z.string(),
  name: z.string(),
  shortName: z.string().nullable(),
  owner: z.string(),
  kind: z.enum(['node', 'theme', 'offline', 'always-on']),
  phase: z.enum(['before', 'warmup', 'burst', 'review']),
  /** 1-based day within the phase and its length in days; null before the start. */
  phaseDay: z.int().nullable(),
  phaseDays: z.int().nullable(),
  /** Business day the campaign starts, YYYY-MM-DD. */
  startsOn: z.string(),
  warmup: days,
  burst: days,
  review: days,
  /** null beyond what a number holds exactly [I16], here and below. */
  spend: z.number().nullable(),
  budget: z.number(),
  /** Elapsed share of warm-up and burst, 0 … 1. */
  elapsed: z.number(),
  /** Spend ÷ (budget × elapsed); null before the start. */
  pacing: z.number().nullable(),
  /** Of everything so far (K14); null in warm-up, without spend, and before the start. */
  roi: z.number().nullable(),
  /** What the ROI falls to if fresh revenue is given back as old revenue was; null where nothing more is to be expected. */
  roiLow: z.number().nullable(),
  /** Share of the attributed revenue past the time of refunds, 0 … 1 (R25); null without revenue. */
  maturity: z.number().nullable(),
  /** Attributed net sales ÷ media spend (K15); null as for the ROI. */
  roas: z.number().nullable(),
  /** Reads ÷ those the plan expects by now; null without an expectation, and before the start. */
  spread: z.number().nullable(),
  /** High spend with low return (S22), as GET /api/campaigns says it. */
  flag: group({ lost: z.number(), step: z.enum(lossSteps).nullable(), at: z.string().nullable() }).nullable(),
});
export type RunRow = z.infer<typeof runRow>;

/** Of all campaigns that are not over. */
export const runTotals = group({
  spend: z.number().nullable(),
  /** Spend of those that have not begun to sell: before their start, and in warm-up. */
  ahead: z.number().nullable(),
  /** Attributed gross margin of the others. */
  margin: z.number().nullable(),
  /** (margin − spend) ÷ spend; null without spend. */
  roi: z.number().nullable(),
  /** ROAS at which nothing is lost (K15), of those that sell; null without a margin. */
  breakEven: z.number().nullable(),
});

export const runsGroup = group({
  /** Flagged first, then pace out of band, review due, other running ones, next to start. */
  rows: list(runRow),
  /** Campaigns that are not over, those shown among them. */
  total: z.int(),
  totals: runTotals,
  /** The days all rows are drawn over: the first one, how many, and today's place among them. */
  axis: group({ from: z.string(), days: z.int(), today: z.int() }),
});
export type RunsGroup = z.infer<typeof runsGroup>;

/** Net sales on days of campaign windows (K16) as shares of the running quarter. */
export const windowShareGroup = group({
  quarter: z.string(),
  sales: z.number().nullable(),
  /** Of net sales of the quarter so far. */
  toDate: z.number().nullable(),
  ofToDate: z.number().nullable(),
  /** Of the target of the quarter; null without one. */
  target: z.number().nullable(),
  ofTarget: z.number().nullable(),
  /** The share that is asked for. */
  required: z.number().nullable(),
  /** The quarter before, which is over, as a share of its own net sales; null without sales. */
  before: group({ quarter: z.string(), share: z.number() }).nullable(),
});
export type WindowShareGroup = z.infer<typeof windowShareGroup>;

export const campaignsState = group({ runs: runsGroup, windowShare: windowShareGroup, strip: stripGroup });
export type CampaignsState = z.infer<typeof campaignsState>;
export type CampaignsGroup = keyof CampaignsState;
