/** Records that could not be counted: list, bytes, another try, or a discard with a reason [I9]. */
import * as z from 'zod';
import { typed } from '../../../../shared/text/bounded-text.ts';
import { isRefusal } from '../../../pipeline/ports/refusal.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { readJson } from '../json-body.ts';
import { readQuery, wholeNumber } from '../query.ts';
import { isReply, json, problem, refused, reply } from '../reply.ts';
import type { Route, RouteRequest } from '../route.ts';
import { itemResult } from '../schemas/events.ts';
import { quarantineList } from '../schemas/operations.ts';

const listQuery = z.object({
  state: z
    .enum(['open', 'replayed', 'discarded'], { error: 'state is open, replayed or discarded' })
    .optional()
    .meta({ description: 'all when absent' }),
  limit: wholeNumber(1, 500).optional().meta({ description: 'At most so many rows; 500 at most, 100 when absent', example: '100' }),
  before: wholeNumber(1, Number.MAX_SAFE_INTEGER)
    .optional()
    .meta({ description: 'Rows with a smaller id: the next page', example: '1000' }),
});
const replayDocument = z.object({ actor: typed(80) });
const discardDocument = replayDocument.extend({ reason: typed(2_000) });
const idParam = { id: { description: 'The row’s id', example: '17' } };
const absent = () => problem(404, 'unknown_row', 'there is no quarantined record with this id');

function idOf(request: RouteRequest): number | null {
  const text = request.params['id'] ?? '';
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

export function quarantineRoutes(services: () => Pick<Services, 'quarantine'>): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/quarantine',
      tag: 'quarantine',
      operationId: 'getQuarantine',
      summary: 'Records kept for repair, newest first.',
      query: listQuery,
      answers: { 200: { 'application/json': { description: 'Rows', schema: quarantineList } } },
      problems: [400, 503],
      async handle(request) {
        const asked = readQuery(listQuery, request.query);
        if (isReply(asked)) return asked;
        return json(
          200,
          await services().quarantine.list({
            limit: asked.limit ?? 100,
            ...(asked.state === undefined ? {} : { state: asked.state }),
            ...(asked.before === undefined ? {} : { before: asked.before }),
          }),
        );
      },
    },
    {
      method: 'GET',
      path: '/api/quarantine/:id/raw',
      tag: 'quarantine',
      operationId: 'getQuarantineRaw',
      summary: 'The record’s bytes as they came, the first 64 KB of them.',
      params: idParam,
      answers: { 200: { 'application/octet-stream': { description: 'Bytes', schema: { type: 'string', format: 'binary' } } } },
      problems: [404, 503],
      async handle(request) {
        const id = idOf(request);
        const bytes = id === null ? undefined : await services().quarantine.raw(id);
        if (bytes === undefined) return absent();
        // Somebody else's bytes: saved, never shown as a page of ours.
        return reply(200, 'application/octet-stream', bytes, { 'content-disposition': `attachment; filename="quarantine-${id}.bin"` });
      },
    },
    {
      method: 'POST',
      path: '/api/quarantine/:id/replay',
      tag: 'quarantine',
      operationId: 'replayQuarantine',
      summary: 'Send the bytes through the ordinary path again.',
      params: idParam,
      requestBody: { 'application/json': { description: 'Who decides', schema: replayDocument, example: { actor: '林悦' } } },
      answers: { 200: { 'application/json': { description: 'What became of it', schema: itemResult } } },
      problems: [400, 404, 409, 413, 415, 422, 503, 507],
      async handle(request) {
        const document = await readJson(request, replayDocument);
        if (isReply(document)) return document;
        const id = idOf(request);
        if (id === null) return absent();
        const result = await services().quarantine.replay(id, document.actor);
        return isRefusal(result) ? refused(result) : json(200, result);
      },
    },
    {
      method: 'POST',
      path: '/api/quarantine/:id/discard',
      tag: 'quarantine',
      operationId: 'discardQuarantine',
      summary: 'Give a record up, with a reason.',
      params: idParam,
      requestBody: {
        'application/json': {
          description: 'Who decides, and why',
          schema: discardDocument,
          example: { actor: '林悦', reason: '测试数据' },
        },
      },
      answers: { 200: { 'application/json': { description: 'Done', schema: z.object({ discarded: z.literal(true) }) } } },
      problems: [400, 404, 409, 413, 415, 422, 503, 507],
      async handle(request) {
        const document = await readJson(request, discardDocument);
        if (isReply(document)) return document;
        const id = idOf(request);
        if (id === null) return absent();
        const result = await services().quarantine.discard(id, document.actor, document.reason);
        return isRefusal(result) ? refused(result) : json(200, result);
      },
    },
  ];
}
