/**
 * What senders may hold of the server: many connections with a body that never ends, and writers
 * that send more than can be counted. Memory is read from the system, above what the process holds
 * at rest; a screen listens all the while, so that silence shows.
 */
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { io } from 'socket.io-client';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';
import { readiness, resident } from './ingest.ts';

export interface EdgeReport {
  readonly lines: readonly string[];
  /** Highest resident memory above rest, MB. */
  readonly unfinishedMb: number;
  readonly writersMb: number;
  /** Longest time between two heartbeats of either load, ms. */
  readonly silenceMs: number;
  readonly refused: number;
  readonly lost: number;
}

const MB = 1_048_576;
const ITEMS = 500;

export async function benchEdge(options: { connections: number; writers: number; seconds: number }): Promise<EdgeReport> {
  const unfinished = await unfinishedBodies(options);
  const writers = await eagerWriters(options);
  const mb = (n: number) => `${n.toFixed(0)} MB`;
  return {
    lines: [
      `${String(options.connections)} connections with an unfinished 1 MB body: ${mb(unfinished.peakMb)} above rest (must 200), ${mb(unfinished.afterMb)} after they left; ${String(unfinished.refused)} answered 429, small events accepted ${String(unfinished.small)} of ${String(unfinished.tried)}, longest silence ${unfinished.silenceMs.toFixed(0)} ms`,
      `${String(options.writers)} writers of 1 MB batches for ${String(options.seconds)} s: ${mb(writers.peakMb)} above rest (must 200), ${mb(writers.afterMb)} after; ${String(writers.accepted)} events accepted, ${String(writers.lost)} lost, ${String(writers.refused)} batches answered 429, longest silence ${writers.silenceMs.toFixed(0)} ms`,
    ],
    unfinishedMb: unfinished.peakMb,
    writersMb: writers.peakMb,
    silenceMs: Math.max(unfinished.silenceMs, writers.silenceMs),
    refused: Math.min(unfinished.refused, writers.refused),
    lost: writers.lost,
  };
}

/** A running server with a screen, and what is measured of it. */
async function watched<T>(work: (room: WarRoom) => Promise<T>) {
  const room = await warRoom();
  try {
    await room.start();
    const screen = io(room.url, { transports: ['websocket'], query: { views: 'overview' }, forceNew: true });
    let heardAt = Number.NaN;
    let silenceMs = 0;
    screen.on('heartbeat', () => {
      const now = performance.now();
      if (!Number.isNaN(heardAt)) silenceMs = Math.max(silenceMs, now - heardAt);
      heardAt = now;
    });
    // Rest is after the server has done each thing once.
    for (let i = 0; i < 20; i++) await post(room, batch(`warm-${String(i)}`, ITEMS));
    await folded(room);
    await sleep(6_000);
    const rest = resident(room);
    let peak = rest;
    const sampling = setInterval(() => (peak = Math.max(peak, resident(room))), 50);
    const result = await work(room);
    clearInterval(sampling);
    await sleep(15_000);
    screen.disconnect();
    return { ...result, peakMb: peak - rest, afterMb: resident(room) - rest, silenceMs };
  } finally {
    await room.dispose();
  }
}

function unfinishedBodies({ connections }: { connections: number }) {
  return watched(async (room) => {
    const port = Number(new URL(room.url).port);
    const head = `POST /api/events HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/cloudevents-batch+json\r\ncontent-length: ${String(MB)}\r\n\r\n`;
    const most = Buffer.alloc(MB - 1_000, ' ');
    const sockets: Socket[] = [];
    let refused = 0;
    let small = 0;
    let tried = 0;
    for (let i = 0; i < connections; i++) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.once('data', (chunk) => {
        if (chunk.toString().startsWith('HTTP/1.1 429')) refused++;
      });
      socket.write(head);
      socket.write(most);
      sockets.push(socket);
      if (i % 50 === 49) {
        await sleep(20);
        tried++;
        if ((await post(room, batch(`small-${String(i)}`, 1))).status === 202) small++;
      }
    }
    // Those within the room are never answered; the others are, as fast as this process can read.
    for (let waited = 0; refused < connections - 100 && waited < 20_000; waited += 100) await sleep(100);
    for (const socket of sockets) socket.destroy();
    return { refused, small, tried };
  });
}

function eagerWriters({ writers, seconds }: { writers: number; seconds: number }) {
  return watched(async (room) => {
    const before = await applied(room);
    let accepted = 0;
    let refused = 0;
    const until = performance.now() + seconds * 1_000;
    const write = async (writer: number): Promise<void> => {
      for (let n = 0; performance.now() < until; n++) {
        const answer = await post(room, batch(`w${String(writer)}-${String(n)}`, ITEMS, MB));
        if (answer.status === 202) accepted += answer.accepted;
        else if (answer.status === 429) {
          refused++;
          await sleep(Math.min(answer.retryAfterMs, Math.max(0, until - performance.now())));
        } else throw new Error(`a batch was answered ${String(answer.status)}`);
      }
    };
    await Promise.all(Array.from({ length: writers }, (_, i) => write(i)));
    await folded(room);
    return { accepted, refused, lost: accepted - ((await applied(room)) - before) };
  });
}

async function post(room: WarRoom, body: string): Promise<{ status: number; accepted: number; retryAfterMs: number }> {
  const answer = await fetch(`${room.url}/api/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents-batch+json' },
    body,
  });
  const text = await answer.text();
  return {
    status: answer.status,
    accepted: text.split('"accepted"').length - 1,
    retryAfterMs: Number(answer.headers.get('retry-after') ?? 1) * 1_000,
  };
}

async function applied(room: WarRoom): Promise<number> {
  return (await readiness(room)).consumed.applied;
}

function folded(room: WarRoom): Promise<true> {
  return eventually('everything accepted is counted', async () => ((await readiness(room)).lag === 0 ? true : undefined), 600_000);
}

/** Orders no other call sends; `size`: bytes of the whole batch, filled up by a field nobody reads. */
function batch(name: string, count: number, size = 0): string {
  const note = 'x'.repeat(Math.max(0, Math.floor((size - 500 * count) / count)));
  const time = new Date().toISOString();
  const items = Array.from({ length: count }, (_, i) => ({
    ...{ specversion: '1.0', id: `${name}-${String(i)}`, source: '/bench', type: 'sales.order.paid', time, note },
    data: {
      ...{ orderId: `${name}-${String(i)}`, version: 1, buyerId: `B-${String(i)}`, channel: 'tmall', region: 'east' },
      lines: [{ sku: 'X5', category: 'machines', core: true, quantity: 1, amount: 1_000 }],
    },
  }));
  return JSON.stringify(items);
}
