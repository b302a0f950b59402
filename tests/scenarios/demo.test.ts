/**
 * The demo workspace as a newcomer meets it, and leaving it for the real one. The server believes that it is afternoon: at
 * night the demo sells so little that a test would wait for minutes to see it move.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { io } from 'socket.io-client';
import { HISTORY_LOADING } from '../../shared/wire/constants.ts';
import type { Heartbeat } from '../../shared/wire/protocol.ts';
import type { Workspace } from '../../shared/wire/workspace.ts';
import { countScreen } from '../helpers/patch-bytes.ts';
import { shiftedRoom, type ShiftedRoom } from '../helpers/shifted-room.ts';
import { eventually, type WarRoom } from '../helpers/war-room.ts';

/** How far 15:00 of the business day lies ahead of now, ms. */
const shiftMs = Date.parse(`${new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)}T15:00:00+08:00`) - Date.now();
const serverNow = () => Date.now() + shiftMs;

let server: WarRoom;
let dispose: ShiftedRoom['dispose'] | undefined;
beforeAll(async () => {
  ({ room: server, dispose } = await shiftedRoom({ aheadMs: shiftMs, env: { DEMO: 'auto' } }));
  await server.start();
});
afterAll(() => dispose?.());

interface Overview {
  readonly epoch: string;
  readonly state: {
    readonly today: { readonly net: number; readonly target: number | null; readonly orders: number; readonly curve: string | null };
    readonly month: { readonly attainment: number | null; readonly curve: string | null };
    readonly channels: readonly unknown[];
    readonly campaigns: { readonly rows: readonly { readonly phase: string }[] };
    readonly competitors: readonly unknown[];
    readonly keywords: readonly unknown[];
    readonly sentiment: { readonly hours: readonly (number | null)[] };
    readonly strip: {
      readonly cells: readonly { readonly title: string; readonly dueAt: number; readonly breachedAt: number | null }[];
      readonly left: { readonly breached: number; readonly fire: number; readonly soon: number; readonly calm: number };
      readonly pendingHistory: number;
    };
  };
}
/** Whether a page that connects now learns that it shows the demo. */
const isDemo = () =>
  new Promise<boolean>((resolve, reject) => {
    const socket = io(server.url, { query: { views: 'overview' }, transports: ['websocket'], reconnection: false });
    socket.once('connect_error', reject);
    socket.once('welcome', (workspace: Workspace) => {
      socket.close();
      resolve(workspace.demo);
    });
  });
const overview = () => server.get<Overview>('/api/views/overview');
const newestOrderAge = async () => {
  const { streams } = await server.get<{ streams: { stream: string; lastOccurredAt: number | null }[] }>('/readyz');
  return serverNow() - (streams.find((s) => s.stream === 'orders')?.lastOccurredAt ?? 0);
};
/** The scene once it is as asked. */
const overviewOnce = (what: string, good: (state: Overview['state']) => boolean, withinMs: number) =>
  eventually(
    what,
    async () => {
      const seen = await overview();
      return good(seen.state) ? seen : undefined;
    },
    withinMs,
  );

