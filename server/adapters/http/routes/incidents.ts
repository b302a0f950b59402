/** Incidents: list, one, people's commands, and the history that waits for a decision. */
import * as z from 'zod';
import { characters, typed } from '../../../../shared/text/bounded-text.ts';
import {
  auditPage,
  incidentCommand,
  incidentDetail,
  keptMention,
  incidentPage,
  mentionOrders,
  mentionPage,
  pendingPage,
} from '../../../../shared/incidents/types.ts';
import { dismissCommand, dismissed, draftAnswer, draftDocument } from '../../../../shared/incidents/draft.ts';
import { incidentExposure } from '../../../../shared/incidents/exposure.ts';
import { incidentSpread } from '../../../../shared/incidents/spread.ts';
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
  search: characters(1, 200).optional().meta({ description: 'Only mentions whose title, text or author hold these words' }),
  ...pageParameters,
});
const draftQuery = z.object({ person: typed(80).meta({ description: 'Whose draft' }) });
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
      method: 'POST',
      path: '/api/incidents/history-pending/dismiss',
      tag: 'incidents',
      operationId: 'dismissPendingHistory',
      summary: 'Decide that no incident is opened for some of those mentions, or for all, with a reason.',
      requestBody: {
        'application/json': {
          description: 'The mentions, or all: true; the same commandId gets the same answer',
          schema: dismissCommand,
          example: { commandId: 'c-3', actor: '林悦', reason: '导入的历史', mentionKeys: ['/monitor M-88001'] },
        },
      },
      answers: { 200: { 'application/json': { description: 'How many were dismissed', schema: dismissed } } },
      problems: [400, 413, 415, 422, 503, 507],
      async handle(request) {
        const command = await readJson(request, dismissCommand);
        if (isReply(command)) return command;
        const answer = await services().incidents.dismissPending(command, request.receivedAt);
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
        const page = await services().incidents.mentions(request.params['id'] ?? '', {
          order: asked.order ?? 'newest',
          ...(asked.search !== undefined && { search: asked.search }),
          ...pageOf(asked),
        });
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
      answers: { 200: { 'application/json': { description: 'The mention', schema: keptMention } } },
      problems: [404, 503],
      async handle(request) {
        const mention = await services().incidents.mention(request.params['id'] ?? '', request.params['key'] ?? '');
        return mention ? json(200, mention) : problem(404, 'unknown_mention', 'this incident has no such mention');
      },
    },
    {
      method: 'GET',
      path: '/api/incidents/:id/spread',
      tag: 'incidents',
      operationId: 'getIncidentSpread',
      summary: 'How far an incident has spread: mentions by platform and by hour.',
      params: idParam,
      answers: { 200: { 'application/json': { description: 'Its spread', schema: incidentSpread } } },
      problems: [404, 503],
      async handle(request) {
        const spread = await services().incidents.spread(request.params['id'] ?? '');
        return spread ? json(200, spread) : unknown;
      },
    },
    {
      method: 'GET',
      path: '/api/incidents/:id/exposure',
      tag: 'incidents',
      operationId: 'getIncidentExposure',
      summary: 'Live campaigns that push the same product: spend a minute, and what will be spent until the deadline.',
      params: idParam,
      answers: { 200: { 'application/json': { description: 'Money in minor units', schema: incidentExposure } } },
      problems: [404, 503],
      async handle(request) {
        const exposure = await services().incidents.exposure(request.params['id'] ?? '');
        return exposure ? json(200, exposure) : unknown;
      },
    },
    {
      method: 'GET',
      path: '/api/incidents/:id/draft',
      tag: 'incidents',
      operationId: 'getIncidentDraft',
      summary: 'The answer that a person has begun, and who else has begun one.',
      params: idParam,
      query: draftQuery,
      answers: { 200: { 'application/json': { description: 'The draft', schema: draftAnswer } } },
      problems: [400, 503],
      async handle(request) {
        const asked = readQuery(draftQuery, request.query);
        return isReply(asked) ? asked : json(200, await services().incidents.draft(request.params['id'] ?? '', asked.person));
      },
    },
    {
      method: 'PUT',
      path: '/api/incidents/:id/draft',
      tag: 'incidents',
      operationId: 'putIncidentDraft',
      summary: 'Keep the answer that a person has begun; the last one written stays.',
      params: idParam,
      requestBody: {
        'application/json': {
          description: 'Without text and links the draft is removed',
          schema: draftDocument,
          example: { person: '林悦', text: '我们已看到', links: [] },
        },
      },
      answers: { 200: { 'application/json': { description: 'The draft as it is kept', schema: draftAnswer } } },
      problems: [400, 404, 413, 415, 422, 503, 507],
      async handle(request) {
        const draft = await readJson(request, draftDocument);
        if (isReply(draft)) return draft;
        const id = request.params['id'] ?? '';
        if ((await services().incidents.get(id)) === undefined) return unknown;
        return json(200, await services().incidents.putDraft(id, draft, request.receivedAt));
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
      summary:
        'Act on a story: claim, hand over, note, answer, add evidence, resolve, false alarm, reopen, merge, split, pause, resume, grade.',
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
