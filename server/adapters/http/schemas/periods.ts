/** Periods and restatements, as schemas for the published description. */
import * as z from 'zod';
import type { PeriodPage, PeriodRow } from '../../../../shared/kpi/periods.ts';
import type { Restatement, RestatementPage } from '../../../../shared/kpi/restatements.ts';
import { kpiDimensions, kpiStates } from '../../../../shared/kpi/types.ts';

export const periodRow: z.ZodType<PeriodRow> = z.object({
  grain: z.enum(['day', 'month']),
  period: z.string().meta({ description: '2026-11-23 or 2026-11' }),
  start: z.iso.date().meta({ description: 'First business day' }),
  end: z.iso.date().meta({ description: 'The business day after the last' }),
  state: z.enum(kpiStates).meta({ description: 'restated: rows of the period were received after it closed' }),
  closesAt: z.iso.datetime().nullable().meta({ description: 'When it closes or closed; null for history that nobody closed' }),
  closedAt: z.iso.datetime().nullable(),
  closedBy: z.enum(['itself', 'hand']).nullable(),
  owner: z.string().nullable().meta({ description: 'Of a closing by hand' }),
  reason: z.string().nullable(),
});
export const periodPage: z.ZodType<PeriodPage> = z.object({
  periods: z.array(periodRow),
  total: z.int(),
  next: z.string().nullable(),
});

const restatement: z.ZodType<Restatement> = z.object({
  day: z.iso.date(),
  kpi: z.string(),
  dimension: z.partialRecord(z.enum(kpiDimensions), z.string().nullable()).nullable().meta({ description: 'null = the whole' }),
  closedValue: z.number().nullable().meta({ description: 'As the day closed' }),
  value: z.number().nullable().meta({ description: 'As known now' }),
  difference: z.number().nullable().meta({ description: 'What this cause changed; null where the closed value or the value is' }),
  cause: z
    .string()
    .meta({ description: 'late, correction, refund, cancellation, reclassification, deletion, reattribution, target or rule' }),
  receivedAt: z.iso.datetime().meta({ description: 'The newest of what came' }),
});
export const restatementPage: z.ZodType<RestatementPage> = z.object({
  rows: z.array(restatement),
  total: z.int(),
  next: z.string().nullable(),
});
