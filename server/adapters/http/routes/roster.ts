/** GET /api/roster/gaps and POST /api/roster/plan: when nobody would be called, and shifts of a weekly pattern. */
import * as z from 'zod';
import { MAX_GAP_DAYS, rosterGapsAnswer } from '../../../../shared/incidents/roster-gaps.ts';
import { rosterPlan, rosterPlanRequest } from '../../../../shared/incidents/roster-plan.ts';
import { isRefusal } from '../../../pipeline/ports/refusal.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { readQuery, wholeNumber } from '../query.ts';
import { readJson } from '../json-body.ts';
import { isReply, json, refused } from '../reply.ts';
import type { Route } from '../route.ts';

const DAYS = 14;
const gapsQuery = z.object({
  days: wholeNumber(1, MAX_GAP_DAYS)
    .optional()
    .meta({ description: `How many times 24 h to look ahead; absent: ${DAYS}`, example: '14' }),
});
const from = 1_795_414_200_000;

export function rosterRoutes(services: () => Pick<Services, 'roster'>): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/roster/gaps',
      tag: 'incidents',
      operationId: 'getRosterGaps',
      summary: 'Hours in which nobody is on the roster, for each role the ladder calls, and contacts whose channel does not exist.',
      query: gapsQuery,
      answers: {
        200: {
          'application/json': {
            description: 'Gaps',
            schema: rosterGapsAnswer,
            example: {
              ...{ from, to: from + 14 * 86_400_000, roles: ['duty', 'backup'] },
              contacts: [{ person: 'zhouyu', name: '周屿', channel: 'pr-groop', off: false, unreadable: false }],
              ...{ gaps: [{ role: 'duty', from: from + 3_600_000, to: from + 7_200_000 }], total: 1, next: null },
            },
          },
        },
      },
      problems: [400, 503],
      async handle(request) {
        const asked = readQuery(gapsQuery, request.query);
        return isReply(asked) ? asked : json(200, await services().roster.gaps(asked.days ?? DAYS));
      },
    },
    {
      method: 'POST',
      path: '/api/roster/plan',
      tag: 'incidents',
      operationId: 'planRoster',
      summary:
        'The shifts of a weekly pattern over a range of days, by the calendar: a day off has the shifts of a Sunday, a make-up workday those of the weekday it stands in for. Stores nothing.',
      requestBody: {
        'application/json': {
          description: 'The pattern and the days',
          schema: rosterPlanRequest,
          example: {
            pattern: [{ role: 'duty', person: 'lin', weekday: 0, from: '09:00', to: '18:00' }],
            from: '2026-12-07',
            to: '2026-12-13',
          },
        },
      },
      answers: { 200: { 'application/json': { description: 'Shifts as the policy roster takes them', schema: rosterPlan } } },
      problems: [400, 413, 415, 422, 503],
      async handle(request) {
        const document = await readJson(request, rosterPlanRequest);
        if (isReply(document)) return document;
        const plan = await services().roster.plan(document);
        return isRefusal(plan) ? refused(plan) : json(200, plan);
      },
    },
  ];
}