describe('a first start', () => {
  it('says in its line that this is demo data', async () => {
    await eventually('the line', async () => (/ready: .*\(演示数据\)/.test(server.output()) ? true : undefined), 60_000);
  });

  it('tells its screens that its past is still on its way', async () => {
    const socket = io(server.url, { query: { views: 'overview' }, transports: ['websocket'] });
    try {
      await new Promise<void>((resolve) =>
        socket.on('heartbeat', ({ problems }: Heartbeat) => void (problems.includes(HISTORY_LOADING) && resolve())),
      );
    } finally {
      socket.close();
    }
  }, 60_000);

  it('fills the whole scene within seconds, and it moves', async () => {
    const { state } = await overviewOnce(
      'a whole scene',
      (s) =>
        s.today.net > 0 &&
        s.strip.cells.length === 3 &&
        s.month.attainment !== null &&
        s.campaigns.rows.length >= 4 &&
        s.competitors.length > 0,
      120_000,
    );
    expect(await isDemo()).toBe(true);
    expect(state.today.target).toBeGreaterThan(0);
    expect(state.channels).toHaveLength(5);
    expect(new Set(state.campaigns.rows.map((c) => c.phase))).toContain('burst');
    expect(state.competitors.length).toBeGreaterThan(0);
    expect(state.keywords.length).toBeGreaterThan(0);
    expect(state.strip.cells[0]?.title).toBe('X5 漏水视频');
    await eventually('the past is published', async () => ((await newestOrderAge()) < 60_000 ? true : undefined), 120_000);
    const full = await overviewOnce('the day before', (s) => s.sentiment.hours.filter((h) => h !== null).length > 12, 120_000);
    const earlier = full.state.sentiment.hours.slice(0, 21).filter((h) => h !== null);
    // Good and bad hours, and nobody is alarmed by them: the strip has its three, none of them breached.
    expect(Math.min(...earlier)).toBeLessThan(0.85);
    expect(Math.max(...earlier) - Math.min(...earlier)).toBeGreaterThan(0.05);
    expect(full.state.strip.cells.map((cell) => cell.breachedAt)).toEqual([null, null, null]);
    // The stories of past months come in and are settled meanwhile.
    await overviewOnce(
      'a calm strip',
      ({ strip }) => Object.values(strip.left).every((n) => n === 0) && strip.pendingHistory === 0,
      240_000,
    );
    const { orders } = (await overview()).state.today;
    await overviewOnce('another order', (s) => s.today.orders > orders, 120_000);
  }, 600_000);

  it('learns the plan of the day from the weeks before it has published', async () => {
    await overviewOnce('a learnt plan', (s) => s.today.curve === 'learnt' && s.month.curve === 'learnt', 300_000);
  }, 310_000);

  it('sends what changed: patches are at most a fifth of the bytes that snapshots would be', async () => {
    const screen = countScreen(server.url);
    try {
      const { patches, patchBytes, snapshotBytes } = await eventually(
        '150 patches',
        async () => (screen.total().patches >= 150 ? screen.total() : undefined),
        300_000,
      );
      process.stdout.write(`demo: ${patches} patches of ${patchBytes} bytes, as snapshots ${snapshotBytes}\n`);
      expect(screen.gaps()).toBe(0);
      expect(patchBytes / snapshotBytes).toBeLessThanOrEqual(0.2);
    } finally {
      screen.close();
    }
  }, 310_000);

  it('goes on after a restart without counting anything twice', async () => {
    const before = await overview();
    expect(await server.kill('SIGTERM')).toBe(0);
    await server.start();
    const after = await overviewOnce('the day as it was', (s) => s.today.orders >= before.state.today.orders, 120_000);
    // A few new orders may have come meanwhile; a second telling of the day would double them.
    expect(after.state.today.orders).toBeLessThan(before.state.today.orders * 1.2 + 20);
  });
});

describe('leaving the demo', () => {
  it('shows the empty real workspace at once, under a new numbering, and keeps to it after a restart', async () => {
    const demo = await overview();
    const started = await server.send('POST', '/api/workspace/start-real', '');
    expect(started).toMatchObject({ status: 200, body: { started: true } });
    expect((await overview()).epoch).not.toBe(demo.epoch);
    expect(await isDemo()).toBe(false);
    // A group comes once the ledger of the new workspace can be read.
    const real = await overviewOnce('the day of the real workspace', ({ today }) => typeof today?.net === 'number', 60_000);
    expect(real.state.today.net).toBe(0);
    expect(real.epoch).not.toBe(demo.epoch);
    expect(existsSync(path.join(server.dataDir, 'warroom.db'))).toBe(true);

    expect((await server.send('POST', '/api/workspace/start-real', '')).status).toBe(409);

    await server.kill('SIGTERM');
    await server.start();
    expect(await isDemo()).toBe(false);
  });
});
