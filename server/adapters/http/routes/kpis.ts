/** GET /api/kpis: reads the question; the KPI service answers it. */
import * as z from 'zod';
import { grains } from '../../../../shared/kpi/types.ts';
import { isRefusal } from '../../../pipeline/ports/refusal.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { instantParameter, readQuery } from '../query.ts';
import { isReply, json, problem, refused } from '../reply.ts';
import type { Route } from '../route.ts';
import { kpiAnswer } from '../schemas/kpis.ts';

const query = z.object({
  grain: z.enum(grains, { error: `grain is one of ${grains.join(', ')}` }).meta({ description: 'Length of the period', example: 'month' }),
  period: z
    .string({ error: 'give a period, such as 2026-11' })
    .meta({ description: '2026-11-23 · 2026-W48 · 2026-11 · 2026-Q4 · 2026, by grain', example: '2026-11' }),
  kpi: z.string().optional().meta({ description: 'Ids separated by commas; absent = all', example: 'net_sales,order_value' }),
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
});

export function kpiRoutes(services: () => Pick<Services, 'kpis'>): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/kpis',
      tag: 'kpis',
      operationId: 'getKpis',
      summary:
        'KPI values of a period, in total or by a dimension. 503 with `ledger_behind`, `ledger_unavailable`, `ledger_timeout` or `ledger_memory` while the ledger cannot answer the question; `detail` says what to do.',
      query,
      answers: {
        200: {
          'application/json': {
            description: 'Money in minor units, ratios unrounded',
            schema: kpiAnswer,
            example: {
              asOf: '2026-11-23T02:00:00.000Z',
              timeZone: 'Asia/Shanghai',
              values: [
                {
                  kpi: 'net_sales',
                  period: { grain: 'month', start: '2026-11-01', end: '2026-12-01' },
                  dimension: { channel: '天猫' },
                  value: 343_700,
                  unit: 'minor',
                  numerator: null,
                  denominator: null,
                  state: 'live',
                  sample: 1,
                  ruleVersion: 1,
                },
              ],
            },
          },
        },
      },
      problems: [400, 503],
      async handle(request) {
        const asked = readQuery(query, request.query);
        if (isReply(asked)) return asked;
        const where: { dim: string; value: string | null }[] = [];
        for (const text of asked.where ?? []) {
          const colon = text.indexOf(':');
          if (colon < 1)
            return problem(400, 'bad_parameter', 'where is written dimension:value, such as where=region:华东', { path: 'where' });
          const value = text.slice(colon + 1);
          where.push({ dim: text.slice(0, colon), value: value === '' ? null : value });
        }
        const answer = await services().kpis.query({
          grain: asked.grain,
          period: asked.period,
          kpis: asked.kpi === undefined ? [] : asked.kpi.split(',').map((id) => id.trim()),
          by: asked.by ?? null,
          where,
          asOf: asked.asOf ?? null,
          knownAt: asked.knownAt ?? null,
        });
        return isRefusal(answer) ? refused(answer) : json(200, answer);
      },
    },
  ];
}
