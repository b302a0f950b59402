/**
 * What the wall's 总览 scene shows: groups that are replaced whole, so that a
 * patch is simply the groups that changed. Money in minor units, instants in
 * UTC ms, ratios unrounded; null = no value, with a reason beside it where people would ask.
 */
export interface TodayGroup {
  /** Business day, YYYY-MM-DD. */
  readonly day: string;
  readonly net: number;
  /** The day's target, or its even share of the month's when only that exists. */
  readonly target: number | null;
  readonly targetBasis: 'day' | 'month_share' | null;
  readonly planToNow: number | null;
  /** net ÷ planToNow */
  readonly pace: number | null;
  readonly orders: number;
  readonly landing: Landing | null;
}
export interface Landing {
  readonly low: number;
  readonly high: number;
  /** 'few_samples': pace ± 10 % because fewer than four like past periods are known (R24). */
  readonly basis: 'learnt' | 'few_samples';
}
export interface HoursGroup {
  readonly day: string;
  /** Net sales per business hour, 24 values; null for hours that have not begun. */
  readonly net: readonly (number | null)[];
  /** Even plan per hour. */
  readonly plan: number | null;
  readonly currentHour: number;
}
export interface Attainment {
  readonly grain: 'month' | 'quarter';
  readonly period: string;
  readonly net: number;
  readonly target: number | null;
  readonly attainment: number | null;
  readonly planToNow: number | null;
  readonly pace: number | null;
  readonly landing: Landing | null;
}
export interface ChannelRow {
  /** null = 未归属 */
  readonly channel: string | null;
  readonly net: number;
  readonly planToNow: number | null;
}
export interface CampaignRow {
  readonly campaignId: string;
  readonly name: string;
  readonly shortName: string | null;
  readonly owner: string;
  readonly kind: 'node' | 'theme' | 'offline' | 'always-on';
  readonly phase: 'before' | 'warmup' | 'burst' | 'review' | 'ended';
  /** 1-based day within the phase and its length in days; null before the start and after the end. */
  readonly phaseDay: number | null;
  readonly phaseDays: number | null;
  /** Business day the campaign starts, YYYY-MM-DD. */
  readonly startsOn: string;
  readonly spend: number;
  readonly budget: number;
  /** Spend ÷ (budget × elapsed share of warm-up and burst); null before the start. */
  readonly pacing: number | null;
  /** Elapsed share of warm-up and burst, 0 … 1. */
  readonly elapsed: number;
  readonly net: number;
  readonly reads: number;
  readonly likes: number;
  readonly shares: number;
  readonly readsTarget: number | null;
}
export interface MoveRow {
  readonly moveId: string;
  readonly at: number;
  readonly competitor: string;
  readonly kind: 'price' | 'product' | 'channel' | 'promotion' | 'content';
  readonly title: string;
  readonly before: string | null;
  readonly after: string | null;
  /** (after − before) ÷ before where both are prices; null otherwise. */
  readonly change: number | null;
  readonly impact: 'low' | 'medium' | 'high';
}
export interface SentimentWindow {
  readonly positive: number;
  readonly negative: number;
  readonly neutral: number;
  /** (P − N) ÷ (P + N); null below 30 (R18). */
  readonly value: number | null;
}
export interface SentimentGroup {
  readonly brands: readonly string[];
  readonly lastHour: SentimentWindow;
  readonly lastDay: SentimentWindow;
  /** Net sentiment per hour of the last 24 h, oldest first; null where the sample is small. */
  readonly hours: readonly (number | null)[];
  /** Own ÷ (own + tracked) over the last 24 h. */
  readonly shareOfVoice: number | null;
}
export interface KeywordRow {
  readonly keyword: string;
  readonly mentions: number;
  readonly negative: number;
  /** Mentions in the 24 h before, for the direction of travel. */
  readonly before: number;
}
export interface StripCell {
  readonly incidentId: string;
  readonly code: string;
  readonly title: string;
  readonly status: 'open' | 'claimed' | 'responded';
  readonly owner: string | null;
  /** The clock that matters next: response while unanswered, then disposal. */
  readonly clock: 'response' | 'disposal';
  readonly dueAt: number;
  readonly startedAt: number;
  readonly breachedAt: number | null;
  readonly latenessMs: number | null;
}
export interface StripGroup {
  /** Nearest deadline first, at most three. */
  readonly cells: readonly StripCell[];
  /** Open incidents beyond `cells`. */
  readonly more: number;
  /** Negative mentions too old to open a clock, waiting for a decision (补录待定). */
  readonly pendingHistory: number;
}
export interface WorkspaceGroup {
  readonly name: string;
  readonly demo: boolean;
  readonly timeZone: string;
  readonly currency: string;
  readonly brandsSet: boolean;
}

export interface OverviewState {
  readonly workspace: WorkspaceGroup;
  readonly today: TodayGroup;
  readonly hours: HoursGroup;
  readonly month: Attainment;
  readonly quarter: Attainment;
  readonly channels: readonly ChannelRow[];
  readonly campaigns: readonly CampaignRow[];
  readonly competitors: readonly MoveRow[];
  readonly sentiment: SentimentGroup;
  readonly keywords: readonly KeywordRow[];
  readonly strip: StripGroup;
}
export type OverviewGroup = keyof OverviewState;
