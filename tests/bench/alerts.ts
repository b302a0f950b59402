/**
 * Alerts against the real server: how long from a mention's request to the first request at a receiver, and what 10,000
 * clocks due in one second do to the line, as a ratio of its rate in the same run without them.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';
import { quantile } from './statistics.ts';

export interface AlertsReport {
  readonly lines: readonly string[];
  readonly firstRequestP99Ms: number;
  readonly lost: number;
  readonly clocksFired: number;
  readonly clocksSeconds: number;
  readonly lineRatio: number;
}

const who = { owner: 'bench', reason: 'bench' };
const HOUR_MS = 3_600_000;
const BATCH = 500;
/** Longer than a slow machine needs to open the stories. */
const DUE_AFTER_MS = 90_000;
const CALM_AGAIN_MS = 15_000;

const event = (type: string, id: string, data: object): string =>
  JSON.stringify({ specversion: '1.0', id, source: '/bench', type, time: new Date().toISOString(), data });
const mention = (id: string, more: object = {}): string =>
  event('sentiment.mention', id, {
    ...{ mentionId: id, version: 1, platform: '微博', brand: '山澜', label: 'negative', reach: 90_000, storyId: id, text: `漏水 ${id}` },
    ...more,
  });
const order = (id: string): string =>
  event('sales.order.paid', id, {
    ...{ orderId: id, version: 1, buyerId: `B-${id}`, channel: '天猫', region: '华东' },
    lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: 1_000 }],
  });

async function submit(room: WarRoom, events: readonly string[]): Promise<void> {
  for (let from = 0; from < events.length;) {
    const { status } = await room.send('POST', '/api/events', events.slice(from, from + BATCH).join('\n'), 'application/x-ndjson');
    if (status === 202) from += BATCH;
    else if (status === 429 || status === 503) await new Promise((resolve) => setTimeout(resolve, 200));
    else throw new Error(`events were answered ${String(status)}`);
  }
}
const folded = (room: WarRoom) =>
  eventually(
    'everything is folded',
    async () => ((await room.get<{ lag: number | null }>('/readyz')).lag === 0 ? true : undefined),
    600_000,
  );

/** Clocks that fired so far, by the server's own histogram. */
async function fired(room: WarRoom): Promise<number> {
  const text = await (await fetch(`${room.url}/metrics`)).text();
  return Number(/warroom_clock_lateness_seconds_count (\S+)/.exec(text)?.[1] ?? 0);
}

async function firstRequests(count: number): Promise<{ readonly ms: readonly number[]; readonly lost: number }> {
  const arrived = new Map<string, number>();
  const receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const title = /漏水 (a-\d+)/.exec(body)?.[1];
      if (title !== undefined && !arrived.has(title)) arrived.set(title, performance.now());
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const { port } = receiver.address() as AddressInfo;
  const room = await warRoom({ env: { CHANNEL_ALLOW: `127.0.0.1:${String(port)}`, WATCHDOG: 'off' } });
  try {
    await room.start();
    const now = Date.now();
    const shift = {
      role: 'duty',
      person: 'p',
      from: new Date(now - HOUR_MS).toISOString(),
      to: new Date(now + 24 * HOUR_MS).toISOString(),
    };
    const people = [{ id: 'p', name: 'p', roles: ['duty'], contacts: [{ channel: 'hook' }] }];
    await room.send('PUT', '/api/policies/brands', { value: { own: ['山澜'], tracked: [] }, ...who });
    await room.send('PUT', '/api/channels', {
      channels: [{ id: 'hook', kind: 'webhook', url: `http://127.0.0.1:${String(port)}/`, enabled: true }],
    });
    await room.send('PUT', '/api/policies/roster', { value: { people, shifts: [shift] }, ...who });
    const sent = new Map<string, number>();
    for (let i = 0; i < count; i++) {
      const id = `a-${String(i)}`;
      sent.set(id, performance.now());
      await submit(room, [mention(id)]);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await eventually('every first request', async () => (arrived.size === count ? true : undefined), 60_000).catch(() => undefined);
    const ms = [...arrived].map(([id, at]) => at - (sent.get(id) ?? at));
    return { ms, lost: count - arrived.size };
  } finally {
    await room.dispose();
    receiver.close();
  }
}

async function clocksAtOnce(
  stories: number,
): Promise<Pick<AlertsReport, 'clocksFired' | 'clocksSeconds' | 'lineRatio'> & { readonly rates: readonly number[] }> {
  const room = await warRoom({ env: { WATCHDOG: 'off' } });
  try {
    await room.start();
    await room.send('PUT', '/api/policies/brands', { value: { own: ['山澜'], tracked: [] }, ...who });
    await room.send('PUT', '/api/policies/sla', { value: { responseMs: 2 * DUE_AFTER_MS, disposalMs: 24 * HOUR_MS }, ...who });
    const detectedAt = new Date(Date.now() - DUE_AFTER_MS).toISOString();
    const dueAt = Date.parse(detectedAt) + 2 * DUE_AFTER_MS;
    const old = { detectedAt };
    await submit(
      room,
      Array.from({ length: stories }, (_, i) => mention(`c-${String(i)}`, old)).map((text) =>
        text.replace(/"time":"[^"]*"/, `"time":"${detectedAt}"`),
      ),
    );
    await folded(room);
    let made = 0;
    /** Orders a second, one batch after the other, each folded before the next, for as long as `until` says. */
    async function line(until: (elapsedMs: number) => Promise<boolean>): Promise<number> {
      const began = performance.now();
      let count = 0;
      while (!(await until(performance.now() - began))) {
        await submit(
          room,
          Array.from({ length: BATCH }, () => order(`o-${String(made++)}`)),
        );
        await folded(room);
        count += BATCH;
      }
      return count / ((performance.now() - began) / 1_000);
    }
    await line(async (ms) => ms > 3_000);
    const left = dueAt - Date.now();
    if (left < 2_000) throw new Error('the stories took longer to open than the clocks run; raise DUE_AFTER_MS');
    const calm = await line(async () => Date.now() >= dueAt - 500);
    const before = await fired(room);
    const began = Date.now();
    const busy = await line(async (ms) => (await fired(room)) - before >= stories || ms > 120_000);
    const took = { clocksFired: (await fired(room)) - before, clocksSeconds: (Date.now() - Math.max(began, dueAt)) / 1_000 };
    // Once more without clocks: what else the machine does may have changed meanwhile.
    const after = await line(async (ms) => ms > CALM_AGAIN_MS);
    return { ...took, lineRatio: busy / ((calm + after) / 2), rates: [calm, busy, after] };
  } finally {
    await room.dispose();
  }
}

export async function benchAlerts({ mentions, stories }: { readonly mentions: number; readonly stories: number }): Promise<AlertsReport> {
  const { ms, lost } = await firstRequests(mentions);
  const { rates, ...clocks } = await clocksAtOnce(stories);
  const p99 = quantile(ms, 0.99);
  return {
    ...clocks,
    ...{ firstRequestP99Ms: p99, lost },
    lines: [
      `mention → first request at the receiver: p50 ${quantile(ms, 0.5).toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, ${String(lost)} lost`,
      `${String(clocks.clocksFired)} clocks due in one second fired in ${clocks.clocksSeconds.toFixed(1)} s; the line ${rates.map((rate) => rate.toFixed(0)).join(' → ')} orders/s (${clocks.lineRatio.toFixed(2)})`,
    ],
  };
}
