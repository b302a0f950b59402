/** Signs of life of what feeds the streams [S3], and what people do about a source that was stopped for too many bad records [I10] or has a gap [I12]: look into it, then let it go on. */
import * as z from 'zod';
import { streams } from '../../../../shared/wire/constants.ts';
import { typed } from '../../../../shared/text/bounded-text.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { readJson } from '../json-body.ts';
import { isReply, json } from '../reply.ts';
import type { Route } from '../route.ts';

const resumed = z.object({
  resumed: z.array(z.string()).meta({ description: 'Topics that were stopped and are read again; empty when none was' }),
  acknowledgedGaps: z.int().meta({ description: 'Gaps that were open' }),
});
const resumeDocument = z.object({ actor: typed(80) });
const aliveDocument = z.object({ stream: z.enum(streams) });
const alive = z.object({ stream: z.enum(streams), aliveAt: z.number().meta({ description: 'Server time, UTC ms' }) });

export function sourceRoutes(services: () => Pick<Services, 'sources'>): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/api/sources/resume',
      tag: 'operations',
      operationId: 'resumeSources',
      summary:
        'Read on where too many bad records stopped a topic (500 records later it is judged again), and acknowledge gaps and events left in an unused log.',
      requestBody: { 'application/json': { description: 'Who decides', schema: resumeDocument, example: { actor: '林悦' } } },
      answers: { 200: { 'application/json': { description: 'Done', schema: resumed } } },
      problems: [400, 413, 415, 422, 503],
      async handle(request) {
        const document = await readJson(request, resumeDocument);
        if (isReply(document)) return document;
        return json(200, await services().sources.resume(document.actor));
      },
    },
    {
      method: 'POST',
      path: '/api/sources/alive',
      tag: 'operations',
      operationId: 'sourceAlive',
      summary:
        'A sign of life of what feeds a stream, for the hours in which nothing happens; also as a `source.heartbeat` event. Who gives one is expected to give the next within the budget of the stream.',
      requestBody: { 'application/json': { description: 'The stream', schema: aliveDocument, example: { stream: 'orders' } } },
      answers: { 200: { 'application/json': { description: 'Noted', schema: alive } } },
      problems: [400, 413, 415, 422, 503],
      async handle(request) {
        const document = await readJson(request, aliveDocument);
        if (isReply(document)) return document;
        return json(200, await services().sources.alive(document.stream));
      },
    },
  ];
}
