/** GET /api/kpis/explain, change, compare, series, definitions: what figures are made of, why they changed, and how they compare. */
import * as z from 'zod';
import { isRefusal } from '../../../pipeline/ports/refusal.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { kpiParameters, ledgerFaults } from '../kpi-parameters.ts';
import { instantParameter, readQuery, wholeNumber } from '../query.ts';
import { isReply, json, refused } from '../reply.ts';
import type { Route } from '../route.ts';
import { explanation, kpiChange, kpiComparison, kpiDescriptions, kpiSeries } from '../schemas/kpi-insights.ts';
import { readWhere } from '../where.ts';

const { grain, period, oneKpi, by, where, asOf, knownAt } = kpiParameters;

const explainQuery = z.object({
  ...{ kpi: oneKpi, grain, period, where, asOf, knownAt },
  part: z.string().optional().meta({ description: 'value, numerator or denominator; the first there is when absent', example: 'value' }),
  limit: wholeNumber(1, 500).default(50).meta({ description: 'Rows of a page, at most 500', example: '50' }),
  cursor: z.string().optional().meta({ description: '`next` of the page before; the first page when absent', example: '' }),
});

const changeQuery = z.object({
  ...{ kpi: oneKpi, grain, period, where, asOf },
  from: instantParameter.meta({ description: 'What was known then; RFC 3339', example: '2026-11-23T09:00:00+08:00' }),
  to: instantParameter.meta({ description: 'What was known then; RFC 3339', example: '2026-11-23T10:00:00+08:00' }),
});

const compareQuery = z.object({
  ...{ kpi: oneKpi, grain, period, by, where, asOf, knownAt },
  against: z
    .string({ error: 'say what to compare with: previous, year, node or the name of a period' })
    .meta({ description: 'previous, year, node or the name of a period', example: 'previous' }),
});

const seriesQuery = z.object({
  kpi: z.string({ error: 'name KPIs, such as kpi=net_sales' }).meta({ description: 'Ids separated by commas', example: 'net_sales' }),
  from: z.string().optional().meta({ description: 'First day, YYYY-MM-DD; thirty days up to `to` when absent', example: '2026-11-01' }),
  to: z.string().optional().meta({ description: 'Last day, YYYY-MM-DD; today when absent', example: '2026-11-23' }),
  every: z.string({ error: 'every is one of hour, day, week, month' }).meta({ description: 'hour, day, week or month', example: 'day' }),
  ...{ by, where, asOf, knownAt },
});

const exampleValue = {
  kpi: 'net_sales',
  period: { grain: 'day', start: '2026-11-23', end: '2026-11-24' },
  dimension: null,
  value: 343_700,
  unit: 'minor',
  numerator: null,
  denominator: null,
  state: 'live',
  sample: 1,
  ruleVersion: 1,
};

