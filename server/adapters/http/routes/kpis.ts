/** GET /api/kpis: reads the question; the KPI service answers it. */
import * as z from 'zod';
import { isRefusal } from '../../../pipeline/ports/refusal.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { kpiParameters, ledgerFaults } from '../kpi-parameters.ts';
import { readQuery } from '../query.ts';
import { isReply, json, refused } from '../reply.ts';
import type { Route } from '../route.ts';
import { kpiAnswer } from '../schemas/kpis.ts';
import { readWhere } from '../where.ts';

const { grain, period, by, where, asOf, knownAt } = kpiParameters;

const query = z.object({
  ...{ grain, period },
  kpi: z.string().optional().meta({ description: 'Ids separated by commas; absent = all', example: 'net_sales,order_value' }),
  ...{ by, where, asOf, knownAt },
});

export function kpiRoutes(services: () => Pick<Services, 'kpis'>): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/kpis',
      tag: 'kpis',
      operationId: 'getKpis',
      summary: `KPI values of a period, in total or by a dimension. ${ledgerFaults}`,
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
        const cells = readWhere(asked.where);
        if (isReply(cells)) return cells;
        const answer = await services().kpis.query({
          grain: asked.grain,
          period: asked.period,
          kpis: asked.kpi === undefined ? [] : asked.kpi.split(',').map((id) => id.trim()),
          by: asked.by ?? null,
          where: cells,
          asOf: asked.asOf ?? null,
          knownAt: asked.knownAt ?? null,
        });
        return isRefusal(answer) ? refused(answer) : json(200, answer);
      },
    },
  ];
}
