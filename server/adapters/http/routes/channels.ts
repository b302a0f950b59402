/** GET and PUT /api/channels, test sends, and browsers that ask to be told. */
import { channelList, channelsDocument, channelTest, pushDocument, pushKey, testOutcome } from '../../../../shared/incidents/channels.ts';
import * as z from 'zod';
import { isRefusal } from '../../../pipeline/ports/refusal.ts';
import type { Services } from '../../../pipeline/services/services.ts';
import { readJson } from '../json-body.ts';
import { isReply, json, refused } from '../reply.ts';
import type { Route } from '../route.ts';

const example = {
  channels: [
    { id: 'pr-group', kind: 'wecom' as const, url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…', options: {}, enabled: true },
    {
      id: 'mail',
      kind: 'email' as const,
      url: 'smtps://smtp.example.com',
      secret: '…',
      options: { from: 'alerts@example.com' },
      enabled: true,
    },
  ],
};
const p256dh = 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4';
const pushExample = {
  person: '林悦',
  subscription: { endpoint: 'https://push.example.com/send/…', keys: { p256dh, auth: 'BTBZMqHH6r4Tts7J_aSIgg' } },
};

export function channelRoutes(services: () => Pick<Services, 'channels' | 'push'>): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/channels',
      tag: 'channels',
      operationId: 'getChannels',
      summary: 'Channels alerts can leave by; secrets and addresses are never read back.',
      answers: { 200: { 'application/json': { description: 'Channels in the order they were given', schema: channelList } } },
      problems: [503],
      handle: async () => json(200, await services().channels.list()),
    },
    {
      method: 'PUT',
      path: '/api/channels',
      tag: 'channels',
      operationId: 'putChannels',
      summary: 'Replace the list of channels.',
      requestBody: { 'application/json': { description: 'Every channel there shall be', schema: channelsDocument, example } },
      answers: { 200: { 'application/json': { description: 'Channels as they are now', schema: channelList } } },
      problems: [400, 409, 413, 415, 422, 503, 507],
      async handle(request) {
        const document = await readJson(request, channelsDocument);
        if (isReply(document)) return document;
        const answer = await services().channels.put(document);
        return isRefusal(answer) ? refused(answer) : json(200, answer);
      },
    },
    {
      method: 'POST',
      path: '/api/channels/:id/test',
      tag: 'channels',
      operationId: 'testChannel',
      summary: 'Send a test message and say what the provider answered.',
      params: { id: { description: 'The channel’s id', example: 'pr-group' } },
      requestBody: { 'application/json': { description: 'Whom to reach; {} for a robot', schema: channelTest, example: {} } },
      answers: { 200: { 'application/json': { description: 'What became of it', schema: testOutcome } } },
      problems: [400, 404, 409, 413, 415, 422, 503],
      async handle(request) {
        const to = await readJson(request, channelTest);
        if (isReply(to)) return to;
        const answer = await services().channels.test(request.params['id'] ?? '', to);
        return isRefusal(answer) ? refused(answer) : json(200, answer);
      },
    },
    {
      method: 'GET',
      path: '/api/push/key',
      tag: 'channels',
      operationId: 'getPushKey',
      summary: 'The public key a browser needs to ask for messages (VAPID).',
      answers: { 200: { 'application/json': { description: 'Base64url', schema: pushKey } } },
      problems: [503],
      handle: async () => json(200, await services().push.publicKey()),
    },
    {
      method: 'POST',
      path: '/api/push/subscriptions',
      tag: 'channels',
      operationId: 'subscribePush',
      summary: 'A browser asks to be told what a person is told.',
      requestBody: {
        'application/json': {
          description: 'The person, and the subscription as the browser gives it',
          schema: pushDocument,
          example: pushExample,
        },
      },
      answers: { 201: { 'application/json': { description: 'Names the subscription', schema: z.object({ id: z.string() }) } } },
      problems: [400, 413, 415, 422, 503, 507],
      async handle(request) {
        const document = await readJson(request, pushDocument);
        if (isReply(document)) return document;
        const answer = await services().push.subscribe(document);
        return isRefusal(answer) ? refused(answer) : json(201, answer);
      },
    },
  ];
}
