/**
 * The desk of PR against the real server: what the list costs with thousands of open stories, and how long from sending a
 * mention, at a fixed rate whatever the answers do, to the patch with which an open desk counts it.
 */
import { io } from 'socket.io-client';
import { takePatch, takeSnapshot, type ViewSnapshot } from '../../client/wire/stream.ts';
import type { Patch, Snapshot } from '../../shared/wire/protocol.ts';
import { eventually } from '../helpers/war-room.ts';
import { quantile } from './statistics.ts';
import { folded, mention, openWithBrands, submit } from './stories.ts';

export interface DeskReport {
  readonly lines: readonly string[];
  readonly listP95Ms: number;
  readonly shownP99Ms: number;
  readonly notShown: number;
}

const READS = 100;
/** Mentions of a request: at 200 a second twenty requests. */
const BATCH = 10;
/** The mentions spread over so many stories, fewer than the first page of the desk holds. */
const SPREAD_OVER = 20;

async function listed(stories: number): Promise<readonly number[]> {
  const room = await openWithBrands();
  try {
    await submit(
      room,
      Array.from({ length: stories }, (_, n) => mention({ id: `d-${n}`, story: `d-${n}` })),
    );
    await folded(room, 600);
    const spent: number[] = [];
    for (let n = 0; n < READS; n++) {
      const from = performance.now();
      await (await fetch(`${room.url}/api/incidents?limit=200`)).arrayBuffer();
      spent.push(performance.now() - from);
    }
    return spent;
  } finally {
    await room.dispose();
  }
}

/** ms from each mention's sending to the patch that counts it; only of those that came. */
async function shown(perSecond: number, seconds: number): Promise<readonly number[]> {
  const room = await openWithBrands();
  const desk = io(room.url, {
    transports: ['websocket'],
    query: { views: 'incidents', protocol: '2' },
    forceNew: true,
    reconnection: false,
  });
  try {
    const total = perSecond * seconds;
    const sentAt: number[] = [];
    const spent: number[] = [];
    // Mentions are folded in the order they were sent, so that the count says which of them are on the desk.
    let held: ViewSnapshot<'incidents'> | null = null;
    desk.on('snapshot', (message: Snapshot<'incidents'>) => {
      const taken = takeSnapshot('incidents', message);
      if (taken.outcome === 'applied') held = taken.snapshot;
    });
    desk.on('patch', (message: Patch<'incidents'>) => {
      const taken = takePatch('incidents', held, message);
      if (taken.outcome !== 'applied') return;
      held = taken.snapshot;
      const count = held.state.open?.incidents.reduce((sum, { mentionCount }) => sum + mentionCount, 0) ?? 0;
      for (const now = performance.now(); spent.length < count;) spent.push(now - (sentAt[spent.length] ?? now));
    });
    await eventually('the desk is connected', async () => (desk.connected ? true : undefined), 30_000);
    const began = performance.now();
    let answers: Promise<void> = Promise.resolve();
    for (let made = 0; made < total; made += BATCH) {
      const wait = began + (made / perSecond) * 1_000 - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      const events = Array.from({ length: BATCH }, (_, i) => mention({ id: `m-${made + i}`, story: `m-${(made + i) % SPREAD_OVER}` }));
      // When it was to be sent, so that a server that holds up the sender is charged for it.
      const due = began + (made / perSecond) * 1_000;
      for (let i = 0; i < BATCH; i++) sentAt.push(due);
      answers = Promise.all([answers, submit(room, events)]).then(() => undefined);
      answers.catch(() => undefined);
    }
    await answers;
    await eventually('everything is on the desk', async () => (spent.length >= total ? true : undefined), 60_000).catch(() => undefined);
    return spent;
  } finally {
    desk.disconnect();
    await room.dispose();
  }
}

export async function benchDesk(options: {
  readonly stories: number;
  readonly perSecond: number;
  readonly seconds: number;
}): Promise<DeskReport> {
  const { stories, perSecond, seconds } = options;
  const reads = await listed(stories);
  const waits = await shown(perSecond, seconds);
  const listP95Ms = quantile(reads, 0.95);
  const shownP99Ms = quantile(waits, 0.99);
  return {
    ...{ listP95Ms, shownP99Ms, notShown: perSecond * seconds - waits.length },
    lines: [
      `/api/incidents with ${stories} open: p50 ${quantile(reads, 0.5).toFixed(1)} ms, p95 ${listP95Ms.toFixed(1)} ms (n ${reads.length})`,
      `mention → open desk at ${perSecond}/s: p50 ${quantile(waits, 0.5).toFixed(0)} ms, p99 ${shownP99Ms.toFixed(0)} ms (n ${waits.length})`,
    ],
  };
}
