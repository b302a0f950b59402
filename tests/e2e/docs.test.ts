/** The page at /docs of the real server: axe finds nothing in it, light or dark. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openChromium } from '../helpers/chromium.ts';
import { warRoom, type WarRoom } from '../helpers/war-room.ts';

let room: WarRoom;
let browser: Browser;
beforeAll(async () => {
  room = await warRoom();
  await room.start();
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await room?.dispose();
});

it.each(['light', 'dark'] as const)('%s', async (colorScheme) => {
  const page = await browser.newPage({ colorScheme });
  await page.goto(`${room.url}/docs`);
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const rules = await page.evaluate(async () => {
    const loaded: { run(): Promise<{ violations: readonly { readonly id: string }[] }> } = Reflect.get(window, 'axe');
    return (await loaded.run()).violations.map(({ id }) => id);
  });
  expect(rules).toEqual([]);
  await page.close();
});
