/** What screens ask for over HTTP: a snapshot, and leaving the demo. */
import * as z from 'zod';
import { type ViewName, groupsOf, viewNames } from '../../../../shared/wire/views/all.ts';
import { scenePath, scenes } from '../../../../shared/screens/scenes.ts';
import { isRefusal } from '../../../pipeline/ports/refusal.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { json, problem, refused } from '../reply.ts';
import type { Route } from '../route.ts';
import { sceneList, snapshot } from '../schemas/operations.ts';

export function screenRoutes(services: () => Pick<Services, 'snapshot' | 'startRealWorkspace'>): readonly Route[] {
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
