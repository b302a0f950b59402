/**
 * Event to socket under an open-loop load: orders go to Kafka on a fixed schedule, many
 * screens follow the overview, and each order's lag runs from its *intended* send time to
 * the patch that first contains it (the headline only grows, so its sum tells which orders
 * are in). The server is alone in its process; senders and screens are in this one.
 */
import { Kafka, logLevel, type Producer } from 'kafkajs';
import { io, type Socket } from 'socket.io-client';
import type { Patch, Snapshot } from '../../shared/wire/protocol.ts';
import { startKafka } from '../helpers/kafka-broker.ts';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';
import { readiness } from './ingest.ts';
import { quantile } from './statistics.ts';
import { createTopics } from './topic.ts';

export interface LatencyReport {
  readonly lines: readonly string[];
  readonly lagP99Ms: number;
  readonly loopDelayP99Ms: number;
}

export async function benchLatency(options: { seconds: number; clients: number }): Promise<LatencyReport> {
  const broker = await startKafka({ jvm: 'full' });
  try {
    const calm = await load({ brokers: broker.brokers, topic: 'bench.live', perSecond: 1_000, ...options });
    const busy = await load({ brokers: broker.brokers, topic: 'bench.busy', perSecond: 5_000, ...options });
    const row = (name: string, run: Run) =>
      `${name}: event → socket p50 ${run.p50.toFixed(0)} ms, p99 ${run.p99.toFixed(0)} ms, max ${run.max.toFixed(0)} ms; event-loop delay p99 ${run.loopP99.toFixed(1)} ms (${String(run.orders)} orders, ${String(options.clients)} clients, sums right)`;
    return {
      lagP99Ms: calm.p99,
      loopDelayP99Ms: busy.loopP99,
      lines: [`${row('1,000 ev/s', calm)} (must p99 250)`, `${row('5,000 ev/s', busy)} (must loop p99 20)`],
    };
  } finally {
    await broker.stop();
  }
}

export interface Run {
  readonly orders: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  readonly loopP99: number;
  /** When each order was to be sent, by the clock of this process (`performance.now`). */
  readonly intended: Float64Array;
}

async function load(options: {
  brokers: readonly string[];
  topic: string;
  perSecond: number;
  seconds: number;
  clients: number;
}): Promise<Run> {
  const { brokers, topic } = options;
  const kafka = new Kafka({ clientId: 'bench-load', brokers: [...brokers], logLevel: logLevel.NOTHING });
  // One partition keeps the orders in the sequence they were sent, which the growing sum relies on.
  await createTopics(kafka, { [topic]: 1 });
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  const room = await warRoom({ env: { KAFKA_BROKERS: brokers.join(), KAFKA_TOPIC_SALES: topic, KAFKA_GROUP_ID: topic } });
  try {
    await room.start();
    return await followOrders(room, producer, options);
  } finally {
    await producer.disconnect();
    await room.dispose();
  }
}

/** Sends orders of now to a running server that has none of today, and measures them on many screens. */
export async function followOrders(
  room: WarRoom,
  producer: Producer,
  { topic, perSecond, seconds, clients }: { topic: string; perSecond: number; seconds: number; clients: number },
): Promise<Run> {
  const sockets: Socket[] = [];
  try {
    await eventually(
      'the source runs',
      async () => ((await readiness(room)).sources[0]?.state === 'running' ? true : undefined),
      30_000,
    ).catch(() => undefined);
    const total = perSecond * seconds;
    const intended = new Float64Array(total);
    const lags: number[] = [];
    const shown = new Array<number>(clients).fill(0);
    const see = (client: number, net: number) => {
      const now = performance.now();
      let next = shown[client] as number;
      while (next < total && (next + 1) * unit <= net) {
        lags.push(now - (intended[next] as number));
        next += 1;
      }
      shown[client] = next;
    };
    for (let client = 0; client < clients; client++) {
      const socket = io(room.url, { transports: ['websocket'], query: { views: 'overview' }, forceNew: true, reconnection: false });
      socket.on('snapshot', (message: Snapshot<'overview'>) => see(client, message.state.today?.net ?? 0));
      socket.on('patch', (message: Patch<'overview'>) => {
        if (message.groups.today) see(client, message.groups.today.net ?? 0);
      });
      sockets.push(socket);
    }
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await send(producer, topic, perSecond, total, intended);
    await eventually('every screen shows every order', async () => (shown.every((n) => n === total) ? true : undefined), 30_000);
    const loopP99 = await loopDelayP99(room.url);
    return {
      orders: total,
      p50: quantile(lags, 0.5),
      p99: quantile(lags, 0.99),
      max: lags.reduce((a, b) => Math.max(a, b), 0),
      loopP99,
      intended,
    };
  } finally {
    for (const socket of sockets) socket.disconnect();
  }
}

/** Amount of every order, minor units. */
export const unit = 1_000;
const tickMs = 10;

async function send(producer: Producer, topic: string, perSecond: number, total: number, intended: Float64Array): Promise<void> {
  const start = performance.now();
  const run = `${topic}-${String(Date.now())}`;
  let next = 0;
  let sending: Promise<unknown> = Promise.resolve();
  while (next < total) {
    const due = Math.min(total, Math.floor(((performance.now() - start) / 1_000) * perSecond));
    const messages: { key: string; value: string; partition: number }[] = [];
    for (; next < due; next++) {
      intended[next] = start + (next / perSecond) * 1_000;
      messages.push({ key: `${run}-${String(next)}`, value: order(`${run}-${String(next)}`, next), partition: 0 });
    }
    // Sends are chained, not awaited: the schedule does not wait for the broker.
    if (messages.length > 0) sending = sending.then(() => producer.send({ topic, acks: 1, messages }));
    await new Promise((resolve) => setTimeout(resolve, tickMs));
  }
  await sending;
}

function order(orderId: string, n: number): string {
  const half = unit / 2;
  return JSON.stringify({
    specversion: '1.0',
    id: `e-${orderId}`,
    source: '/bench/shop',
    type: 'sales.order.paid',
    time: new Date().toISOString(),
    subject: orderId,
    data: {
      orderId,
      version: 1,
      buyerId: `B-${String(n % 5_000)}`,
      channel: ['天猫', '京东', '抖音'][n % 3],
      region: ['华东', '华南', '华北', '西南'][n % 4],
      lines: [
        { sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: half, cost: 300 },
        { sku: 'BEAN-500', category: '咖啡豆', core: false, quantity: 1, amount: half, cost: 200 },
      ],
    },
  });
}

async function loopDelayP99(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/warroom_event_loop_delay_seconds\{quantile="0\.99"\} (\S+)/.exec(text)?.[1] ?? Number.NaN) * 1_000;
}
