/** axe on every page in both languages: nothing serious or critical. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { scenePath, scenes as walls } from '../../shared/screens/scenes.ts';
import { openChromium } from '../helpers/chromium.ts';
import { startFixtureServer, type FixtureScene, type FixtureServer } from '../helpers/fixture-server.ts';
import { answerAlertSettings } from '../helpers/alert-settings-fixture.ts';
import { answerCampaigns } from '../helpers/campaigns-fixture.ts';
import { answerReads } from '../helpers/incidents-fixture.ts';
import { fixtureNow } from '../helpers/fixture-now.ts';
import { scenarios } from '../helpers/overview-fixture.ts';
import { openScreen, phoneSize, scenes, settle } from '../helpers/screenshot.ts';

const require = createRequire(import.meta.url);
const deskSize = [1440, 900] as const;
let axe: string;
let server: FixtureServer;
let browser: Browser;

beforeAll(async () => {
  axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
  server = await startFixtureServer(inject('clientRoot'), scenes['usual'] as FixtureScene, fixtureNow);
  const reads = answerReads(scenarios.usual);
  server.answer = (method, path, body, query) => answerCampaigns(path) ?? answerAlertSettings(path) ?? reads(method, path, body, query);
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** `rule: what it is about`, one line for each element at fault. */
async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    interface Violation {
      readonly id: string;
      readonly impact: string;
      readonly nodes: readonly { readonly html: string }[];
    }
    const loaded: { run(): Promise<{ violations: readonly Violation[] }> } = Reflect.get(window, 'axe');
    const { violations } = await loaded.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
}

const pages = [
  ...walls.map(({ id }) => scenePath(id)),
  '/',
  '/incidents',
  '/incidents/i-17',
  '/campaigns?open=C-2',
  '/kpis',
  '/kpis/net_sales?period=2026-11',
  '/settings',
  '/settings/brands',
  '/settings/targets',
  '/settings/rules',
  '/settings/channels',
  '/settings/roster',
  '/settings/ladder',
  '/settings/severity',
  '/settings/words',
  '/no-such-page',
];
const sizes = [deskSize, phoneSize];

describe.each(['zh-CN', 'en'])('in %s', (language) => {
  it.each(pages.flatMap((path) => sizes.map((size) => [path, ...size] as const)))('%s at %d×%d', async (path, width, height) => {
    const page = await openAny(`${server.url}${path}${path.includes('?') ? '&' : '?'}lang=${language}`, [width, height]);
    expect(await faults(page)).toEqual([]);
    await page.close();
  });
});

/** The page of an unknown address has no numbers to wait for. */
async function openAny(url: string, size: readonly [number, number]): Promise<Page> {
  if (!url.includes('no-such-page')) return openScreen(browser, url, size);
  const page = await browser.newPage({ viewport: { width: size[0], height: size[1] } });
  await page.goto(url);
  await page.waitForSelector('h1');
  await settle(page);
  return page;
}

describe('the check', () => {
  it('finds a planted button without a name', async () => {
    const page = await openAny(`${server.url}/no-such-page`, deskSize);
    await page.evaluate(() => document.querySelector('main')?.append(document.createElement('button')));
    expect((await faults(page)).join('\n')).toContain('button-name');
    await page.close();
  });
});
