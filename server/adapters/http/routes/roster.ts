/** GET /api/roster/gaps: when nobody would be called. */
import * as z from 'zod';
import { MAX_GAP_DAYS, rosterGapsAnswer } from '../../../../shared/incidents/roster-gaps.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { readQuery, wholeNumber } from '../query.ts';
import { isReply, json } from '../reply.ts';
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
      summary: 'Hours in which nobody is on the roster, for each role the ladder calls.',
      query: gapsQuery,
      answers: {
        200: {
          'application/json': {
            description: 'Gaps',
            schema: rosterGapsAnswer,
            example: {
              ...{ from, to: from + 14 * 86_400_000, roles: ['duty', 'backup'] },
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
  ];
}
