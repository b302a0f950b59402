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
import { answerStandup } from '../helpers/standup-answers.ts';
import { scenarios } from '../helpers/overview-fixture.ts';
import { phoneSize, scenes, settle } from '../helpers/screenshot.ts';

const require = createRequire(import.meta.url);
const deskSize = [1440, 900] as const;
let axe: string;
let server: FixtureServer;
let browser: Browser;

beforeAll(async () => {
  axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
  server = await startFixtureServer(inject('clientRoot'), scenes['usual'] as FixtureScene, fixtureNow);
  const reads = answerReads(scenarios.usual);
  server.answer = (method, path, body, query) =>
    answerCampaigns(path) ?? answerStandup(method, path) ?? answerAlertSettings(path) ?? reads(method, path, body, query);
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** `rule: what it is about`, one line for each element at fault. */
async function faults(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  return page.evaluate(async () => {
    interface Violation {
      readonly id: string;
      readonly impact: string;
      readonly nodes: readonly { readonly html: string }[];
    }
    const loaded: { run(options: object): Promise<{ violations: readonly Violation[] }> } = Reflect.get(window, 'axe');
    // Every rule runs on every element; only of what is in order no description of each element is made, nor a selector for any.
    const { violations } = await loaded.run({ resultTypes: ['violations'], selectors: false });
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
  '/standup',
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
  '/settings/screens',
  '/settings/wall',
  '/no-such-page',
];
const sizes = [deskSize, phoneSize];

describe.each(['zh-CN', 'en'])('in %s', (language) => {
  // One tab for all pages: what they share is loaded and compiled once.
  let tab: Page;
  beforeAll(async () => {
    tab = await browser.newPage();
  });
  afterAll(async () => {
    await tab?.close();
  });

  // What axe finds depends on the language only through labels, so one size is enough for the second.
  const looked = language === 'en' ? [deskSize] : sizes;
  it.each(pages)(`%s at ${looked.map(([width, height]) => `${width}×${height}`).join(' and ')}`, async (path) => {
    await openAny(`${server.url}${path}${path.includes('?') ? '&' : '?'}lang=${language}`, tab);
    const found: Record<string, readonly string[]> = {};
    for (const [width, height] of looked) {
      await tab.setViewportSize({ width, height });
      await settle(tab);
      found[`${width}×${height}`] = await faults(tab);
    }
    expect(found).toEqual(Object.fromEntries(looked.map(([width, height]) => [`${width}×${height}`, []])));
  });
});

/** The page of an unknown address has no numbers to wait for. */
async function openAny(url: string, page: Page): Promise<void> {
  await page.setViewportSize({ width: deskSize[0], height: deskSize[1] });
  await page.goto(url);
  await page.waitForSelector(url.includes('no-such-page') ? 'h1' : '[data-ready]');
}

describe('the check', () => {
  it('finds a planted button without a name', async () => {
    const page = await browser.newPage();
    await openAny(`${server.url}/no-such-page`, page);
    await page.evaluate(() => document.querySelector('main')?.append(document.createElement('button')));
    expect((await faults(page)).join('\n')).toContain('button-name');
    await page.close();
  });
});
