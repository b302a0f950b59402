/**
 * Figures far from what is usual at their hour (`GET /api/anomalies`): what, by how much, since when, and which channel,
 * category, region or platform moved it. Money in minor units, instants RFC 3339 in UTC.
 */
import * as z from 'zod';

export const anomalyKpis = ['net_sales', 'orders', 'refunds', 'leads', 'negative_mentions', 'organic_visits'] as const;

/** What was judged: a window of half an hour to four hours, or a whole day of figures that come once a day. */
const observation = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  value: z.number(),
  usual: z.number(),
  difference: z.number(),
  /** Difference ÷ usual; null where nothing is usual. */
  ratio: z.number().nullable(),
  /** MADs away from what is usual; below 0 where it is less. */
  mads: z.number(),
});

export const movedBy = z.object({
  dimension: z.enum(['channel', 'category', 'region', 'platform']),
  /** null: what has no such value. */
  value: z.string().nullable(),
  now: z.number(),
  usual: z.number(),
  difference: z.number(),
  /** Share of the whole difference. */
  share: z.number(),
  /** Every value moved about as much as it weighs: none stands out, and this is the largest part. */
  broad: z.boolean(),
});

export const anomaly = z.object({
  kpi: z.enum(anomalyKpis),
  unit: z.enum(['minor', 'count']),
  direction: z.enum(['above', 'below']),
  severity: z.enum(['notable', 'severe']),
  /** Start of the window that found it, and the moment it was found. */
  since: z.iso.datetime(),
  foundAt: z.iso.datetime(),
  /** End of the last window that still showed it; null while it lasts. */
  until: z.iso.datetime().nullable(),
  /** Where it was farthest from usual, and as it was last. */
  peak: observation,
  last: observation,
  movedBy: movedBy.nullable(),
});
export type Anomaly = z.infer<typeof anomaly>;

/**
 * watching · learning: too few like days hold data, so nothing is said · thin: too few things happen to tell chance from
 * change, even in four hours · no_brand: no own brand is set, so no mention counts.
 */
export const watchStates = ['watching', 'learning', 'thin', 'no_brand'] as const;
export const watchedKpi = z.object({
  kpi: z.enum(anomalyKpis),
  state: z.enum(watchStates),
  /** Like days that hold data, and how many are needed. */
  likeDays: z.int(),
  likeDaysNeeded: z.int(),
});
export type WatchedKpi = z.infer<typeof watchedKpi>;

export const anomaliesAnswer = z.object({
  asOf: z.iso.datetime(),
  timeZone: z.string(),
  /** Each figure as it is watched on the last day asked for. */
  kpis: z.array(watchedKpi),
  /** The newest first. */
  anomalies: z.array(anomaly),
});
export type AnomaliesAnswer = z.infer<typeof anomaliesAnswer>;
