/** GET /api/periods and POST /api/periods/:name/close: how final days and months are, and closing one by hand. */
import * as z from 'zod';
import { characters, typed } from '../../../../shared/text/bounded-text.ts';
import { isRefusal } from '../../../pipeline/ports/refusal.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { readJson } from '../json-body.ts';
import { pageOf, pageParameters } from '../page-query.ts';
import { readQuery } from '../query.ts';
import { isReply, json, refused } from '../reply.ts';
import type { Route } from '../route.ts';
import { periodPage, periodRow } from '../schemas/periods.ts';

const listQuery = z.object({
  from: z.string().optional().meta({ description: 'First business day; absent: 35 days up to `to`', example: '2026-11-01' }),
  to: z.string().optional().meta({ description: 'Last business day, included; today when absent', example: '2026-11-30' }),
  ...pageParameters,
});
const closing = z.object({
  commandId: characters(1, 200).optional().meta({ description: 'The same id closes once and gets the same answer' }),
  owner: typed(80),
  reason: typed(2_000),
});
const exampleRow = {
  ...{ grain: 'month', period: '2026-11', start: '2026-11-01', end: '2026-12-01', state: 'closed' },
  ...{
    closesAt: '2026-12-03T02:00:00.000Z',
    closedAt: '2026-12-03T02:00:00.000Z',
    closedBy: 'hand',
    owner: '林悦',
    reason: '数据核对完毕',
  },
};

export function periodRoutes(services: () => Pick<Services, 'periods'>): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/periods',
      tag: 'kpis',
      operationId: 'getPeriods',
      summary: 'Days and months with how final their figures are, the latest first.',
      query: listQuery,
      answers: {
        200: {
          'application/json': {
            description: 'Periods',
            schema: periodPage,
            example: { periods: [exampleRow], total: 1, next: null },
          },
        },
      },
      problems: [400, 503],
      async handle(request) {
        const asked = readQuery(listQuery, request.query);
        if (isReply(asked)) return asked;
        const page = await services().periods.list({ from: asked.from ?? null, to: asked.to ?? null, ...pageOf(asked) });
        return isRefusal(page) ? refused(page) : json(200, page);
      },
    },
    {
      method: 'POST',
      path: '/api/periods/:name/close',
      tag: 'kpis',
      operationId: 'closePeriod',
      summary: 'Close a month whose days are closed, or a day of history. 409 says why it cannot be closed, with its state.',
      params: { name: { description: 'A month, or a day from before the workspace was made', example: '2026-11' } },
      requestBody: {
        'application/json': {
          description: 'Who closes it and why',
          schema: closing,
          example: { commandId: 'c-1', owner: '林悦', reason: '数据核对完毕' },
        },
      },
      answers: { 200: { 'application/json': { description: 'The period as it stands now', schema: periodRow, example: exampleRow } } },
      problems: [400, 409, 413, 415, 422, 503, 507],
      async handle(request) {
        const document = await readJson(request, closing);
        if (isReply(document)) return document;
        const { commandId, owner, reason } = document;
        const name = request.params['name'] ?? '';
        const row = await services().periods.close(name, { owner, reason, ...(commandId === undefined ? {} : { commandId }) });
        return isRefusal(row) ? refused(row) : json(200, row);
      },
    },
  ];
}
