/** GET /api/campaigns, one of them, and what was decided about it. */
import * as z from 'zod';
import { campaignBases, campaignGroupings, OPEN_CAMPAIGNS } from '../../../../shared/kpi/campaign-choices.ts';
import { campaignDecision, campaignDetail, campaignPage, campaignPhases, decisionDocument } from '../../../../shared/kpi/campaigns.ts';
import { grains } from '../../../../shared/kpi/types.ts';
import { isRefusal } from '../../../pipeline/ports/refusal.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { readJson } from '../json-body.ts';
import { pageParameters } from '../page-query.ts';
import { readQuery, wholeNumber } from '../query.ts';
import { isReply, json, refused } from '../reply.ts';
import type { Route } from '../route.ts';

/** A table of ten thousand campaigns is read in a few pages. */
const MOST_ROWS = 2_000;

const one = z.object({
  grain: z
    .enum(grains, { error: `grain is one of ${grains.join(', ')}` })
    .optional()
    .meta({ description: 'Absent, with period = everything so far', example: 'quarter' }),
  period: z
    .string()
    .optional()
    .meta({ description: 'As in /api/kpis; a list has what ran in it or has a figure in it', example: '2026-Q4' }),
  basis: z
    .enum(campaignBases, { error: `basis is one of ${campaignBases.join(', ')}` })
    .optional()
    .meta({ description: 'cash (when absent): refunds on their own day; cohort: on the day of their order' }),
});
const many = one.extend({
  sort: z.string().optional().meta({ description: 'A field, with “-” before it downwards; -spend when absent', example: '-roi' }),
  phase: z
    .enum([...campaignPhases, OPEN_CAMPAIGNS], { error: `phase is one of ${[...campaignPhases, OPEN_CAMPAIGNS].join(', ')}` })
    .optional()
    .meta({ description: 'open: those that are not over' }),
  owner: z.string().optional(),
  kind: z.string().optional(),
  group: z
    .enum(campaignGroupings, { error: `group is one of ${campaignGroupings.join(', ')}` })
    .optional()
    .meta({ description: 'Puts the campaigns that pass the filter together too', example: 'owner' }),
  flagged: z
    .enum(['true', 'false'], { error: 'flagged is true or false' })
    .optional()
    .meta({ description: 'true: only high spend with low return' }),
  q: z.string().max(200).optional().meta({ description: 'Part of a name or an id' }),
  id: z.array(z.string()).max(200).optional().meta({ description: 'Only these campaigns; may repeat' }),
  ...pageParameters,
  limit: wholeNumber(1, MOST_ROWS)
    .optional()
    .meta({ description: `At most so many rows; ${MOST_ROWS} at most, and when absent`, example: '200' }),
});
const idParam = { id: { description: 'The campaign', example: 'C-1111' } };

export function campaignRoutes(services: () => Pick<Services, 'campaigns'>): readonly Route[] {
  const queryOf = ({ grain, period, basis }: z.infer<typeof one>) => ({
    grain: grain ?? null,
    period: period ?? null,
    basis: basis ?? ('cash' as const),
  });
  return [
    {
      method: 'GET',
      path: '/api/campaigns',
      tag: 'campaigns',
      operationId: 'getCampaigns',
      summary: 'One row a campaign: plan, phase, cost and what it brought. Its figures are those of `/api/kpis?by=campaign`.',
      query: many,
      answers: {
        200: {
          'application/json': { description: 'A page of campaigns; a cursor keeps the moment of the first one', schema: campaignPage },
        },
      },
      problems: [400, 503],
      async handle(request) {
        const asked = readQuery(many, request.query);
        if (isReply(asked)) return asked;
        const { phase, owner, kind, flagged, q, id } = asked;
        const filter = {
          ...(phase !== undefined && { phase }),
          ...(owner !== undefined && { owner }),
          ...(kind !== undefined && { kind }),
          ...(flagged === 'true' && { flagged: true }),
          ...(q !== undefined && q !== '' && { text: q }),
          ...(id !== undefined && { ids: id }),
        };
        const page = await services().campaigns.list({
          ...queryOf(asked),
          limit: asked.limit ?? MOST_ROWS,
          after: asked.cursor ?? null,
          sort: asked.sort ?? '-spend',
          ...(asked.group !== undefined && { group: asked.group }),
          filter,
        });
        return isRefusal(page) ? refused(page) : json(200, page);
      },
    },
    {
      method: 'GET',
      path: '/api/campaigns/:id',
      tag: 'campaigns',
      operationId: 'getCampaign',
      summary: 'One campaign with its channels, its days and what was decided about it.',
      params: idParam,
      query: one,
      answers: { 200: { 'application/json': { description: 'The campaign', schema: campaignDetail } } },
      problems: [400, 404, 503],
      async handle(request) {
        const asked = readQuery(one, request.query);
        if (isReply(asked)) return asked;
        const found = await services().campaigns.get(request.params['id'] ?? '', queryOf(asked));
        return isRefusal(found) ? refused(found) : json(200, found);
      },
    },
    {
      method: 'POST',
      path: '/api/campaigns/:id/decisions',
      tag: 'campaigns',
      operationId: 'decideCampaign',
      summary:
        'Record a decision (stop, feed, watch) with what was known. 409 `immature` while much of the revenue may still be refunded: send it again with `confirmed`.',
      params: idParam,
      requestBody: {
        'application/json': {
          description: 'The same commandId gets the same answer',
          schema: decisionDocument,
          example: { commandId: 'd-1', type: 'feed', note: '信息流 4.60，追加 6 万', actor: '何晚' },
        },
      },
      answers: { 200: { 'application/json': { description: 'The decision with the figures of that moment', schema: campaignDecision } } },
      problems: [400, 404, 409, 413, 415, 422, 503, 507],
      async handle(request) {
        const document = await readJson(request, decisionDocument);
        if (isReply(document)) return document;
        const decision = await services().campaigns.decide(request.params['id'] ?? '', document, request.receivedAt);
        return isRefusal(decision) ? refused(decision) : json(200, decision);
      },
    },
  ];
}
