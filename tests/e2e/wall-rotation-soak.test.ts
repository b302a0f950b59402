/** [S5] A wall that rotates for weeks does not grow: as many nodes, listeners and charts after many rounds as after a few. */
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { sceneIds } from '../../shared/screens/scenes.ts';
import { openChromium } from '../helpers/chromium.ts';
import { fixtureNow } from '../helpers/fixture-now.ts';
import { startFixtureServer } from '../helpers/fixture-server.ts';
import type { FixtureScene, FixtureServer } from '../helpers/fixture-server.ts';
import { usualDay } from '../helpers/overview-day.ts';
import { openScreen, scenes } from '../helpers/screenshot.ts';

const usual = scenes['usual'] as FixtureScene;
/** As quick as the change of scenes allows; the policy itself takes no scene under five seconds. */
const wall = { ...usual.workspace.wall, standup: null, rotation: sceneIds.map((scene) => ({ scene, seconds: 2 })) };
const turning: FixtureScene = {
  ...usual,
  workspace: { ...usual.workspace, wall },
  overview: { ...usual.overview, strip: { ...usualDay.strip, cells: [] } },
};

let server: FixtureServer;
let browser: Browser;
beforeAll(async () => {
  server = await startFixtureServer(inject('clientRoot'), turning, fixtureNow);
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const last = sceneIds.at(-1) ?? 'overview';
const shows = (page: Page, scene: string): Promise<unknown> =>
  page.waitForFunction(
    (id) => document.querySelector<HTMLElement>('.wall')?.dataset['scene'] === id && document.querySelectorAll('.lanes').length === 1,
    scene,
    { timeout: 60_000 },
  );

async function rounds(page: Page, count: number): Promise<void> {
  for (let round = 0; round < count; round += 1) {
    await shows(page, last);
    await shows(page, 'overview');
  }
}

/** Measured while the same scene is in sight, after collection. */
async function alive(session: CDPSession) {
  for (let i = 0; i < 4; i += 1) await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  return { heap: usedSize, nodes, listeners: jsEventListeners };
}

/** Before this the engine still compiles what it runs often, which is growth that ends. */
const EARLY = 4;
const LATE = 8;

it('[S5] nodes, listeners and charts after eight rounds are those after four, and heap ≤ 1.10 ×', async () => {
  const page = await openScreen(browser, server.url, [1920, 1080]);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await rounds(page, EARLY);
  const early = { ...(await alive(session)), charts: await page.locator('canvas').count() };
  await rounds(page, LATE - EARLY);
  const late = { ...(await alive(session)), charts: await page.locator('canvas').count() };
  process.stdout.write(`wall rotation: ${JSON.stringify(early)} after ${EARLY} rounds, ${JSON.stringify(late)} after ${LATE}\n`);
  expect(errors).toEqual([]);
  expect(late.charts).toBe(early.charts);
  expect(late.listeners).toBe(early.listeners);
  expect(late.nodes).toBeLessThanOrEqual(early.nodes + 40);
  expect(late.heap / early.heap).toBeLessThanOrEqual(1.1);
  await page.close();
});
