/** The page a link from a chat leads to, in a real browser: its form passes the server's own rules about origin and policy. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAckLinks } from '../../server/adapters/secrets/ack-links.ts';
import { openChromium } from '../helpers/chromium.ts';
import { raw, seed, startRig } from '../server/adapters/http/rig.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
});

it.each([
  ['zh-CN', 'light', '由我认领', '已由你认领'],
  ['en-GB', 'dark', 'I claim it', 'You have claimed'],
] as const)('%s, %s: one press claims, and axe finds nothing', async (locale, colorScheme, button, words) => {
  const rig = await startRig();
  const { incident } = await seed(rig);
  const link = createAckLinks([Buffer.alloc(32, 7)], rig.store.storeId).pathOf(incident, { id: 'yue', name: '林悦' }, rig.now);
  const context = await browser.newContext({ locale, colorScheme, viewport: { width: 360, height: 640 } });
  const page = await context.newPage();
  const refused: string[] = [];
  page.on('console', (message) => refused.push(message.text()));
  await page.goto(`${rig.url}${link}`);
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  const found = await page.evaluate(async () => {
    const loaded: { run(): Promise<{ violations: readonly { readonly id: string }[] }> } = Reflect.get(window, 'axe');
    return (await loaded.run()).violations.map(({ id }) => id);
  });
  expect(found).toEqual([]);
  await page.getByRole('button', { name: button }).click();
  await page.getByRole('status').filter({ hasText: words }).waitFor();
  expect(await page.getByRole('button').count()).toBe(0);
  expect(JSON.parse((await raw(rig, 'GET', `/api/incidents/${incident}`)).body)).toMatchObject({ status: 'claimed', owner: '林悦' });
  // The icon of the page is a file of the built client, which is not there.
  expect(refused.filter((text) => !text.includes('404'))).toEqual([]);
  await context.close();
});
