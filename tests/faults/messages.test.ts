/**
 * Messages of the real server to a real receiver, while the server is killed at random moments: every story that opened is
 * told, and what is told twice is no more than the kills and carries the same key.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { webhookId } from '../../server/adapters/channels/webhook.ts';
import type { IncidentPage } from '../../shared/incidents/types.ts';
import type { MessagePage } from '../../shared/incidents/messages.ts';
import { seededRandom } from '../helpers/random.ts';
import { rounds } from '../helpers/long-form.ts';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';

const KILLS = rounds('MESSAGE_KILLS', { short: 6, long: 40 });
const SEED = Number(process.env['MESSAGE_SEED'] ?? Math.floor(Date.now() / 1_000));

let room: WarRoom;
let receiver: Server;
/** Keys of every request that came, answered or not. */
const arrivals: string[] = [];
let fails = (): boolean => false;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      arrivals.push(String(request.headers['webhook-id']));
      if (fails()) response.writeHead(503).end();
      else response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as AddressInfo;
  room = await warRoom({ env: { CHANNEL_ALLOW: `127.0.0.1:${String(port)}`, WATCHDOG: 'off' } });
  await room.start();
  const who = { owner: '测试', reason: '对账' };
  const put = async (route: string, body: unknown) => {
    const { status, body: answer } = await room.send('PUT', route, body);
    if (status !== 200) throw new Error(`PUT ${route}: ${String(status)} ${JSON.stringify(answer)}`);
  };
  await put('/api/policies/brands', { value: { own: ['山澜'], tracked: [] }, ...who });
  await put('/api/channels', { channels: [{ id: 'hook', kind: 'webhook', url: `http://127.0.0.1:${String(port)}/hook`, enabled: true }] });
  const shift = { from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date(Date.now() + 86_400_000).toISOString() };
  await put('/api/policies/roster', {
    value: {
      people: [{ id: 'lin', name: '林悦', roles: ['duty'], contacts: [{ channel: 'hook' }] }],
      shifts: [{ role: 'duty', person: 'lin', ...shift }],
    },
    ...who,
  });
}, 180_000);
afterAll(async () => {
  await room?.dispose();
  receiver?.close();
});

const mention = (id: string) =>
  JSON.stringify({
    ...{ specversion: '1.0', id, source: '/monitor', type: 'sentiment.mention', time: new Date().toISOString() },
    data: { mentionId: id, version: 1, platform: '微博', brand: '山澜', label: 'negative', storyId: id, text: `漏水 ${id}`, reach: 90_000 },
  });

it(`[N2][N3] ${String(KILLS)} kills lose no message, and repeat at most one each with the same key`, { timeout: 600_000 }, async () => {
  process.stdout.write(`messages under kills: seed ${String(SEED)}\n`);
  const random = seededRandom(SEED);
  fails = () => random.chance(0.2);
  let made = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const events = Array.from({ length: 3 }, () => mention(`s${String(made++)}`));
    const { status } = await room.send('POST', '/api/events', events.join('\n'), 'application/x-ndjson');
    expect(status).toBe(202);
    // A moment somewhere between the answer and the last request, which the machine draws.
    await new Promise((resolve) => setTimeout(resolve, random.below(600)));
    await room.kill('SIGKILL');
    await room.start();
  }
  fails = () => false;
  const { incidents } = await eventually(
    'every story',
    async () => {
      const page = await room.get<IncidentPage>('/api/incidents');
      return page.total === made ? page : undefined;
    },
    120_000,
  );
  const messages = await eventually(
    'every message delivered',
    async () => {
      const page = await room.get<MessagePage>('/api/messages');
      return page.messages.length >= made && page.messages.every(({ state }) => state === 'sent') ? page.messages : undefined;
    },
    240_000,
  );
  const told = new Set(messages.map(({ incidentId }) => incidentId));
  expect(
    incidents.filter(({ id }) => !told.has(id)).map(({ title }) => title),
    `seed ${String(SEED)}`,
  ).toEqual([]);
  // A webhook’s id is made of the key.
  const keys = messages.map(({ idempotencyKey }) => webhookId(idempotencyKey));
  expect(
    keys.filter((key) => !arrivals.includes(key)),
    `seed ${String(SEED)}`,
  ).toEqual([]);
  expect(new Set(arrivals), 'no request carries another key').toEqual(new Set(keys));
  const failed = messages.flatMap(({ attempts }) => attempts).filter(({ outcome }) => outcome === 'failed').length;
  const cut = messages.flatMap(({ attempts }) => attempts).filter(({ outcome }) => outcome === 'cut_off').length;
  expect(arrivals.length - failed - keys.length, 'a repeat follows an attempt that was cut off').toBeLessThanOrEqual(cut);
});
