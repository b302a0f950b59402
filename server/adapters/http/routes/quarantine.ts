/** Records that could not be counted: list, bytes, another try, or a discard with a reason [I9]. */
import * as z from 'zod';
import { typed } from '../../../../shared/text/bounded-text.ts';
import { isRefusal, type Refusal } from '../../../pipeline/ports/refusal.ts';
import type { OpenFilter, QuarantineTask, Services } from '../../../pipeline/services/services.ts';
import { readJson } from '../json-body.ts';
import { pageParameters } from '../page-query.ts';
import { readQuery, wholeNumber } from '../query.ts';
import { isReply, json, refused, reply } from '../reply.ts';
import type { Route, RouteRequest } from '../route.ts';
import { itemResult } from '../schemas/events.ts';
import { quarantineList, quarantineTask } from '../schemas/operations.ts';

const code = z.string().min(1).max(80).meta({ description: 'Why it was put here, such as `invalid_data`', example: 'invalid_data' });
const topic = z.string().min(1).max(80).meta({ description: 'Topic of the record; `http` where none could be read', example: 'sales' });
const listQuery = z.object({
  state: z
    .enum(['open', 'replayed', 'discarded'], { error: 'state is open, replayed or discarded' })
    .optional()
    .meta({ description: 'all when absent' }),
  code: code.optional(),
  topic: topic.optional(),
  limit: wholeNumber(1, 500).optional().meta({ description: 'At most so many rows; 500 at most, 100 when absent', example: '100' }),
  cursor: pageParameters.cursor,
  before: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional().meta({ description: 'As `cursor`: rows with a smaller id', example: '1000' }),
});
const replayDocument = z.object({ actor: typed(80) });
const discardDocument = replayDocument.extend({ reason: typed(2_000) });
const filter = z
  .strictObject({ code: code.optional(), topic: topic.optional() })
  .meta({ description: 'Which open records: of a code, of a topic; `{}` = all' });
const replayManyDocument = replayDocument.extend({ filter });
const discardManyDocument = discardDocument.extend({ filter });
const idParam = { id: { description: 'The row’s id', example: '17' } };
const taskParam = { id: { description: 'The task’s id', example: 'mikd2s80-1' } };

/** Ids begin with 1: what is no id names a row there is not. */
function idOf(request: RouteRequest): number {
  const text = request.params['id'] ?? '';
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0;
}
const given = ({ code, topic }: z.infer<typeof filter>): OpenFilter => ({
  ...(code === undefined ? {} : { code }),
  ...(topic === undefined ? {} : { topic }),
});
const begun = (task: QuarantineTask | Refusal) =>
  isRefusal(task) ? refused(task) : json(202, task, { location: `/api/quarantine/tasks/${task.id}` });

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
        const { state, before, cursor } = asked;
        const after = cursor ?? (before === undefined ? undefined : ([before, 0] as const));
        return json(
          200,
          await services().quarantine.list({
            ...given(asked),
            ...(state === undefined ? {} : { state }),
            ...{ limit: asked.limit ?? 100, after: after ?? null },
          }),
        );
      },
    },
    {
      method: 'POST',
      path: '/api/quarantine/replay',
      tag: 'quarantine',
      operationId: 'replayManyQuarantined',
      summary: 'Begin to send many open records through the ordinary path again, oldest first; one task at a time.',
      requestBody: {
        'application/json': {
          description: 'Who decides, about which',
          schema: replayManyDocument,
          example: { actor: '林悦', filter: { code: 'future_dated' } },
        },
      },
      answers: { 202: { 'application/json': { description: 'Begun; `Location` tells how far it is', schema: quarantineTask } } },
      problems: [400, 409, 413, 415, 422, 503],
      async handle(request) {
        const document = await readJson(request, replayManyDocument);
        if (isReply(document)) return document;
        return begun(await services().quarantine.replayMany(given(document.filter), document.actor));
      },
    },
    {
      method: 'POST',
      path: '/api/quarantine/discard',
      tag: 'quarantine',
      operationId: 'discardManyQuarantined',
      summary: 'Begin to give many open records up, with a reason; one task at a time.',
      requestBody: {
        'application/json': {
          description: 'Who decides, about which, and why',
          schema: discardManyDocument,
          example: { actor: '林悦', reason: '测试数据', filter: { code: 'not_json', topic: 'http' } },
        },
      },
      answers: { 202: { 'application/json': { description: 'Begun; `Location` tells how far it is', schema: quarantineTask } } },
      problems: [400, 409, 413, 415, 422, 503],
      async handle(request) {
        const document = await readJson(request, discardManyDocument);
        if (isReply(document)) return document;
        return begun(await services().quarantine.discardMany(given(document.filter), document.actor, document.reason));
      },
    },
    {
      method: 'GET',
      path: '/api/quarantine/tasks/:id',
      tag: 'quarantine',
      operationId: 'getQuarantineTask',
      summary: 'How far a task on many records is. Tasks end with the process; what they had not reached is open still.',
      params: taskParam,
      answers: { 200: { 'application/json': { description: 'The task', schema: quarantineTask } } },
      problems: [404],
      async handle(request) {
        const task = services().quarantine.task(request.params['id'] ?? '');
        return isRefusal(task) ? refused(task) : json(200, task);
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
        const bytes = await services().quarantine.raw(id);
        if (isRefusal(bytes)) return refused(bytes);
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
        const result = await services().quarantine.discard(id, document.actor, document.reason);
        return isRefusal(result) ? refused(result) : json(200, result);
      },
    },
  ];
}
