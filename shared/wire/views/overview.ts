/**
 * What the wall's 总览 scene shows: groups that are replaced whole, so that a
 * patch is simply the groups that changed. Money in minor units, instants in
 * UTC ms, ratios unrounded; null = no value, with a reason beside it where people would ask.
 */
import * as z from 'zod';
import { kpiStates } from '../../kpi/types.ts';
import { planCurves } from '../../kpi/types.ts';
import { anomalyKpis } from '../../kpi/anomalies.ts';
import { group, instant, list } from '../shape.ts';
import { promisesGroup } from './promises.ts';
import { sentenceGroup } from './sentence.ts';
import { stripGroup } from './strip.ts';

export const landing = group({
  low: z.number(),
  high: z.number(),
  /** 'few_samples': pace ± 10 % because the past says too little (R24). */
  basis: z.enum(['learnt', 'few_samples']),
});

/** The period's own target, or the longer period whose target it is an even share of. */
const targetBasis = z.enum(['own', 'month_share', 'quarter_share', 'year_share']);
/** How the plan is spread over the period; null without a plan. Nothing is marked on a plan that is spread evenly. */
const curve = z.enum(planCurves).nullable();

/** What orders and refunds add to the difference from the period before at the same elapsed time; null where it had nothing then. */
const against = group({ orders: z.number(), refunds: z.number() }).nullable();

export const todayGroup = group({
  /** Business day, YYYY-MM-DD. */
  day: z.string(),
  /** null beyond what a number holds exactly [I16], here and below. */
  net: z.number().nullable(),
  target: z.number().nullable(),
  targetBasis: targetBasis.nullable(),
  planToNow: z.number().nullable(),
  /** net ÷ planToNow; null also while there is too little to say so. */
  pace: z.number().nullable(),
  curve,
  orders: z.int(),
  landing: landing.nullable(),
  /** From yesterday. */
  against,
});

export const hoursGroup = group({
  day: z.string(),
  /** Net sales per business hour, 24 values; null for hours that have not begun. */
  net: list(z.number().nullable()),
  /** Plan of each of the 24 hours; null without a plan. */
  plan: list(z.number()).nullable(),
  curve,
  currentHour: z.int(),
});

/** The like day that today is drawn against; null where nothing was sold on any. */
export const ghost = group({
  /** Business day, YYYY-MM-DD. */
  day: z.string(),
  /** Why this day: the same day of the node a year earlier, the last like weekday, or for want of either the day before. */
  kind: z.enum(['node', 'weekday', 'yesterday']),
  /** Name of the node where it is one. */
  node: group({ 'zh-CN': z.string(), en: z.string() }).nullable(),
  /** Net sales of its 24 business hours, as they stood when it ended. */
  hours: list(z.number().nullable()),
  /** Its net sales at the same elapsed time (R27). */
  net: z.number().nullable(),
});
export type Ghost = z.infer<typeof ghost>;

/** The period before the running one: `difference` is what later facts changed in its net sales since it closed. */
const periodBefore = group({
  period: z.string(),
  state: z.enum(kpiStates),
  difference: z.number().nullable(),
});

export const attainment = group({
  grain: z.enum(['month', 'quarter']),
  period: z.string(),
  net: z.number().nullable(),
  target: z.number().nullable(),
  targetBasis: targetBasis.nullable(),
  attainment: z.number().nullable(),
  planToNow: z.number().nullable(),
  pace: z.number().nullable(),
  curve,
  landing: landing.nullable(),
  /** Of the month only. */
  before: periodBefore.nullable(),
  /** Of the month only: from the month before. */
  against,
});
export type Attainment = z.infer<typeof attainment>;

export const channelRow = group({
  /** null = 未归属, or the row of all other channels */
  channel: z.string().nullable(),
  net: z.number().nullable(),
  planToNow: z.number().nullable(),
  /** net ÷ planToNow; null also while there is too little to say so. */
  pace: z.number().nullable(),
  curve,
  /** How many channels this row stands for where it is the row of all others (其他), which comes last; 0 for a channel. */
  others: z.int(),
});
export type ChannelRow = z.infer<typeof channelRow>;

