/**
 * POST /api/events. Takes the four forms of the contract, cuts them into
 * items and has the pipeline judge each; answers per item [I11].
 */
import { eventDefinitions } from '../../../../shared/events/registry.ts';
import { MAX_BATCH_BYTES, MAX_BATCH_ITEMS } from '../../../../shared/events/limits.ts';
import { eventExample } from '../../../../shared/events/json-schema.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { type SplitBody, splitArray, splitLines } from '../batch.ts';
import { assembleBinary, isBinaryMode } from '../binary-mode.ts';
import { isUtf8, type MediaType, parseMediaType } from '../media-type.ts';
import { isReply, json, problem, type Reply } from '../reply.ts';
import type { Route, RouteRequest } from '../route.ts';
import { itemResults } from '../schemas/events.ts';

const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';
const LINES = 'application/x-ndjson';

export function eventRoutes(services: () => Pick<Services, 'intake'>): readonly Route[] {
  const anyEvent = { oneOf: eventDefinitions.map((d) => ({ $ref: `#/components/schemas/${d.type}` })) };
  const example = eventExample(eventDefinitions[0]);
  return [
    {
      method: 'POST',
      path: '/api/events',
      tag: 'events',
      operationId: 'postEvents',
      summary: 'Send events: one, a batch of up to 500, or lines. Each item has its own answer; retrying a whole batch is safe.',
      requestBody: {
        [STRUCTURED]: { description: 'One CloudEvent', schema: anyEvent, example },
        [BATCH]: {
          description: 'Up to 500 CloudEvents, 1 MB in all',
          schema: { type: 'array', maxItems: MAX_BATCH_ITEMS, items: anyEvent },
          example: [example],
        },
        [LINES]: { description: 'One CloudEvent a line, up to 500 lines, 1 MB in all', schema: { type: 'string' } },
        'application/json': {
          description:
            'Binary mode: the event’s `data` alone, its attributes in `ce-` headers (`ce-specversion`, `ce-id`, `ce-source`, `ce-type`, `ce-time`)',
          schema: { type: 'object' },
          example: eventDefinitions[0].example,
        },
      },
      answers: {
        202: {
          'application/json': {
            description:
              'One answer per item, in order: `accepted` (durably stored), `duplicate`, `quarantined` (kept for repair) or `rejected` (not kept)',
            schema: itemResults,
            example: {
              results: [
                { index: 0, id: 'e-1', outcome: 'accepted' },
                { index: 1, id: 'e-2', outcome: 'quarantined', code: 'invalid_data', path: 'data.lines[0].quantity', message: 'Too small' },
              ],
            },
          },
        },
      },
      problems: [400, 413, 415, 429, 503, 507],
      async handle(request) {
        const items = await readItems(request);
        if (isReply(items)) return items;
        // An empty batch is answered without waking the line.
        const results = items.length === 0 ? [] : await services().intake.submit(items, { id: request.id, receivedAt: request.receivedAt });
        return json(202, { results });
      },
    },
  ];
}

async function readItems(request: RouteRequest): Promise<readonly Uint8Array[] | Reply> {
  const given = request.header('content-type');
  const media = given === undefined && isBinaryMode(request.rawHeaders) ? unsaid : parseMediaType(given);
  const form = media === null ? null : formOf(media, request.rawHeaders);
  if (media === null || form === null)
    return problem(
      415,
      'unsupported_media_type',
      `send ${STRUCTURED}, ${BATCH} or ${LINES}, or application/json with the event’s attributes in ce- headers`,
      { headers: { accept: `${STRUCTURED}, ${BATCH}, ${LINES}` } },
    );
  if (!isUtf8(media)) return problem(415, 'unsupported_charset', 'events are UTF-8: leave charset out, or set it to utf-8');
  const body = await request.body(MAX_BATCH_BYTES);
  if (isReply(body)) return body;
  if (body.length === 0) return problem(400, 'empty_body', 'the body is empty; an empty batch is written []');
  if (form === 'structured') return [body];
  if (form === 'binary') {
    const item = assembleBinary(request.rawHeaders, body);
    return isReply(item) ? item : [item];
  }
  return itemsOf(form === 'batch' ? splitArray(body, MAX_BATCH_ITEMS) : splitLines(body, MAX_BATCH_ITEMS));
}

/** In binary mode the content type says what the data are; data without one are JSON, as in structured mode. */
const unsaid: MediaType = { type: 'application/json', charset: null };

type Form = 'structured' | 'batch' | 'lines' | 'binary';
/** The content type decides; `ce-` headers on a structured event are ignored, as the binding says. */
function formOf(media: MediaType, rawHeaders: readonly string[]): Form | null {
  if (media.type === STRUCTURED) return 'structured';
  if (media.type === BATCH) return 'batch';
  if (media.type === LINES) return 'lines';
  const isJson = /^[^/]+\/(?:json|.*\+json)$/.test(media.type);
  return isJson && !media.type.startsWith('application/cloudevents') && isBinaryMode(rawHeaders) ? 'binary' : null;
}

function itemsOf(cut: SplitBody): readonly Uint8Array[] | Reply {
  if ('items' in cut) return cut.items;
  if ('broken' in cut) return problem(400, 'not_json', `${cut.broken}; nothing of the batch was taken`);
  return problem(413, 'too_many_items', `more than ${MAX_BATCH_ITEMS} items: send them in smaller batches; nothing of this one was taken`);
}
