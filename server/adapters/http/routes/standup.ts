/** The stand-up: the day's meeting, promises, items that wait for a department, and the minutes. */
import * as z from 'zod';
import {
  itemCommand,
  itemDetail,
  itemDocument,
  promiseCommand,
  promiseDetail,
  promiseDocument,
  standupDay,
  standupMinutes,
} from '../../../../shared/standup/types.ts';
import { minutesLanguages } from '../../../domain/standup/minutes-words.ts';
import { isRefusal, type Refusal } from '../../../pipeline/ports/refusal.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { readJson } from '../json-body.ts';
import { readQuery } from '../query.ts';
import { isReply, json, refused, reply, type Reply } from '../reply.ts';
import type { Route } from '../route.ts';

const dayQuery = z.object({
  day: z.string().optional().meta({ description: 'A business day; today when absent', example: '2026-11-23' }),
});
const minutesQuery = dayQuery.extend({
  format: z.enum(['json', 'text'], { error: 'format is json or text' }).optional().meta({ description: 'json when absent' }),
  lang: z
    .enum(minutesLanguages, { error: `lang is one of ${minutesLanguages.join(', ')}` })
    .optional()
    .meta({ description: 'The language of the text; zh-CN when absent' }),
});
const promiseParam = { id: { description: 'The promise', example: 'p-17' } };
const itemParam = { id: { description: 'The item', example: 'i-18' } };
const writes = [400, 404, 409, 413, 415, 422, 503, 507];

const answer = (found: object | Refusal): Reply => (isRefusal(found) ? refused(found) : json(200, found));

export function standupRoutes(services: () => Pick<Services, 'standup'>): readonly Route[] {
  const tag = 'stand-up';
  return [
    {
      ...{ method: 'GET', path: '/api/standup', tag, operationId: 'getStandup' },
      summary: 'Everything a stand-up of a day is held from: what fell due since the last workday, what is due today, what waits for whom.',
      query: dayQuery,
      answers: { 200: { 'application/json': { description: 'The day', schema: standupDay } } },
      problems: [400, 503],
      async handle(request) {
        const asked = readQuery(dayQuery, request.query);
        return isReply(asked) ? asked : answer(await services().standup.day(asked.day ?? null));
      },
    },
    {
      ...{ method: 'GET', path: '/api/standup/minutes', tag, operationId: 'getStandupMinutes' },
      summary: 'The minutes of a day: what was kept and missed, who owes what by when, what waits, and who said what when.',
      query: minutesQuery,
      answers: {
        200: {
          'application/json': { description: 'The minutes', schema: standupMinutes },
          'text/plain': { description: 'The same as text, with format=text', schema: z.string() },
        },
      },
      problems: [400, 503],
      async handle(request) {
        const asked = readQuery(minutesQuery, request.query);
        if (isReply(asked)) return asked;
        const minutes = await services().standup.minutes(asked.day ?? null, asked.lang ?? 'zh-CN');
        if (isRefusal(minutes)) return refused(minutes);
        return asked.format === 'text' ? reply(200, 'text/plain; charset=utf-8', minutes.text) : json(200, minutes);
      },
    },
    {
      ...{ method: 'POST', path: '/api/standup/promises', tag, operationId: 'addPromise' },
      summary: 'Promise something: who, what, by when. 422 `incomplete` names what is missing.',
      requestBody: {
        'application/json': {
          description: 'The same commandId gets the same answer',
          schema: promiseDocument,
          example: { commandId: 's-1', actor: '周屿', who: '林悦', what: '差评回访单', due: { day: '2026-11-24', time: '10:00' } },
        },
      },
      answers: { 200: { 'application/json': { description: 'The promise', schema: promiseDetail } } },
      problems: writes,
      async handle(request) {
        const document = await readJson(request, promiseDocument);
        return isReply(document) ? document : answer(await services().standup.addPromise(document, request.receivedAt));
      },
    },
    {
      ...{ method: 'GET', path: '/api/standup/promises/:id', tag, operationId: 'getPromise' },
      summary: 'One promise, with who said what when.',
      params: promiseParam,
      answers: { 200: { 'application/json': { description: 'The promise', schema: promiseDetail } } },
      problems: [404, 503],
      handle: async (request) => answer(await services().standup.promise(request.params['id'] ?? '')),
    },
    {
      ...{ method: 'POST', path: '/api/standup/promises/:id/commands', tag, operationId: 'commandPromise' },
      summary: 'Keep, miss, move (with a reason and another date) or reopen a promise. 409 with the present state where it has changed.',
      params: promiseParam,
      requestBody: {
        'application/json': {
          description: 'The same commandId gets the same answer',
          schema: promiseCommand,
          example: { commandId: 's-2', expectedVersion: 1, actor: '林悦', type: 'keep' },
        },
      },
      answers: { 200: { 'application/json': { description: 'The promise', schema: promiseDetail } } },
      problems: writes,
      async handle(request) {
        const command = await readJson(request, promiseCommand);
        if (isReply(command)) return command;
        return answer(await services().standup.commandPromise(request.params['id'] ?? '', command, request.receivedAt));
      },
    },
    {
      ...{ method: 'POST', path: '/api/standup/items', tag, operationId: 'addItem' },
      summary: 'Raise what waits for another department: which, what, whom to ask. 422 `incomplete` names what is missing.',
      requestBody: {
        'application/json': {
          description: 'The same commandId gets the same answer',
          schema: itemDocument,
          example: {
            commandId: 's-3',
            actor: '周屿',
            department: '设计部',
            matter: '双12 主视觉',
            effect: '卡住双12 预热',
            contact: '许诺',
          },
        },
      },
      answers: { 200: { 'application/json': { description: 'The item', schema: itemDetail } } },
      problems: writes,
      async handle(request) {
        const document = await readJson(request, itemDocument);
        return isReply(document) ? document : answer(await services().standup.addItem(document, request.receivedAt));
      },
    },
    {
      ...{ method: 'GET', path: '/api/standup/items/:id', tag, operationId: 'getItem' },
      summary: 'One item, with who said what when.',
      params: itemParam,
      answers: { 200: { 'application/json': { description: 'The item', schema: itemDetail } } },
      problems: [404, 503],
      handle: async (request) => answer(await services().standup.item(request.params['id'] ?? '')),
    },
    {
      ...{ method: 'POST', path: '/api/standup/items/:id/commands', tag, operationId: 'commandItem' },
      summary: 'Close an item with a note, or open it again with a reason. 409 with the present state where it has changed.',
      params: itemParam,
      requestBody: {
        'application/json': {
          description: 'The same commandId gets the same answer',
          schema: itemCommand,
          example: { commandId: 's-4', expectedVersion: 1, actor: '许诺', type: 'close', note: '主视觉已定稿' },
        },
      },
      answers: { 200: { 'application/json': { description: 'The item', schema: itemDetail } } },
      problems: writes,
      async handle(request) {
        const command = await readJson(request, itemCommand);
        if (isReply(command)) return command;
        return answer(await services().standup.commandItem(request.params['id'] ?? '', command, request.receivedAt));
      },
    },
  ];
}
