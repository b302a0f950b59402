/** [S5] A wall that runs for weeks does not grow: thousands of updates in a real browser, heap after collection early and late. */
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { fullCount } from '../../client/format/scale.ts';
import { openChromium } from '../helpers/chromium.ts';
import { startFixtureServer } from '../helpers/fixture-server.ts';
import type { FixtureScene, FixtureServer } from '../helpers/fixture-server.ts';
import { fixtureNow } from '../helpers/fixture-now.ts';
import { rounds } from '../helpers/long-form.ts';
import { usualDay } from '../helpers/overview-fixture.ts';
import { openScreen, scenes, settle } from '../helpers/screenshot.ts';

let server: FixtureServer;
let browser: Browser;

beforeAll(async () => {
  server = await startFixtureServer(inject('clientRoot'), scenes['usual'] as FixtureScene, fixtureNow);
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

interface Alive {
  /** Live JS heap, bytes. */
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
}
/** What one collection frees through finalizers only the next one takes away: collects until nothing more goes. */
async function alive(session: CDPSession): Promise<Alive> {
  let usedSize = Infinity;
  for (let before = Infinity, round = 0; round < 6; round += 1, before = usedSize) {
    await session.send('HeapProfiler.collectGarbage');
    usedSize = Math.min(usedSize, (await session.send('Runtime.getHeapUsage')).usedSize);
    if (usedSize >= before) break;
    await new Promise((done) => setTimeout(done, 300));
  }
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  return { heap: usedSize, nodes, listeners: jsEventListeners };
}

/**
 * What grows is the browser's own: the code it compiles of what runs often (three quarters of it, ending after some thousand
 * updates) and its lists of weak references to maps; heap snapshots show no growth of the page's objects.
 */
const LATE = rounds('SOAK_UPDATES', { short: 1_500, long: 6_000 });
const EARLY = LATE / 3;
/** Updates the page may be behind; both marks are multiples of it. */
const KEPT_WITHIN = 100;

/** Resolves when the page shows the figures of update `i`. */
async function drawn(page: Page, i: number): Promise<void> {
  await page.waitForFunction((words) => document.querySelector('.today-orders')?.textContent === words, `${fullCount(1_284 + i)} 单`, {
    timeout: 60_000,
  });
}

/** Figures, bars, a chart, a list that changes its members, and clocks that come and go. */
function update(i: number): void {
  server.patch({
    today: { ...usualDay.today, net: (usualDay.today.net ?? 0) + i * 100, orders: 1_284 + i },
    hours: { ...usualDay.hours, net: usualDay.hours.net.map((n, hour) => (n === null ? null : n + i * hour)) },
    channels: usualDay.channels.map((row, k) => ({ ...row, net: (row.net ?? 0) + i * k * 1_000 })),
    competitors: usualDay.competitors.map((row) => ({ ...row, moveId: `${row.moveId}-${i}` })),
    sentiment: { ...usualDay.sentiment, hours: usualDay.sentiment.hours.map((h) => (h === null ? null : h * Math.cos(i))) },
    strip: { ...usualDay.strip, cells: usualDay.strip.cells.map((cell) => ({ ...cell, incidentId: `${cell.incidentId}-${i}` })) },
  });
}

it(`[S5] heap after ${LATE} updates ≤ 1.10 × heap after ${EARLY}; as many nodes, listeners and charts as before`, async () => {
  const page = await openScreen(browser, `${server.url}/wall/overview`, [1920, 1080]);
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  let early: Alive = { heap: 0, nodes: 0, listeners: 0 };
  for (let i = 1; i <= LATE; i += 1) {
    update(i);
    await new Promise((done) => setTimeout(done, 3));
    // The page may be slower than the updates come: measured is only what it has drawn.
    if (i % KEPT_WITHIN === 0) await drawn(page, i);
    if (i === EARLY) {
      await settle(page);
      early = await alive(session);
    }
  }
  await settle(page);
  const late = await alive(session);
  process.stdout.write(
    `wall soak: heap ${early.heap} bytes after ${EARLY} updates, ${late.heap} after ${LATE}: ${(late.heap / early.heap).toFixed(3)}\n`,
  );
  expect(await page.textContent('.today-orders')).toBe(`${fullCount(1_284 + LATE)} 单`);
  expect(await page.locator('canvas').count()).toBe(2);
  expect(late.heap / early.heap, `${early.heap} bytes after ${EARLY} updates, ${late.heap} after ${LATE}`).toBeLessThanOrEqual(1.1);
  expect(late.nodes).toBeLessThanOrEqual(early.nodes + 20);
  expect(late.listeners).toBe(early.listeners);
  await page.close();
});
