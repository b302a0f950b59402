/** Is it alive, is it well, how much has it done. */
import * as z from 'zod';
import type { Services } from '../../../pipeline/services/services.ts';
import { json, reply } from '../reply.ts';
import type { Route } from '../route.ts';
import { readiness } from '../schemas/operations.ts';

export interface OperationParts {
  readonly services: () => Pick<Services, 'readiness'>;
  readonly build: string;
  readonly exposition: () => Promise<{ readonly contentType: string; readonly text: string }>;
}

export function operationRoutes({ services, build, exposition }: OperationParts): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/healthz',
      tag: 'operations',
      operationId: 'getHealth',
      summary: 'The process answers. Restart it when this does not.',
      answers: {
        200: {
          'application/json': {
            description: 'Alive',
            schema: z.object({ status: z.literal('ok'), build: z.string() }),
            example: { status: 'ok', build: '0.1.0' },
          },
        },
      },
      problems: [],
      handle: async () => json(200, { status: 'ok', build }),
    },
    {
      method: 'GET',
      path: '/readyz',
      tag: 'operations',
      operationId: 'getReadiness',
      summary: 'Whether it does its work, why not, and how far behind it is.',
      answers: {
        200: { 'application/json': { description: 'Ready', schema: readiness } },
        503: { 'application/json': { description: 'Not ready; `reasons` says why', schema: readiness } },
      },
      problems: [],
      async handle() {
        const state = await services().readiness();
        return json(state.ready ? 200 : 503, state);
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      tag: 'operations',
      operationId: 'getMetrics',
      summary: 'Numbers for Prometheus.',
      answers: { 200: { 'text/plain': { description: 'Text exposition format', schema: { type: 'string' } } } },
      problems: [],
      async handle() {
        const page = await exposition();
        return reply(200, page.contentType, page.text);
      },
    },
  ];
}
