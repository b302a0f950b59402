/**
 * Screens that hang: a fiftieth of many clients stop reading for a minute while the real server goes on pushing. The healthy ones
 * must not feel it and the server must not grow. A run of the same size in which everyone reads comes before each such run, on a
 * server of its own; a run counts only if every healthy client holds the newest figure in the end, and every stalled one too once
 * it reads again. Lag is from an order's *intended* send time to the patch that first contains it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { PROTOCOL_VERSION } from '../../shared/wire/constants.ts';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';
import { resident } from './ingest.ts';
import { median, quantile, spread } from './statistics.ts';

export interface StalledOptions {
  readonly clients: number;
  readonly stalledSeconds: number;
  readonly rounds: number;
}
export interface StalledReport {
  readonly lines: readonly string[];
  /** p99 of the healthy, with stalled clients ÷ without. */
  readonly lagRatio: number;
  /** Resident memory of the server, with stalled clients ÷ without. */
  readonly memoryRatio: number;
}
interface Run {
  readonly p50: number;
  readonly p99: number;
  readonly residentMb: number;
  readonly deliveries: number;
}

const SHARE = 0.02;
const PER_SECOND = 20;
const AMOUNT = 1_000;

export async function benchStalled(options: StalledOptions): Promise<StalledReport> {
  const healthy: Run[] = [];
  const stalled: Run[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    healthy.push(await run(options, 0));
    stalled.push(await run(options, Math.round(options.clients * SHARE)));
    const [all, some] = [healthy.at(-1), stalled.at(-1)];
    process.stdout.write(
      `  round ${String(round + 1)}: p99 ${all?.p99.toFixed(0) ?? ''} → ${some?.p99.toFixed(0) ?? ''} ms, memory ${all?.residentMb.toFixed(0) ?? ''} → ${some?.residentMb.toFixed(0) ?? ''} MB\n`,
    );
  }
  const ratios = (of: (run: Run) => number) => stalled.map((some, i) => of(some) / of(healthy[i] ?? some));
  const lag = ratios(({ p99 }) => p99);
  const memory = ratios(({ residentMb }) => residentMb);
  return {
    lagRatio: median(lag),
    memoryRatio: median(memory),
    lines: [
      `p99 of the healthy, with stalled clients ÷ without: ${spread(lag)} (must 1.2); with ${spread(
        stalled.map(({ p99 }) => p99),
        0,
      )} ms, without ${spread(
        healthy.map(({ p99 }) => p99),
        0,
      )} ms`,
      `resident memory of the server, with ÷ without: ${spread(memory)} (must 1.15); with ${spread(
        stalled.map(({ residentMb }) => residentMb),
        0,
      )} MB, without ${spread(
        healthy.map(({ residentMb }) => residentMb),
        0,
      )} MB`,
      `p50 with ${spread(
        stalled.map(({ p50 }) => p50),
        0,
      )} ms, without ${spread(
        healthy.map(({ p50 }) => p50),
        0,
      )} ms; ${String(median(stalled.map(({ deliveries }) => deliveries)))} patches delivered a run`,
    ],
  };
}

interface Screen {
  readonly socket: WebSocket;
  /** Orders that it holds. */
  orders: number;
}

async function run({ clients, stalledSeconds }: StalledOptions, hanging: number): Promise<Run> {
  const room = await warRoom();
  const screens: Screen[] = [];
  const lags: number[] = [];
  const intended: number[] = [];
  const sums = new Map<string, number>();
  let deliveries = 0;
  try {
    await room.start();
    const port = Number(new URL(room.url).port);
    const open = (screen: number): Promise<void> =>
      new Promise((resolve, reject) => {
        const path = `/socket.io/?EIO=4&transport=websocket&views=overview&protocol=${PROTOCOL_VERSION}`;
        const socket = new WebSocket(`ws://127.0.0.1:${String(port)}${path}`, { perMessageDeflate: false, skipUTF8Validation: true });
        const held: Screen = { socket, orders: 0 };
        screens.push(held);
        socket.once('error', reject);
        socket.on('message', (message: Buffer) => {
          if (message.length === 1) socket.send('3');
          else if (message[0] === '0'.charCodeAt(0)) socket.send('40');
          else {
            const head = message.toString('latin1', 0, 12);
            if (head.startsWith('42["snapshot')) resolve();
            else if (!head.startsWith('42["patch"')) return;
            if (head.startsWith('42["patch"')) deliveries += 1;
            const now = performance.now();
            const orders = ordersIn(message, sums);
            for (; held.orders < orders; held.orders += 1) {
              const at = intended[held.orders];
              if (screen >= hanging && at !== undefined) lags.push(now - at);
            }
          }
        });
      });
    for (let from = 0; from < clients; from += 50) {
      await Promise.all(Array.from({ length: Math.min(50, clients - from) }, (_, i) => open(from + i)));
    }
    // What the server does once after its start, and the first orders, are not part of the measure.
    await send(room, PER_SECOND * 10, intended);
    lags.length = 0;
    for (const { socket } of screens.slice(0, hanging)) socket.pause();
    const memory: number[] = [];
    const sampling = setInterval(() => memory.push(resident(room)), 500);
    await send(room, PER_SECOND * stalledSeconds, intended);
    clearInterval(sampling);
    await holdAll('every healthy screen holds every order', screens.slice(hanging), intended.length);
    const measured = [...lags];
    for (const { socket } of screens.slice(0, hanging)) socket.resume();
    // The server may have given up on them; a screen then connects again, which is not asked of these.
    const back = () => screens.slice(0, hanging).filter(({ socket }) => socket.readyState === WebSocket.OPEN);
    await sleep(1_000);
    await eventually(
      'every stalled screen that is still connected holds every order',
      async () => (back().every(({ orders }) => orders === intended.length) ? true : undefined),
      30_000,
    );
    return { p50: quantile(measured, 0.5), p99: quantile(measured, 0.99), residentMb: median(memory), deliveries };
  } finally {
    for (const { socket } of screens) socket.terminate();
    await room.dispose();
  }
}

const holdAll = (what: string, screens: readonly Screen[], orders: number): Promise<true> =>
  eventually(what, async () => (screens.every((screen) => screen.orders >= orders) ? true : undefined), 60_000);

/** Orders that today's sum holds after a message; -1 where it says nothing of today. One message goes to all, so it is read once. */
function ordersIn(message: Buffer, known: Map<string, number>): number {
  const key = message.toString('latin1', 0, 140);
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = Number(/"today":\{"day":"[^"]*","net":(\d+)/u.exec(message.toString('utf8'))?.[1] ?? -AMOUNT) / AMOUNT;
  known.set(key, found);
  return found;
}

/** Orders on a fixed schedule, one request each, none of which waits for the answer to the one before. */
async function send(room: WarRoom, count: number, intended: number[]): Promise<void> {
  const began = performance.now();
  const answers: Promise<unknown>[] = [];
  for (let i = 0; i < count; i += 1) {
    const due = began + (i / PER_SECOND) * 1_000;
    if (due > performance.now()) await sleep(due - performance.now());
    const n = intended.push(due);
    answers.push(room.send('POST', '/api/events', order(n), 'application/cloudevents+json'));
  }
  await Promise.all(answers);
}

function order(n: number): object {
  const lines = [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: AMOUNT }];
  return {
    ...{ specversion: '1.0', id: `e-${String(n)}`, source: '/bench/shop', type: 'sales.order.paid', time: new Date().toISOString() },
    data: { orderId: `o-${String(n)}`, version: 1, buyerId: `B-${String(n)}`, channel: '天猫', region: '华东', lines },
  };
}
