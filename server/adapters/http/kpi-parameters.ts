/** Parameters that questions about KPIs share. */
import * as z from 'zod';
import { grains } from '../../../shared/kpi/types.ts';
import { instantParameter } from './query.ts';

export const kpiParameters = {
  grain: z.enum(grains, { error: `grain is one of ${grains.join(', ')}` }).meta({ description: 'Length of the period', example: 'month' }),
  period: z
    .string({ error: 'give a period, such as 2026-11' })
    .meta({ description: '2026-11-23 · 2026-W48 · 2026-11 · 2026-Q4 · 2026, by grain', example: '2026-11' }),
  oneKpi: z.string({ error: 'name a KPI, such as kpi=net_sales' }).meta({ description: 'Id of the KPI', example: 'net_sales' }),
  by: z.string().optional().meta({ description: 'Dimension to split by', example: 'channel' }),
  where: z
    .array(z.string())
    .optional()
    .meta({
      description: 'dimension:value, may repeat (and); the first “:” splits; an empty value means what has none',
      example: ['region:华东'],
    }),
  asOf: instantParameter
    .optional()
    .meta({ description: 'Cuts event time; RFC 3339, now when absent', example: '2026-11-23T10:00:00+08:00' }),
  knownAt: instantParameter
    .optional()
    .meta({ description: 'Cuts what was known; RFC 3339, now when absent', example: '2026-11-23T10:00:00+08:00' }),
} as const;

/** What the summary of every route says that asks the ledger. */
export const ledgerFaults =
  '503 with `ledger_behind`, `ledger_unavailable`, `ledger_timeout` or `ledger_memory` while the ledger cannot answer the question; `detail` says what to do.';
