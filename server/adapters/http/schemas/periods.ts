/** Periods, as schemas for the published description. */
import * as z from 'zod';
import type { PeriodPage, PeriodRow } from '../../../../shared/kpi/periods.ts';
import { kpiStates } from '../../../../shared/kpi/types.ts';

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