export function kpiInsightRoutes(services: () => Pick<Services, 'insights'>): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/kpis/explain',
      tag: 'kpis',
      operationId: 'explainKpi',
      summary: `What a figure is made of: one row for each fact, customer or counted thing, whose amounts add up to the asked part. ${ledgerFaults}`,
      query: explainQuery,
      answers: {
        200: {
          'application/json': {
            description: 'A page of rows, the ones received last first',
            schema: explanation,
            example: {
              ...{ value: exampleValue, part: 'value', sum: 343_700, count: 1 },
              rows: [
                {
                  entity: { kind: 'order', source: '/shop/tmall', id: 'T-1' },
                  ...{ at: '2026-11-23T02:00:00.000Z', since: '2026-11-23T02:00:00.000Z', receivedAt: '2026-11-23T02:00:01.000Z' },
                  ...{ cause: 'new', amount: 343_700 },
                  event: { source: '/shop/tmall', id: 'evt-1', type: 'sales.order.paid', time: '2026-11-23T02:00:00.000Z' },
                },
              ],
              next: null,
            },
          },
        },
      },
      problems: [400, 503],
      async handle(request) {
        const asked = readQuery(explainQuery, request.query);
        if (isReply(asked)) return asked;
        const cells = readWhere(asked.where);
        if (isReply(cells)) return cells;
        const { part = null, cursor = null, asOf: until = null, knownAt: known = null, ...rest } = asked;
        const answer = await services().insights.explain({ ...rest, part, cursor, asOf: until, knownAt: known, where: cells });
        return isRefusal(answer) ? refused(answer) : json(200, answer);
      },
    },
    {
      method: 'GET',
      path: '/api/kpis/change',
      tag: 'kpis',
      operationId: 'getKpiChange',
      summary: `Why a figure is another than it was known to be: what each cause adds, from new facts to changed rules. ${ledgerFaults}`,
      query: changeQuery,
      answers: {
        200: {
          'application/json': {
            description: 'Causes in a fixed order; those with nothing to say are left out',
            schema: kpiChange,
            example: {
              from: { ...exampleValue, value: 343_800 },
              ...{ to: exampleValue, difference: -100 },
              causes: [{ cause: 'refund', count: 1, difference: -100 }],
            },
          },
        },
      },
      problems: [400, 503],
      async handle(request) {
        const asked = readQuery(changeQuery, request.query);
        if (isReply(asked)) return asked;
        const cells = readWhere(asked.where);
        if (isReply(cells)) return cells;
        const answer = await services().insights.change({ ...asked, asOf: asked.asOf ?? null, where: cells });
        return isRefusal(answer) ? refused(answer) : json(200, answer);
      },
    },
    {
      method: 'GET',
      path: '/api/kpis/compare',
      tag: 'kpis',
      operationId: 'compareKpi',
      summary: `A figure beside that of another period after the same elapsed time, and which cells make the difference. ${ledgerFaults}`,
      query: compareQuery,
      answers: {
        200: {
          'application/json': {
            description: 'Parts add up to the difference',
            schema: kpiComparison,
            example: {
              now: exampleValue,
              base: { ...exampleValue, period: { grain: 'day', start: '2026-11-22', end: '2026-11-23' }, value: 300_000 },
              ...{ difference: 43_700, baseAsOf: '2026-11-22T02:00:00.000Z' },
              parts: [{ dimension: { channel: '天猫' }, kind: 'cell', now: 343_700, base: 300_000, difference: 43_700 }],
            },
          },
        },
      },
      problems: [400, 503],
      async handle(request) {
        const asked = readQuery(compareQuery, request.query);
        if (isReply(asked)) return asked;
        const cells = readWhere(asked.where);
        if (isReply(cells)) return cells;
        const { by: split = null, asOf: until = null, knownAt: known = null, ...rest } = asked;
        const answer = await services().insights.compare({ ...rest, by: split, asOf: until, knownAt: known, where: cells });
        return isRefusal(answer) ? refused(answer) : json(200, answer);
      },
    },
    {
      method: 'GET',
      path: '/api/kpis/series',
      tag: 'kpis',
      operationId: 'getKpiSeries',
      summary: `KPIs over many hours, days, weeks or months, at most 2,000 values an answer. ${ledgerFaults}`,
      query: seriesQuery,
      answers: {
        200: {
          'application/json': {
            description: 'Buckets in order of time',
            schema: kpiSeries,
            example: {
              asOf: '2026-11-23T02:00:00.000Z',
              timeZone: 'Asia/Shanghai',
              buckets: [{ start: '2026-11-22T16:00:00.000Z', end: '2026-11-23T16:00:00.000Z', values: [exampleValue] }],
            },
          },
        },
      },
      problems: [400, 503],
      async handle(request) {
        const asked = readQuery(seriesQuery, request.query);
        if (isReply(asked)) return asked;
        const cells = readWhere(asked.where);
        if (isReply(cells)) return cells;
        const { kpi, from = null, to = null, by: split = null, asOf: until = null, knownAt: known = null, every } = asked;
        const kpis = kpi.split(',').map((id) => id.trim());
        const answer = await services().insights.series({ kpis, from, to, every, by: split, asOf: until, knownAt: known, where: cells });
        return isRefusal(answer) ? refused(answer) : json(200, answer);
      },
    },
    {
      method: 'GET',
      path: '/api/kpis/definitions',
      tag: 'kpis',
      operationId: 'getKpiDefinitions',
      summary:
        'Every KPI: its name and formula in both languages, unit, which way is better, dimensions, grains, parts, and the versions of its rule.',
      query: z.object({}),
      answers: {
        200: {
          'application/json': {
            description: 'In the order in which pages list them',
            schema: kpiDescriptions,
            example: {
              definitions: [
                {
                  ...{ id: 'net_sales', name: { zh: '销售额', en: 'Net sales' } },
                  formula: { zh: '期内支付金额 − 期内退款金额', en: 'Paid in the period minus refunded in the period' },
                  ...{ unit: 'minor', better: 'up', dimensions: ['channel'], grains: ['day', 'month'], parts: ['value'], ruleVersion: 1 },
                  history: [{ version: 1, from: null, owner: null, reason: null }],
                },
              ],
            },
          },
        },
      },
      problems: [400],
      async handle(request) {
        const asked = readQuery(z.object({}), request.query);
        return isReply(asked) ? asked : json(200, await services().insights.definitions());
      },
    },
  ];
}
