/** GET /api/anomalies and GET /api/calendar: what is far from usual, and what usual days are compared with. */
import * as z from 'zod';
import { anomaliesAnswer, anomalyKpis } from '../../../../shared/kpi/anomalies.ts';
import { calendarAnswer } from '../../../../shared/kpi/calendar.ts';
import { isRefusal } from '../../../pipeline/ports/refusal.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { readQuery } from '../query.ts';
import { isReply, json, refused } from '../reply.ts';
import type { Route } from '../route.ts';

const days = (absent: string) => ({
  from: z
    .string()
    .optional()
    .meta({ description: `First business day; absent: ${absent}`, example: '2026-11-01' }),
  to: z.string().optional().meta({ description: 'Last business day, included; today when absent', example: '2026-11-30' }),
});
const anomaliesQuery = z.object({
  ...days('yesterday'),
  kpi: z
    .string()
    .optional()
    .meta({ description: `One of ${anomalyKpis.join(', ')}; absent: all`, example: 'net_sales' }),
});
const calendarQuery = z.object(days('31 days up to `to`'));

const observation = {
  ...{ from: '2026-11-20T06:00:00.000Z', to: '2026-11-20T06:30:00.000Z' },
  ...{ value: 2_900_000, usual: 5_000_000, difference: -2_100_000, ratio: -0.42, mads: -8.1 },
};

export function anomalyRoutes(services: () => Pick<Services, 'anomalies' | 'calendar'>): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/anomalies',
      tag: 'kpis',
      operationId: 'getAnomalies',
      summary:
        'Figures far from what is usual at their hour on like days, the newest first, with what moved them; at most 31 days. Computed from the ledger at each question.',
      query: anomaliesQuery,
      answers: {
        200: {
          'application/json': {
            description: 'Anomalies, and how each figure is watched',
            schema: anomaliesAnswer,
            example: {
              asOf: '2026-11-20T06:31:00.000Z',
              timeZone: 'Asia/Shanghai',
              kpis: [{ kpi: 'net_sales', state: 'watching', likeDays: 9, likeDaysNeeded: 4 }],
              anomalies: [
                {
                  ...{ kpi: 'net_sales', unit: 'minor', direction: 'below', severity: 'notable' },
                  ...{ since: '2026-11-20T06:00:00.000Z', foundAt: '2026-11-20T06:30:00.000Z', until: null },
                  ...{ peak: observation, last: observation },
                  movedBy: {
                    ...{ dimension: 'channel', value: '天猫', now: 200_000, usual: 1_900_000, difference: -1_700_000 },
                    ...{ share: 0.81, broad: false },
                  },
                },
              ],
            },
          },
        },
      },
      problems: [400, 503],
      async handle(request) {
        const asked = readQuery(anomaliesQuery, request.query);
        if (isReply(asked)) return asked;
        const answer = await services().anomalies.list({ from: asked.from ?? null, to: asked.to ?? null, kpi: asked.kpi ?? null });
        return isRefusal(answer) ? refused(answer) : json(200, answer);
      },
    },
    {
      method: 'GET',
      path: '/api/calendar',
      tag: 'kpis',
      operationId: 'getCalendar',
      summary: 'Workdays, days off and days of nodes such as 618 and 春节, and the day a year earlier each is compared with.',
      query: calendarQuery,
      answers: {
        200: {
          'application/json': {
            description: 'One row a business day',
            schema: calendarAnswer,
            example: {
              timeZone: 'Asia/Shanghai',
              days: [
                {
                  ...{ day: '2026-02-14', kind: 'workday', holiday: null, arranged: true },
                  node: { id: 'spring_festival', name: { 'zh-CN': '春节', en: 'Spring Festival' }, offset: -3 },
                  weekdayLike: 4,
                  comparedWith: '2025-01-26',
                },
              ],
            },
          },
        },
      },
      problems: [400, 503],
      async handle(request) {
        const asked = readQuery(calendarQuery, request.query);
        if (isReply(asked)) return asked;
        const answer = await services().calendar.days({ from: asked.from ?? null, to: asked.to ?? null });
        return isRefusal(answer) ? refused(answer) : json(200, answer);
      },
    },
  ];
}
