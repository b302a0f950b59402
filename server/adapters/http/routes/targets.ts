/** GET and PUT /api/targets and /api/policies/:name: what the numbers are held against. */
import * as z from 'zod';
import { policyDefaults, policyDocument, policyNames, targetsDocument } from '../../../../shared/kpi/targets.ts';
import { growthDefaults } from '../../../domain/targets/growth-defaults.ts';
import { isRefusal } from '../../../pipeline/ports/refusal.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { readJson } from '../json-body.ts';
import { readQuery } from '../query.ts';
import { isReply, json, refused } from '../reply.ts';
import type { Route } from '../route.ts';
import { policyVersion, targetChanges, targetList } from '../schemas/kpis.ts';

const putQuery = z.object({
  dryRun: z
    .enum(['true', 'false'], { error: 'dryRun is true or false' })
    .optional()
    .meta({ description: 'true: only say what would change' }),
  restate: z
    .enum(['true', 'false'], { error: 'restate is true or false' })
    .optional()
    .meta({ description: 'true: also in closed periods, which then show the difference beside their closed figures' }),
  confirm: z
    .enum(['true', 'false'], { error: 'confirm is true or false' })
    .optional()
    .meta({ description: 'true: a value more than 1,000 times off what it was so far is meant; without it such a value is refused once' }),
});
const exampleTarget = {
  kpi: 'net_sales',
  grain: 'month',
  period: '2026-11',
  dimension: { channel: '天猫' },
  value: 1_200_000_000,
  owner: '林悦',
  reason: '双十一目标',
};
const nameParam = { name: { description: policyNames.join(' · '), example: 'brands', enum: policyNames } };
const examplePolicy = { name: 'sla', value: policyDefaults.sla, version: 0, owner: null, reason: null, effectiveFrom: null, history: [] };

export function targetRoutes(services: () => Pick<Services, 'targets' | 'policies'>): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/targets',
      tag: 'targets and policies',
      operationId: 'getTargets',
      summary: 'Every target that stands.',
      answers: {
        200: {
          'application/json': {
            description: 'Targets',
            schema: targetList,
            example: { targets: [exampleTarget], defaults: growthDefaults },
          },
        },
      },
      problems: [503],
      handle: async () => json(200, { targets: await services().targets.list(), defaults: growthDefaults }),
    },
    {
      method: 'PUT',
      path: '/api/targets',
      tag: 'targets and policies',
      operationId: 'putTargets',
      summary: 'Add targets, or supersede those with the same KPI, grain, period and dimension that do not take effect later.',
      query: putQuery,
      requestBody: {
        'application/json': {
          description: 'Targets; a budget is `kpi: "budget"`',
          schema: targetsDocument,
          example: { targets: [exampleTarget] },
        },
      },
      answers: {
        200: { 'application/json': { description: 'What changed, or would change', schema: targetChanges } },
      },
      problems: [400, 409, 413, 415, 422, 503, 507],
      async handle(request) {
        const asked = readQuery(putQuery, request.query);
        if (isReply(asked)) return asked;
        const document = await readJson(request, targetsDocument);
        if (isReply(document)) return document;
        const dryRun = asked.dryRun === 'true';
        const changes = await services().targets.put(document.targets, {
          dryRun,
          restate: asked.restate === 'true',
          confirm: asked.confirm === 'true',
          ...(document.basedOn === undefined ? {} : { basedOn: document.basedOn }),
        });
        return isRefusal(changes) ? refused(changes) : json(200, { dryRun, changes });
      },
    },
    {
      method: 'GET',
      path: '/api/policies/:name',
      tag: 'targets and policies',
      operationId: 'getPolicy',
      summary: 'A policy as it stands.',
      params: nameParam,
      answers: { 200: { 'application/json': { description: 'The policy', schema: policyVersion, example: examplePolicy } } },
      problems: [404, 503],
      async handle(request) {
        const policy = await services().policies.get(request.params['name'] ?? '');
        return isRefusal(policy) ? refused(policy) : json(200, policy);
      },
    },
    {
      method: 'PUT',
      path: '/api/policies/:name',
      tag: 'targets and policies',
      operationId: 'putPolicy',
      summary: 'Set a policy; the earlier versions are kept.',
      params: nameParam,
      requestBody: {
        'application/json': {
          description:
            '`brands` {own, tracked} · `sla` {responseMs, disposalMs, pauseMaxMs?} · `polarity` {threshold} · `freshness` {ms per stream} · `readings` {how formulas are read; a field left out has its default} · `ladder` {steps: when whom to call} · `roster` {people, shifts; its history says who and why, not what} · `severity` {points, thresholds, floors} · `words` {topics, strong: lists of literal words} · `spike` {when negative mentions are told as a spike} · `grouping` {similarity, windowMs, reachFloor, ownHosts: which mentions are one story} · `wall` {rotation: scenes and seconds, standup, quiet, sound, speech, dim, paintBudgetMs: what walls show and when they are heard}',
          schema: policyDocument,
          example: { value: { own: ['山澜'], tracked: ['晨冲', '磨石'] }, owner: '林悦', reason: '首次设定' },
        },
      },
      answers: { 200: { 'application/json': { description: 'The policy as it stands now', schema: policyVersion } } },
      problems: [400, 404, 409, 413, 415, 422, 503, 507],
      async handle(request) {
        const document = await readJson(request, policyDocument);
        if (isReply(document)) return document;
        const { value, owner, reason, effectiveFrom, restate, basedOn } = document;
        const policy = await services().policies.put(request.params['name'] ?? '', {
          value,
          owner,
          reason,
          ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
          ...(restate === undefined ? {} : { restate }),
          ...(basedOn === undefined ? {} : { basedOn }),
        });
        return isRefusal(policy) ? refused(policy) : json(200, policy);
      },
    },
  ];
}
