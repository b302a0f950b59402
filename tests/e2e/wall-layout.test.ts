/** Every look of the wall at every size it must fit, and the reflowed page on a phone, measured in a real browser. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { scenePath, scenes as walls } from '../../shared/screens/scenes.ts';
import { openChromium } from '../helpers/chromium.ts';
import { startFixtureServer } from '../helpers/fixture-server.ts';
import type { FixtureServer } from '../helpers/fixture-server.ts';
import { answerReads } from '../helpers/incidents-fixture.ts';
import { layoutFaults } from '../helpers/layout.ts';
import type { LayoutRules } from '../helpers/layout.ts';
import { fixtureNow } from '../helpers/fixture-now.ts';
import { scenarios } from '../helpers/overview-fixture.ts';
import { openScreen, phoneSize, scenes, settle, wallSizes } from '../helpers/screenshot.ts';

let server: FixtureServer;
let browser: Browser;
const scene = (name: string) => {
  const found = scenes[name];
  if (!found) throw new Error(`no scene ${name}`);
  return found;
};
/** Scenes made to strain may cut names; the others show every word. */
const strained = new Set(['longNames', 'hugeNumbers', 'english', 'smallNumbers', 'allStaleEnglish', 'alarms']);
const wallRules = (height: number, mayCut: boolean): LayoutRules => ({
  minFont: (24 * height) / 1080,
  minContrast: 7,
  oneScreen: true,
  mayCut,
});

beforeAll(async () => {
  server = await startFixtureServer(inject('clientRoot'), scene('usual'), fixtureNow);
  server.answer = answerReads(scenarios.usual);
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function showing(page: Page, name: string): Promise<void> {
  server.show(scene(name));
  await page.waitForFunction((expected) => document.querySelector('.wall-name')?.textContent === expected, scene(name).workspace.name);
  await settle(page);
}

describe.each(wallSizes)('the wall at %d×%d', (width, height) => {
  let page: Page;
  let english: Page;
  beforeAll(async () => {
    server.show(scene('usual'));
    page = await openScreen(browser, `${server.url}/wall/overview?lang=zh-CN`, [width, height]);
    english = await openScreen(browser, `${server.url}/wall/overview?lang=en`, [width, height]);
  });
  afterAll(async () => {
    await page?.close();
    await english?.close();
  });

  it.each(Object.keys(scenes).filter((name) => !name.toLowerCase().includes('english')))('in 简体中文: %s', async (name) => {
    await showing(page, name);
    expect(await layoutFaults(page, wallRules(height, strained.has(name)))).toEqual([]);
  });

  it.each(['english', 'empty', 'hugeNumbers', 'longNames', 'kafkaDown', 'alarms', 'rosterGap'])('in English: %s', async (name) => {
    await showing(english, name);
    expect(await layoutFaults(english, wallRules(height, true))).toEqual([]);
  });

  it('[S2] cut off from the server for three minutes', async () => {
    server.show(scene('usual'));
    const cut = await browser.newPage({ viewport: { width, height } });
    await cut.clock.install();
    await cut.goto(`${server.url}/wall/overview?lang=zh-CN`);
    await cut.waitForSelector('[data-ready]');
    server.silence();
    try {
      await cut.clock.fastForward(180_000);
      await cut.clock.runFor(2_000);
      expect(await cut.getAttribute('.wall', 'data-phase')).toBe('grey');
      expect(await layoutFaults(cut, wallRules(height, false))).toEqual([]);
    } finally {
      server.speak();
      await cut.close();
    }
  });
});

describe.each(walls.filter(({ id }) => id !== 'overview').map(({ id }) => id))('the scene %s, pinned', (id) => {
  it.each(wallSizes.flatMap(([width, height]) => [[width, height, 'zh-CN'] as const, [width, height, 'en'] as const]))(
    'at %d×%d in %s',
    async (width, height, language) => {
      server.show(scene('usual'));
      const page = await openScreen(browser, `${server.url}${scenePath(id)}?lang=${language}`, [width, height]);
      expect(await page.getAttribute('.wall', 'data-scene')).toBe(id);
      expect(await layoutFaults(page, wallRules(height, language === 'en'))).toEqual([]);
      await page.close();
    },
  );

  it.each(['zh-CN', 'en'])('on a phone in %s', async (language) => {
    server.show(scene('usual'));
    const page = await openScreen(browser, `${server.url}${scenePath(id)}?lang=${language}`, phoneSize);
    expect(await layoutFaults(page, { minFont: 13, minContrast: 7, oneScreen: false, mayCut: true })).toEqual([]);
    await page.close();
  });
});

describe('an address', () => {
  it('pins the scene it names', async () => {
    server.show(scene('usual'));
    const page = await openScreen(browser, `${server.url}/wall/overview`, [1366, 768]);
    expect(await page.getAttribute('.wall', 'data-scene')).toBe('overview');
    await page.goto(`${server.url}/wall/nowhere`);
    await page.waitForSelector('h1');
    expect(await page.locator('.wall').count()).toBe(0);
    await page.close();
  });
});

describe('on a phone', () => {
  it.each(Object.keys(scenes))('the overview is one readable column: %s', async (name) => {
    server.show(scene(name));
    const page = await openScreen(browser, `${server.url}/wall/overview?lang=${name === 'english' ? 'en' : 'zh-CN'}`, phoneSize);
    expect(await layoutFaults(page, { minFont: 13, minContrast: 7, oneScreen: false, mayCut: true })).toEqual([]);
    await page.close();
  });

  it.each(['/incidents', '/incidents/i-17', '/incidents/i-18'])('%s', async (path) => {
    server.show(scene('usual'));
    const page = await openScreen(browser, server.url + path, phoneSize);
    expect(await layoutFaults(page, { minFont: 13, minContrast: 4.5, oneScreen: false, mayCut: true })).toEqual([]);
    await page.close();
  });
});

describe('on a tablet and a desk', () => {
  it.each([
    [820, 1180],
    [1024, 768],
    [1280, 1024],
  ])('the overview at %d×%d keeps type readable and nothing overlaps', async (width, height) => {
    server.show(scene('usual'));
    const page = await openScreen(browser, `${server.url}/wall/overview?lang=zh-CN`, [width, height]);
    expect(await layoutFaults(page, { minFont: 13, minContrast: 7, oneScreen: false, mayCut: true })).toEqual([]);
    await page.close();
  });

  it.each(['zh-CN', 'en'])('the incident desk in %s', async (language) => {
    server.show(scene('usual'));
    const page = await openScreen(browser, `${server.url}/incidents?lang=${language}`, [1440, 900]);
    expect(await layoutFaults(page, { minFont: 13, minContrast: 4.5, oneScreen: false, mayCut: true })).toEqual([]);
    await page.close();
  });
});
