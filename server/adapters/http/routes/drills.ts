/** POST /api/drills begins a marked crisis on the live path; GET /api/drills/:id is its timed report. */
import { drillDocument, drillReport } from '../../../../shared/incidents/drill.ts';
import { isRefusal } from '../../../pipeline/ports/refusal.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { readJson } from '../json-body.ts';
import { isReply, json, refused } from '../reply.ts';
import type { Route } from '../route.ts';

export function drillRoutes(services: () => Pick<Services, 'drills'>): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/api/drills',
      tag: 'incidents',
      operationId: 'startDrill',
      summary: 'Begin a drill: a marked crisis goes through the live path, is in no figure, and its messages end at a dry end.',
      requestBody: {
        'application/json': { description: 'Who begins it, and what it says', schema: drillDocument, example: { actor: '林悦' } },
      },
      answers: { 202: { 'application/json': { description: 'Begun; `Location` is its report', schema: drillReport } } },
      problems: [400, 409, 413, 415, 422, 503, 507],
      async handle(request) {
        const document = await readJson(request, drillDocument);
        if (isReply(document)) return document;
        const drill = await services().drills.start(document);
        return isRefusal(drill) ? refused(drill) : json(202, drill, { location: `/api/drills/${drill.id}` });
      },
    },
    {
      method: 'GET',
      path: '/api/drills/:id',
      tag: 'incidents',
      operationId: 'getDrill',
      summary: 'A drill, hop by hop: when it was sent, received, opened, told, and what people did.',
      params: { id: { description: 'The drill’s id', example: 'mikd2s80-1a2b3c4d' } },
      answers: { 200: { 'application/json': { description: 'The report', schema: drillReport } } },
      problems: [404, 503],
      async handle(request) {
        const report = await services().drills.report(request.params['id'] ?? '');
        return isRefusal(report) ? refused(report) : json(200, report);
      },
    },
  ];
}
