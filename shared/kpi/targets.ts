/** Targets and policies as the API takes them. */
import * as z from 'zod';
import { characters, typed } from '../text/bounded-text.ts';
import { id } from '../events/fields.ts';
import { repeatedBrand } from '../text/brand-key.ts';
import { instant } from '../events/fields.ts';
import { defaultPolarity } from './polarity.ts';
import { defaultReadings, readings } from './readings.ts';
import { holidays } from './holidays.ts';
import { defaultLadder, ladder } from '../incidents/ladder.ts';
import { emptyRoster, roster } from '../incidents/roster.ts';
import { defaultGrouping, groupingPolicy } from '../incidents/grouping-policy.ts';
import { defaultSeverity, severityPolicy } from '../incidents/severity-policy.ts';
import { defaultSpike, spikePolicy } from '../incidents/spike-policy.ts';
import { defaultWall, wallPolicy } from '../screens/wall-policy.ts';
import { defaultWords, wordsPolicy } from '../incidents/words-policy.ts';
import { grains, kpiDimensions } from './types.ts';

const who = {
  owner: typed(80),
  reason: typed(2_000),
  /** Business instant from which it holds; now when absent. */
  effectiveFrom: instant.optional(),
};

export const target = z.object({
  kpi: characters(1, 80),
  grain: z.enum(grains),
  /** 2026-11-23 · 2026-W48 · 2026-11 · 2026-Q4 · 2026 */
  period: z.string().min(4).max(10),
  dimension: z.partialRecord(z.enum(kpiDimensions), id).optional(),
  value: z.number(),
  /**
   * Weights of the parts of the period, which spread its plan by hand: 24 hours of a day, 7 days of a week, the days of a
   * month, 3 months of a quarter, 12 of a year. Absent: as learnt from history.
   */
  curve: z.array(z.number().min(0).max(1e9)).min(3).max(31).optional(),
  ...who,
});
export type Target = z.infer<typeof target>;
export const targetsDocument = z.object({
  targets: z.array(target).max(5_000),
  /**
   * Of each target, in order, the value that stood when the change was made, as `previousValue` of a dry run says it; null
   * = none stood. Where another one stands by now nothing is set (409 `changed_meanwhile`).
   */
  basedOn: z.array(z.number().nullable()).max(5_000).optional(),
});

const brandName = typed(80);

/** Refuses a name that people read like an earlier one, in either list: a mention of it could not be told apart. */
function eachBrandOnce(brands: { readonly own: readonly string[]; readonly tracked: readonly string[] }, context: z.RefinementCtx): void {
  const repeated = repeatedBrand([...brands.own, ...brands.tracked]);
  if (repeated === undefined) return;
  const ofOwn = repeated.index < brands.own.length;
  const path = ofOwn ? ['own', repeated.index] : ['tracked', repeated.index - brands.own.length];
  context.addIssue({
    code: 'custom',
    path,
    message: `${repeated.name} is listed twice: people read it like an earlier name of these lists`,
  });
}

/** Lists as they were stored, also by a version that checked less. */
export const storedBrands = z.object({ own: z.array(z.string()), tracked: z.array(z.string()) });

/** Policies of this version, by name; each value has its schema and its default. */
export const policySchemas = {
  brands: z.object({ own: z.array(brandName).max(50), tracked: z.array(brandName).max(5) }).superRefine(eachBrandOnce),
  sla: z
    .object({
      responseMs: z
        .int()
        .min(1_000)
        .max(30 * 86_400_000),
      disposalMs: z
        .int()
        .min(1_000)
        .max(90 * 86_400_000),
      /** How long the disposal clock of one round may be paused in all; 24 h when absent, and 0 allows no pause. */
      pauseMaxMs: z
        .int()
        .min(0)
        .max(30 * 86_400_000)
        .optional(),
    })
    .refine(({ responseMs, disposalMs }) => disposalMs >= responseMs, {
      path: ['disposalMs'],
      error: 'a story is disposed of after its answer: this is shorter than responseMs',
    }),
  polarity: z.object({ threshold: z.number().gt(0).max(1) }),
  freshness: z.object({
    orders: z.int().min(1_000),
    mentions: z.int().min(1_000),
    leads: z.int().min(1_000),
    spend: z.int().min(1_000),
    competitors: z.int().min(1_000),
  }),
  readings,
  holidays,
  ladder,
  roster,
  severity: severityPolicy,
  words: wordsPolicy,
  spike: spikePolicy,
  grouping: groupingPolicy,
  wall: wallPolicy,
} as const;
export type PolicyName = keyof typeof policySchemas;
export const policyNames = [
  'brands',
  'sla',
  'polarity',
  'freshness',
  'readings',
  'holidays',
  'ladder',
  'roster',
  'severity',
  'words',
  'spike',
  'grouping',
  'wall',
] as const satisfies readonly PolicyName[];
export type PolicyValues = { readonly [N in PolicyName]: z.infer<(typeof policySchemas)[N]> };
/** The policies every batch and every screen asks for. A roster holds thousands of shifts, so only who needs it reads it. */
export type Policies = Omit<PolicyValues, 'roster'>;

export const policyDefaults: Policies = {
  brands: { own: [], tracked: [] },
  sla: { responseMs: 7_200_000, disposalMs: 86_400_000 },
  polarity: defaultPolarity,
  freshness: { orders: 60_000, mentions: 120_000, leads: 300_000, spend: 900_000, competitors: 900_000 },
  readings: defaultReadings,
  holidays: { years: {} },
  ladder: defaultLadder,
  severity: defaultSeverity,
  words: defaultWords,
  spike: defaultSpike,
  grouping: defaultGrouping,
  wall: defaultWall,
};
export const everyPolicyDefault: PolicyValues = { ...policyDefaults, roster: emptyRoster };

export const policyDocument = z.object({
  value: z.unknown(),
  ...who,
  /** True: the rule may be dated back into closed periods, which then show what changed beside their closed figures. */
  restate: z.boolean().optional(),
  /** The version the change was made from. Where another one stands by now nothing is set, and the answer is 409 with that one. */
  basedOn: z.int().min(0).optional(),
});