export const campaignRow = group({
  campaignId: z.string(),
  name: z.string(),
  shortName: z.string().nullable(),
  owner: z.string(),
  kind: z.enum(['node', 'theme', 'offline', 'always-on']),
  phase: z.enum(['before', 'warmup', 'burst', 'review', 'ended']),
  /** 1-based day within the phase and its length in days; null before the start and after the end. */
  phaseDay: z.int().nullable(),
  phaseDays: z.int().nullable(),
  /** Business day the campaign starts, YYYY-MM-DD. */
  startsOn: z.string(),
  spend: z.number().nullable(),
  budget: z.number(),
  /** Spend ÷ (budget × elapsed share of warm-up and burst); null before the start. */
  pacing: z.number().nullable(),
  /** Elapsed share of warm-up and burst, 0 … 1. */
  elapsed: z.number(),
  /** (attributed margin − spend) ÷ spend of everything so far (K14); null without one. */
  roi: z.number().nullable(),
  /** Share of the attributed revenue past the time of refunds, 0 … 1 (R25); null without revenue. */
  maturity: z.number().nullable(),
  /** 高投入低产出: margin that is missing for what was spent; null where nothing is, or it is too early to say. */
  lost: z.number().nullable(),
  reads: z.number(),
  likes: z.number(),
  shares: z.number(),
  readsTarget: z.number().nullable(),
});
export type CampaignRow = z.infer<typeof campaignRow>;

export const moveRow = group({
  moveId: z.string(),
  at: instant,
  competitor: z.string(),
  kind: z.enum(['price', 'product', 'channel', 'promotion', 'content']),
  /** What it is about, where the move says so. */
  product: z.string().nullable(),
  title: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** (after − before) ÷ before where both are prices; null otherwise. */
  change: z.number().nullable(),
  impact: z.enum(['low', 'medium', 'high']),
});
export type MoveRow = z.infer<typeof moveRow>;

export const sentimentWindow = group({
  positive: z.int(),
  negative: z.int(),
  neutral: z.int(),
  /** (P − N) ÷ (P + N); null below 30 (R18). */
  value: z.number().nullable(),
});
export type SentimentWindow = z.infer<typeof sentimentWindow>;

export const sentimentGroup = group({
  brands: list(z.string()),
  lastHour: sentimentWindow,
  lastDay: sentimentWindow,
  /** Net sentiment per hour of the last 24 h, oldest first; null where the sample is small. */
  hours: list(z.number().nullable()),
  /** Own ÷ (own + tracked) over the last 24 h. */
  shareOfVoice: z.number().nullable(),
  /** Spikes of negative mentions of own brands that are on: of the fullest hour, and what is usual at this hour of the week. */
  spikes: list(group({ brand: z.string(), since: z.number(), negative: z.int(), usual: z.number() })),
});
export type SentimentGroup = z.infer<typeof sentimentGroup>;

export const keywordRow = group({
  keyword: z.string(),
  mentions: z.int(),
  negative: z.int(),
  /** Mentions in the 24 h before, for the direction of travel. */
  before: z.int(),
});
export type KeywordRow = z.infer<typeof keywordRow>;

export const anomalyRow = group({
  kpi: z.enum(anomalyKpis),
  direction: z.enum(['above', 'below']),
  severity: z.enum(['notable', 'severe']),
  since: instant,
  /** (now − usual) ÷ usual over the last window; null where nothing is usual. */
  ratio: z.number().nullable(),
  /** The channel, category, region or platform that stands out; null where none does. */
  movedBy: z.string().nullable(),
});
export type AnomalyRow = z.infer<typeof anomalyRow>;

export const overviewState = group({
  today: todayGroup,
  hours: hoursGroup,
  ghost: ghost.nullable(),
  month: attainment,
  quarter: attainment,
  channels: list(channelRow),
  /** Those that want a look first; `total` counts every campaign that has not ended. */
  campaigns: group({ rows: list(campaignRow), total: z.int() }),
  competitors: list(moveRow),
  sentiment: sentimentGroup,
  keywords: list(keywordRow),
  /** Figures far from usual right now, the worst first. */
  anomalies: list(anomalyRow),
  promises: promisesGroup,
  sentence: sentenceGroup,
  strip: stripGroup,
});
export type OverviewState = z.infer<typeof overviewState>;
export type OverviewGroup = keyof OverviewState;
