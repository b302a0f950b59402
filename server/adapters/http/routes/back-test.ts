/** POST /api/policies/:name/back-test: what a rule would have done over the past days, beside the rule in force. */
import { backTestNames, backTestRequest, backTestResult } from '../../../../shared/incidents/back-test.ts';
import { defaultSpike } from '../../../../shared/incidents/spike-policy.ts';
import { isRefusal } from '../../../pipeline/ports/refusal.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { readJson } from '../json-body.ts';
import { isReply, json, refused } from '../reply.ts';
import type { Route } from '../route.ts';

export function backTestRoutes(services: () => Pick<Services, 'backTests'>): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/api/policies/:name/back-test',
      tag: 'targets and policies',
      operationId: 'backTestPolicy',
      summary: 'What a rule would have done over the past days, beside what the one in force did. Changes nothing.',
      params: { name: { description: backTestNames.join(' · '), example: 'spike', enum: backTestNames } },
      requestBody: {
        'application/json': {
          description: '`value` as PUT /api/policies/:name takes it; `days` at most 90, 30 where absent',
          schema: backTestRequest,
          example: { value: defaultSpike, days: 30 },
        },
      },
      answers: { 200: { 'application/json': { description: 'Both rules, and where they differ', schema: backTestResult } } },
      problems: [400, 404, 413, 415, 503],
      async handle(request) {
        const document = await readJson(request, backTestRequest);
        if (isReply(document)) return document;
        const result = await services().backTests.run(request.params['name'] ?? '', document);
        return isRefusal(result) ? refused(result) : json(200, result);
      },
    },
  ];
}
