/** GET /api/restatements: what came for days after they had closed. */
import * as z from 'zod';
import { isRefusal } from '../../../pipeline/ports/refusal.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { pageOf, pageParameters } from '../page-query.ts';
import { readQuery } from '../query.ts';
import { isReply, json, refused } from '../reply.ts';
import type { Route } from '../route.ts';
import { restatementPage } from '../schemas/periods.ts';

const query = z.object({
  from: z.string().optional().meta({ description: 'First business day; absent: 35 days up to `to`', example: '2026-11-01' }),
  to: z.string().optional().meta({ description: 'Last business day, included; today when absent', example: '2026-11-30' }),
  kpi: z.string().optional().meta({ description: 'Ids separated by commas; absent = all', example: 'net_sales' }),
  ...pageParameters,
});

export function restatementRoutes(services: () => Pick<Services, 'restatements'>): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/restatements',
      tag: 'kpis',
      operationId: 'getRestatements',
      summary:
        'What later facts changed in closed days: one row per day, KPI, dimension and cause, beside the closed value. KPIs that look at other days than their own follow from these days and have no rows.',
      query,
      answers: {
        200: {
          'application/json': {
            description: 'The differences of one figure add up to value − closedValue',
            schema: restatementPage,
            example: {
              rows: [
                {
                  ...{ day: '2026-11-20', kpi: 'net_sales', dimension: { channel: '天猫' }, closedValue: 343_700, value: 350_700 },
                  ...{ difference: 7_000, cause: 'late', receivedAt: '2026-11-24T02:00:00.000Z' },
                },
              ],
              total: 1,
              next: null,
            },
          },
        },
      },
      problems: [400, 503],
      async handle(request) {
        const asked = readQuery(query, request.query);
        if (isReply(asked)) return asked;
        const page = await services().restatements.list({
          from: asked.from ?? null,
          to: asked.to ?? null,
          kpis: asked.kpi === undefined ? [] : asked.kpi.split(',').map((id) => id.trim()),
          ...pageOf(asked),
        });
        return isRefusal(page) ? refused(page) : json(200, page);
      },
    },
  ];
}
