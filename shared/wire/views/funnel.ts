/** The wall's 客户 scene: 获客 → 转化 → 留存 of the running month, cohorts of leads, what customers cost, and the weak link. */
import * as z from 'zod';
import { group, list } from '../shape.ts';
import { stripGroup } from './strip.ts';

/** A month of leads by the month they were created in (K9). */
export const cohortRow = group({
  /** YYYY-MM. */
  month: z.string(),
  leads: z.int(),
  signed: z.int().nullable(),
  /** null without leads. */
  rate: z.number().nullable(),
  /** Share of the leads whose time to sign is over, 0 … 1; 1 = the cohort is full. */
  maturity: z.number().nullable(),
  target: z.number().nullable(),
});
export type CohortRow = z.infer<typeof cohortRow>;

export const funnelStages = ['leads', 'conversion', 'direct', 'retention'] as const;
export type FunnelStage = (typeof funnelStages)[number];

/** A count of the month so far, beside its plan: the target times the elapsed share of the month. */
const counted = group({ value: z.number().nullable(), target: z.number().nullable(), planToNow: z.number().nullable() });
export type CountedStage = z.infer<typeof counted>;

export const stagesGroup = group({
  month: z.string(),
  /** Organic visits of the days that are over (K7); null where nobody tells them. */
  visits: z.number().nullable(),
  /** Valid leads (K8), and all leads. */
  leads: counted,
  allLeads: z.int(),
  /** Of the newest cohort that is settled enough to be held against a target; null without one. */
  conversion: cohortRow.nullable(),
  /** New customers (K10). */
  customers: counted,
  /** K11; `known`: share of its 365 days the workspace has orders of, 0 … 1. */
  repurchase: group({
    rate: z.number().nullable(),
    customers: z.int(),
    target: z.number().nullable(),
    known: z.number(),
  }),
});
export type StagesGroup = z.infer<typeof stagesGroup>;

export const gapGroup = group({
  /** Customers that are missing to now, new ones and returning ones; negative: more than planned. */
  missing: z.number(),
  /** What each stage adds to it; they add up to `missing`. `held`: whether there is a target to hold the stage against. */
  parts: list(group({ stage: z.enum(funnelStages), missing: z.number(), held: z.boolean() })),
  /** The stage below its target that costs most; null where none does. */
  weakest: z.enum(funnelStages).nullable(),
});
export type GapGroup = z.infer<typeof gapGroup>;

export const costRow = group({
  /** null = 未归属, or the row of all other channels. */
  channel: z.string().nullable(),
  /** How many channels this row stands for where it is the row of all others; 0 for a channel. */
  others: z.int(),
  /** Acquisition cost in scope (R11). */
  spend: z.number().nullable(),
  customers: z.int(),
  cac: z.number().nullable(),
  leads: z.int(),
  cpl: z.number().nullable(),
});
export type CostRow = z.infer<typeof costRow>;

export const funnelState = group({
  stages: stagesGroup,
  /** null without any target to hold a stage against. */
  gap: gapGroup.nullable(),
  /** Oldest first; months without a lead are left out. */
  cohorts: group({ rows: list(cohortRow), days: z.int() }),
  /** Of the month so far: all channels together, then each, most spend first. */
  costs: group({ month: z.string(), whole: costRow, rows: list(costRow) }),
  strip: stripGroup,
});
export type FunnelState = z.infer<typeof funnelState>;
export type FunnelGroup = keyof FunnelState;
