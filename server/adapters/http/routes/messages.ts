/** GET /api/messages: what was sent to people and what was not; POST puts a dead letter back into the queue. */
import * as z from 'zod';
import { messagePage, messageStates, messageView } from '../../../../shared/incidents/messages.ts';
import { characters, typed } from '../../../../shared/text/bounded-text.ts';
import { isRefusal } from '../../../pipeline/ports/refusal.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { readJson } from '../json-body.ts';
import { pageOf, pageParameters } from '../page-query.ts';
import { readQuery } from '../query.ts';
import { isReply, json, refused } from '../reply.ts';
import type { Route } from '../route.ts';

const listQuery = z.object({
  state: z
    .enum(messageStates, { error: `state is one of ${messageStates.join(', ')}` })
    .optional()
    .meta({ description: 'Absent = all; `dead` are the dead letters', example: 'dead' }),
  incident: characters(1, 200).optional().meta({ description: 'Only those of this incident' }),
  ...pageParameters,
});
const requeueDocument = z.object({ actor: typed(80), reason: typed(2_000) });

export function messageRoutes(services: () => Pick<Services, 'messages'>): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/messages',
      tag: 'incidents',
      operationId: 'getMessages',
      summary: 'Messages to people with their attempts, newest first: waiting, sent, or dead letters.',
      query: listQuery,
      answers: { 200: { 'application/json': { description: 'A page of messages', schema: messagePage } } },
      problems: [400, 503],
      async handle(request) {
        const asked = readQuery(listQuery, request.query);
        if (isReply(asked)) return asked;
        const { state, incident } = asked;
        const filter = { ...(state !== undefined && { state }), ...(incident !== undefined && { incidentId: incident }) };
        return json(200, await services().messages.list({ ...filter, ...pageOf(asked) }));
      },
    },
    {
      method: 'POST',
      path: '/api/messages/:id/requeue',
      tag: 'incidents',
      operationId: 'requeueMessage',
      summary: 'Put a dead letter back into the queue: its first contact is tried at once.',
      params: { id: { description: 'The message’s id', example: '17' } },
      requestBody: {
        'application/json': {
          description: 'Who decides, and why; kept with the message',
          schema: requeueDocument,
          example: { actor: '林悦', reason: '机器人密钥已更新' },
        },
      },
      answers: { 200: { 'application/json': { description: 'The message, waiting', schema: messageView } } },
      problems: [400, 404, 409, 413, 415, 422, 503, 507],
      async handle(request) {
        const document = await readJson(request, requeueDocument);
        if (isReply(document)) return document;
        const text = request.params['id'] ?? '';
        // Ids begin with 1: what is no id names a message there is not.
        const id = /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0;
        const message = await services().messages.requeue(id, document.actor, document.reason);
        return isRefusal(message) ? refused(message) : json(200, message);
      },
    },
  ];
}
