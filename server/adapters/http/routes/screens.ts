/** What screens ask for over HTTP: a snapshot, and leaving the demo. */
import * as z from 'zod';
import { type ViewName, groupsOf, viewNames } from '../../../../shared/wire/views/all.ts';
import { board } from '../../../../shared/screens/board.ts';
import { BOARD_DAYS } from '../../../../shared/wire/constants.ts';
import { scenePath, scenes } from '../../../../shared/screens/scenes.ts';
import { knownWhen } from '../../../pipeline/ports/past.ts';
import { isRefusal } from '../../../pipeline/ports/refusal.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { ledgerFaults } from '../kpi-parameters.ts';
import { instantParameter, readQuery } from '../query.ts';
import { isReply, json, problem, refused } from '../reply.ts';
import type { Route } from '../route.ts';
import { sceneList, snapshot } from '../schemas/operations.ts';

const sceneViews = [...new Set(scenes.map(({ view }) => view))];
const boardQuery = z.object({
  at: instantParameter.meta({ description: 'The moment; RFC 3339', example: '2026-11-23T14:35:00+08:00' }),
  known: z
    .enum(knownWhen, { error: 'known is then or now' })
    .default('then')
    .meta({ description: 'then: by what had been received by the moment; now: by what is known today', example: 'then' }),
});

export function screenRoutes(services: () => Pick<Services, 'snapshot' | 'board' | 'startRealWorkspace'>): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/screens/views',
      tag: 'screens',
      operationId: 'listScenes',
      summary: 'The scenes of the wall in the order they are shown, with their panels and the groups of the view each of them shows.',
      answers: { 200: { 'application/json': { description: 'The scenes', schema: sceneList } } },
      problems: [],
      async handle() {
        const described = scenes.map(({ id, view, panels }) => ({ id, path: scenePath(id), view, groups: groupsOf(view), panels }));
        return json(200, { scenes: described });
      },
    },
    {
      method: 'GET',
      path: '/api/screens/views/:view',
      tag: 'screens',
      operationId: 'getBoard',
      summary: `What a scene of the wall showed at a moment of the last ${BOARD_DAYS} days, as known then or as known now. ${ledgerFaults} 503 with \`overloaded\` while many are being made.`,
      params: { view: { description: sceneViews.join(' · '), example: 'overview', enum: sceneViews } },
      query: boardQuery,
      answers: {
        200: {
          'application/json': { description: 'The groups of the view; those that cannot be told for that moment are named', schema: board },
        },
      },
      problems: [400, 404, 503],
      async handle(request) {
        const asked = readQuery(boardQuery, request.query);
        if (isReply(asked)) return asked;
        const answer = await services().board.at({ view: request.params['view'] ?? '', ...asked });
        return isRefusal(answer) ? refused(answer) : json(200, answer);
      },
    },
    {
      method: 'GET',
      path: '/api/views/:view',
      tag: 'screens',
      operationId: 'getView',
      summary: 'What a screen shows right now; sockets carry the changes from there.',
      params: { view: { description: viewNames.join(' · '), example: 'overview', enum: viewNames } },
      answers: { 200: { 'application/json': { description: 'A snapshot', schema: snapshot } } },
      problems: [404, 503],
      async handle(request) {
        const view = viewNames.find((name) => name === request.params['view']) as ViewName | undefined;
        if (view === undefined) return problem(404, 'unknown_view', `there is no such view; there are: ${viewNames.join(', ')}`);
        return json(200, await services().snapshot(view));
      },
    },
    {
      method: 'POST',
      path: '/api/workspace/start-real',
      tag: 'screens',
      operationId: 'startRealWorkspace',
      summary: 'Leave the demo for the real, empty workspace.',
      answers: { 200: { 'application/json': { description: 'Done', schema: z.object({ started: z.literal(true) }) } } },
      problems: [409, 503, 507],
      async handle() {
        const result = await services().startRealWorkspace();
        return isRefusal(result) ? refused(result) : json(200, result);
      },
    },
  ];
}
