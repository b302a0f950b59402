/** Incidents: list, one, people's commands, and the history that waits for a decision. */
import * as z from 'zod';
import { characters, typed } from '../../../../shared/text/bounded-text.ts';
import { incidentCommand } from '../../../../shared/incidents/types.ts';
import { isRefusal } from '../../../pipeline/ports/refusal.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { readJson } from '../json-body.ts';
import { readQuery, wholeNumber } from '../query.ts';
import { isReply, json, problem, refused } from '../reply.ts';
import type { Route } from '../route.ts';
import { incidentDetail, incidentList, pendingHistory } from '../schemas/incidents.ts';

const limit = (most: number) =>
  wholeNumber(1, most)
    .optional()
    .meta({ description: `At most so many rows; ${most} at most, and when absent`, example: '50' });
const listQuery = z.object({
  state: z.enum(['open', 'closed'], { error: 'state is open or closed' }).optional().meta({ description: 'open when absent' }),
  limit: limit(200),
});
const historyQuery = z.object({ limit: limit(200) });
const historyCommand = z.object({
  commandId: characters(1, 200),
  actor: typed(80),
  mentionKey: characters(1, 2_000),
});
const idParam = { id: { description: 'The incident’s id', example: 'i-17' } };

export function incidentRoutes(services: () => Pick<Services, 'incidents'>): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/incidents',
      tag: 'incidents',
      operationId: 'getIncidents',
      summary: 'Incidents: open ones by nearest deadline, or closed ones, newest first.',
      query: listQuery,
      answers: { 200: { 'application/json': { description: 'Incidents', schema: incidentList } } },
      problems: [400, 503],
      async handle(request) {
        const asked = readQuery(listQuery, request.query);
        if (isReply(asked)) return asked;
        return json(200, { incidents: await services().incidents.list({ open: asked.state !== 'closed', limit: asked.limit ?? 200 }) });
      },
    },
    {
      method: 'GET',
      path: '/api/incidents/history-pending',
      tag: 'incidents',
      operationId: 'getPendingHistory',
      summary: 'Negative mentions too old to open an incident by themselves (补录待定).',
      query: historyQuery,
      answers: { 200: { 'application/json': { description: 'Mentions, newest first', schema: pendingHistory } } },
      problems: [400, 503],
      async handle(request) {
        const asked = readQuery(historyQuery, request.query);
        return isReply(asked) ? asked : json(200, await services().incidents.pendingHistory(asked.limit ?? 200));
      },
    },
    {
      method: 'POST',
      path: '/api/incidents/history-pending/commands',
      tag: 'incidents',
      operationId: 'openPendingHistory',
      summary: 'Open an incident for one of those mentions.',
      requestBody: {
        'application/json': {
          description: 'Which mention, and who decides; the same commandId gets the same answer',
          schema: historyCommand,
          example: { commandId: 'c-1', actor: '林悦', mentionKey: '/monitor M-88001' },
        },
      },
      answers: { 200: { 'application/json': { description: 'The incident', schema: incidentDetail } } },
      problems: [400, 404, 409, 413, 415, 422, 503, 507],
      async handle(request) {
        const command = await readJson(request, historyCommand);
        if (isReply(command)) return command;
        const { mentionKey, commandId, actor } = command;
        const answer = await services().incidents.openHistory(mentionKey, { commandId, actor }, request.receivedAt);
        return isRefusal(answer) ? refused(answer) : json(200, answer);
      },
    },
    {
      method: 'GET',
      path: '/api/incidents/:id',
      tag: 'incidents',
      operationId: 'getIncident',
      summary: 'One incident with its clocks, mentions and audit.',
      params: idParam,
      answers: { 200: { 'application/json': { description: 'The incident', schema: incidentDetail } } },
      problems: [404, 503],
      async handle(request) {
        const incident = await services().incidents.get(request.params['id'] ?? '');
        return incident ? json(200, incident) : problem(404, 'unknown_incident', 'there is no incident with this id');
      },
    },
    {
      method: 'POST',
      path: '/api/incidents/:id/commands',
      tag: 'incidents',
      operationId: 'commandIncident',
      summary: 'Claim, respond, resolve, call a false alarm, or reopen.',
      params: idParam,
      requestBody: {
        'application/json': {
          description: 'A command; the same commandId gets the same answer, and an old expectedVersion 409 with the present state',
          schema: incidentCommand,
          example: { commandId: 'c-2', expectedVersion: 1, actor: '林悦', type: 'claim' },
        },
      },
      answers: { 200: { 'application/json': { description: 'The incident after the command', schema: incidentDetail } } },
      problems: [400, 404, 409, 413, 415, 422, 503, 507],
      async handle(request) {
        const command = await readJson(request, incidentCommand);
        if (isReply(command)) return command;
        // When the request's head arrived, not when its body did: a slow line must not cost anybody a deadline [T6].
        const answer = await services().incidents.command(request.params['id'] ?? '', command, request.receivedAt);
        return isRefusal(answer) ? refused(answer) : json(200, answer);
      },
    },
  ];
}
