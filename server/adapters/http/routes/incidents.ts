/** Incidents: list, one, people's commands, and the history that waits for a decision. */
import * as z from 'zod';
import { characters, typed } from '../../../../shared/text/bounded-text.ts';
import {
  auditPage,
  incidentCommand,
  incidentDetail,
  incidentMention,
  incidentPage,
  mentionOrders,
  mentionPage,
  pendingPage,
} from '../../../../shared/incidents/types.ts';
import { isRefusal } from '../../../pipeline/ports/refusal.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { readJson } from '../json-body.ts';
import { readQuery } from '../query.ts';
import { isReply, json, problem, refused } from '../reply.ts';
import type { Route } from '../route.ts';
import { pageOf, pageParameters } from '../page-query.ts';

const listQuery = z.object({
  state: z.enum(['open', 'closed'], { error: 'state is open or closed' }).optional().meta({ description: 'open when absent' }),
  ...pageParameters,
});
const historyQuery = z.object(pageParameters);
const auditQuery = z.object(pageParameters);
const mentionsQuery = z.object({
  order: z
    .enum(mentionOrders, { error: `order is ${mentionOrders.join(' or ')}` })
    .optional()
    .meta({ description: 'By publication or by reach; newest when absent' }),
  ...pageParameters,
});
const historyCommand = z.object({
  commandId: characters(1, 200),
  actor: typed(80),
  mentionKey: characters(1, 2_000),
});
const idParam = { id: { description: 'The incident’s id', example: 'i-17' } };

const unknown = problem(404, 'unknown_incident', 'there is no incident with this id');

export function incidentRoutes(services: () => Pick<Services, 'incidents'>): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/incidents',
      tag: 'incidents',
      operationId: 'getIncidents',
      summary: 'Incidents: open ones by nearest deadline, or closed ones, newest first.',
      query: listQuery,
      answers: { 200: { 'application/json': { description: 'Incidents', schema: incidentPage } } },
      problems: [400, 503],
      async handle(request) {
        const asked = readQuery(listQuery, request.query);
        if (isReply(asked)) return asked;
        return json(200, await services().incidents.list({ open: asked.state !== 'closed', ...pageOf(asked) }));
      },
    },
    {
      method: 'GET',
      path: '/api/incidents/history-pending',
      tag: 'incidents',
      operationId: 'getPendingHistory',
      summary: 'Negative mentions too old to open an incident by themselves (补录待定).',
      query: historyQuery,
      answers: { 200: { 'application/json': { description: 'Mentions, newest first', schema: pendingPage } } },
      problems: [400, 503],
      async handle(request) {
        const asked = readQuery(historyQuery, request.query);
        return isReply(asked) ? asked : json(200, await services().incidents.pendingHistory(pageOf(asked)));
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
      summary: 'One incident with its clocks, its newest mentions and the end of its audit.',
      params: idParam,
      answers: { 200: { 'application/json': { description: 'The incident', schema: incidentDetail } } },
      problems: [404, 503],
      async handle(request) {
        const incident = await services().incidents.get(request.params['id'] ?? '');
        return incident ? json(200, incident) : unknown;
      },
    },
    {
      method: 'GET',
      path: '/api/incidents/:id/mentions',
      tag: 'incidents',
      operationId: 'getIncidentMentions',
      summary: 'Mentions of an incident, newest or widest reach first; long texts are cut.',
      params: idParam,
      query: mentionsQuery,
      answers: { 200: { 'application/json': { description: 'A page of mentions', schema: mentionPage } } },
      problems: [400, 404, 503],
      async handle(request) {
        const asked = readQuery(mentionsQuery, request.query);
        if (isReply(asked)) return asked;
        const page = await services().incidents.mentions(request.params['id'] ?? '', { order: asked.order ?? 'newest', ...pageOf(asked) });
        return page ? json(200, page) : unknown;
      },
    },
    {
      method: 'GET',
      path: '/api/incidents/:id/mentions/:key',
      tag: 'incidents',
      operationId: 'getIncidentMention',
      summary: 'One mention of an incident with its whole text.',
      params: { ...idParam, key: { description: 'Source, a space and mentionId', example: '/monitor M-88001' } },
      answers: { 200: { 'application/json': { description: 'The mention', schema: incidentMention } } },
      problems: [404, 503],
      async handle(request) {
        const mention = await services().incidents.mention(request.params['id'] ?? '', request.params['key'] ?? '');
        return mention ? json(200, mention) : problem(404, 'unknown_mention', 'this incident has no such mention');
      },
    },
    {
      method: 'GET',
      path: '/api/incidents/:id/audit',
      tag: 'incidents',
      operationId: 'getIncidentAudit',
      summary: 'Audit lines of an incident, newest first.',
      params: idParam,
      query: auditQuery,
      answers: { 200: { 'application/json': { description: 'A page of lines', schema: auditPage } } },
      problems: [400, 404, 503],
      async handle(request) {
        const asked = readQuery(auditQuery, request.query);
        if (isReply(asked)) return asked;
        const page = await services().incidents.audit(request.params['id'] ?? '', pageOf(asked));
        return page ? json(200, page) : unknown;
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
