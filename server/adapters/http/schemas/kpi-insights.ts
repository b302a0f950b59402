/** Answers about what KPIs are made of and why they changed, as schemas for the published description. */
import * as z from 'zod';
import type { KpiComparison } from '../../../../shared/kpi/compare.ts';
import type { KpiChange } from '../../../../shared/kpi/change.ts';
import type { KpiDefinitions } from '../../../../shared/kpi/definitions.ts';
import { kpiCauses, kpiParts, type KpiExplanation } from '../../../../shared/kpi/explain.ts';
import type { KpiSeries } from '../../../../shared/kpi/series.ts';
import { grains, kpiDimensions, kpiUnits } from '../../../../shared/kpi/types.ts';
import { kpiValue } from './kpis.ts';

const nullableInstant = z.iso.datetime().nullable();

const explainedRow: z.ZodType<KpiExplanation['rows'][number]> = z.object({
  entity: z
    .object({ kind: z.string(), source: z.string().nullable(), id: z.string() })
    .meta({ description: 'A fact, a customer, a counted value such as a buyer, or a target' }),
  at: nullableInstant.meta({ description: 'When it belongs; null for a target, as the two after it' }),
  since: nullableInstant.meta({ description: 'From when it holds' }),
  receivedAt: nullableInstant,
  cause: z.enum(kpiCauses),
  amount: z.number(),
  event: z
    .object({
      source: z.string(),
      id: z.string().nullable().meta({ description: 'Of the envelope; null for what an older version of the program stored' }),
      type: z.string(),
      time: z.iso.datetime(),
    })
    .nullable()
    .meta({ description: 'The event that changed the amount last' }),
});

export const explanation: z.ZodType<KpiExplanation> = z.object({
  value: kpiValue,
  part: z.enum(kpiParts),
  sum: z.number().nullable().meta({ description: 'The amounts of all pages add up to it; null beyond 2^53 and without a target it needs' }),
  count: z.int().meta({ description: 'Rows of all pages' }),
  rows: z.array(explainedRow),
  next: z.string().nullable().meta({ description: 'Cursor of the next page' }),
});

export const kpiChange: z.ZodType<KpiChange> = z.object({
  from: kpiValue.meta({ description: 'As it was known at the first moment' }),
  to: kpiValue.meta({ description: 'As it was known at the second' }),
  difference: z.number().nullable().meta({ description: 'null where either end has no value' }),
  causes: z
    .array(
      z.object({
        cause: z.enum(kpiCauses),
        count: z.int().meta({ description: 'Events of that cause that moved the cell' }),
        difference: z.number().nullable(),
      }),
    )
    .meta({ description: 'Their differences add up to the difference' }),
});

export const kpiComparison: z.ZodType<KpiComparison> = z.object({
  now: kpiValue,
  base: kpiValue.nullable().meta({ description: 'null where no calendar knows such a period' }),
  difference: z.number().nullable(),
  baseAsOf: z.iso.datetime().nullable().meta({ description: 'Up to when the base was looked at; null = all of it' }),
  parts: z
    .array(
      z.object({
        dimension: kpiValue.shape.dimension,
        kind: z.enum(['cell', 'overlap']),
        now: z.number().nullable(),
        base: z.number().nullable(),
        difference: z.number().nullable(),
        mix: z.number().nullable().exactOptional().meta({ description: 'What the change of the cell’s weight adds' }),
        rate: z.number().nullable().exactOptional().meta({ description: 'What the change of the cell’s own ratio adds' }),
        others: z
          .int()
          .exactOptional()
          .meta({ description: 'Of the part 其他 of a dimension with more than 200 cells: how many it holds' }),
      }),
    )
    .meta({ description: 'By the asked dimension; they add up to the difference' }),
});

export const kpiSeries: z.ZodType<KpiSeries> = z.object({
  asOf: z.iso.datetime(),
  timeZone: z.string(),
  buckets: z.array(
    z.object({
      start: z.iso.datetime(),
      end: z.iso.datetime().meta({ description: 'The first instant after the bucket' }),
      values: z.array(kpiValue).meta({ description: 'One for each KPI and cell' }),
    }),
  ),
});

const words = z.object({ zh: z.string(), en: z.string() });
export const kpiDescriptions: z.ZodType<KpiDefinitions> = z.object({
  definitions: z.array(
    z.object({
      id: z.string(),
      name: words,
      formula: words,
      unit: z.enum(kpiUnits),
      better: z.enum(['up', 'down']).nullable().meta({ description: 'null: neither way is better' }),
      dimensions: z.array(z.enum(kpiDimensions)),
      grains: z.array(z.enum(grains)),
      parts: z.array(z.enum(kpiParts)).meta({ description: 'Parts that can be explained' }),
      ruleVersion: z.int(),
      history: z
        .array(z.object({ version: z.int(), from: z.iso.date().nullable(), owner: z.string().nullable(), reason: z.string().nullable() }))
        .meta({ description: 'Versions of the rule, oldest first; null = from the beginning' }),
    }),
  ),
});
