/** How a page behaves on its line: snapshots, patches, gaps, new builds; and that it takes nothing from elsewhere. A silent server is the business of wall-honesty.test.ts. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { zhCN } from '../../client/i18n/zh-cn.ts';
import { awayWords } from '../../client/screen/away-glyphs.ts';
import { openChromium } from '../helpers/chromium.ts';
import { startFixtureServer } from '../helpers/fixture-server.ts';
import type { FixtureScene, FixtureServer } from '../helpers/fixture-server.ts';
import { answerReads } from '../helpers/incidents-fixture.ts';
import { fixtureNow } from '../helpers/fixture-now.ts';
import { scenarios, usualDay } from '../helpers/overview-fixture.ts';
import { openScreen, scenes, settle } from '../helpers/screenshot.ts';

let root: string;
let server: FixtureServer;
let browser: Browser;
const WALL = [1920, 1080] as const;

beforeAll(async () => {
  root = inject('clientRoot');
  browser = await openChromium();
});
beforeEach(async () => {
  await server?.close();
  server = await startFixtureServer(root, scenes['usual'] as FixtureScene, fixtureNow);
  server.answer = answerReads(scenarios.usual);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const headline = (page: Page) => page.textContent('.headline');

describe('a wall on its line', () => {
  it('shows a patch: the figure rolls to it once and stops', async () => {
    const page = await openScreen(browser, `${server.url}/wall/overview`, WALL);
    expect(await headline(page)).toBe('¥63.5万');
    server.patch({ today: { ...usualDay.today, net: (usualDay.today.net ?? 0) + 40_000_000 } });
    await page.waitForFunction(() => document.querySelector('.headline')?.textContent === '¥103.5万');
    await settle(page);
    expect(await headline(page)).toBe('¥103.5万');
    await page.close();
  });

  it('obeys the wish for less motion: the new figure is there at once', async () => {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, reducedMotion: 'reduce' });
    await page.goto(`${server.url}/wall/overview`);
    await page.waitForSelector('[data-ready]');
    await page.evaluate(() => {
      const seen = new Set<string>();
      Object.assign(window, { seen });
      new MutationObserver(() => seen.add(document.querySelector('.headline')?.textContent ?? '')).observe(document.body, {
        subtree: true,
        characterData: true,
        childList: true,
      });
    });
    server.patch({ today: { ...usualDay.today, net: (usualDay.today.net ?? 0) + 40_000_000 } });
    await page.waitForFunction(() => document.querySelector('.headline')?.textContent === '¥103.5万');
    const seen = await page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen]);
    expect(seen.filter((text) => text !== '¥63.5万')).toEqual(['¥103.5万']);
    await page.close();
  });

  it('[S1] connects again when a patch is missing and shows the newest state', async () => {
    const page = await openScreen(browser, `${server.url}/wall/overview`, WALL);
    const before = server.connections();
    server.tearStream();
    await expect.poll(() => server.connections(), { timeout: 60_000 }).toBe(before + 1);
    server.patch({ today: { ...usualDay.today, net: 12_300_000 } });
    await expect.poll(() => headline(page), { timeout: 60_000 }).toBe('¥12.3万');
    await page.close();
  });

  it('[S2] a page that slept does not look live for a moment when it is shown again', async () => {
    const page = await openScreen(browser, `${server.url}/wall/overview`, WALL);
    // An hour passes without a single timer running, as in a machine asleep; then the page is shown, and before
    // anything else can run it must have compared its clocks.
    const phase = await page.evaluate(async () => {
      const awake = Date.now;
      Date.now = () => awake() + 3_600_000;
      document.dispatchEvent(new Event('visibilitychange'));
      await Promise.resolve();
      await new Promise((done) => queueMicrotask(() => done(undefined)));
      return document.querySelector('.wall')?.getAttribute('data-phase');
    });
    expect(phase).toBe('grey');
    await page.close();
  });

  it('loads itself again when the server serves a new build', async () => {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await page.clock.install();
    await page.goto(`${server.url}/wall/overview`);
    await page.waitForSelector('[data-ready]');
    await page.evaluate(() => Object.assign(window, { old: true }));
    server.rebuild('fixture-2');
    // The page learns of the build by a heartbeat and chooses an instant within the next 15 s.
    await expect
      .poll(
        async () => {
          await page.clock.fastForward(16_000);
          return page.evaluate(() => 'old' in window);
        },
        { timeout: 60_000 },
      )
      .toBe(false);
    await page.waitForSelector('[data-ready]');
    await page.close();
  });

  it('takes everything from its own server and breaks no rule of the page’s policy', async () => {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    const foreign: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url)) foreign.push(request.url());
    });
    page.on('console', (message) => {
      // Chromium's own note where the service worker takes a page over while it loads: whether it does is a matter of time.
      if (message.text().includes('cross-world service worker resource mismatch')) return;
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    for (const [path, shown] of [
      ['/?lang=zh-CN', '[data-ready]'],
      ['/?lang=en', '[data-ready]'],
      ['/incidents', '[data-ready]'],
      ['/nothing-here', 'a.button'],
    ] as const) {
      await page.goto(server.url + path);
      await page.waitForSelector(shown);
      await settle(page);
    }
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('says so when no server ever answered', async () => {
    const page = await browser.newPage();
    // The clock of the page goes on only here: loading it may take a busy machine longer than the page waits for its server.
    await page.clock.install({ time: fixtureNow });
    await page.clock.pauseAt(fixtureNow + 1_000);
    server.silence();
    await page.goto(`${server.url}/wall/overview?lang=zh-CN`);
    const first = async () => {
      await page.clock.runFor(10);
      return page.locator('h1').allTextContents();
    };
    await expect.poll(first).toEqual(['正在连接']);
    await page.clock.runFor(11_000);
    expect(await page.textContent('h1')).toBe('连不上服务器');
    await page.close();
  });

  it('leads home from an address that is no page, and remembers the language', async () => {
    const page = await browser.newPage();
    await page.goto(`${server.url}/nowhere?lang=en`);
    expect(await page.textContent('h1')).toBe('No such page');
    await page.goto(`${server.url}/nowhere`);
    expect(await page.textContent('h1')).toBe('No such page');
    await page.click('a.button');
    await page.waitForSelector('[data-ready]');
    await page.close();
  });
});

describe('a wall that is going to lose its server', () => {
  it('has the glyphs of what it says then, before it says them', async () => {
    const page = await openScreen(browser, `${server.url}/wall/campaigns?lang=zh-CN`, WALL);
    for (const text of [awayWords('zh-CN'), zhCN.connection.lostDetail]) {
      for (const weight of [400, 500]) {
        const font = `${weight} 24px "Noto Sans SC"`;
        await page.waitForFunction(([of, words]) => document.fonts.check(of ?? '', words), [font, text]);
      }
    }
    expect(awayWords('zh-CN')).toContain(zhCN.strip.stoppedClaimed);
    await page.close();
  });
});

describe('the head of a desk', () => {
  it('leaves the demo only after a question', async () => {
    const reads = answerReads(scenarios.usual);
    const sent: string[] = [];
    server.answer = (method, path, body, query) => {
      const read = reads(method, path, body, query);
      if (read || method === 'GET') return read;
      sent.push(path);
      return { status: 200, body: { started: true } };
    };
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${server.url}/incidents?lang=zh-CN`);
    await page.waitForSelector('[data-ready]');
    expect(await page.textContent('.desk-head .demo-mark')).toBe('演示数据');
    await page.click('[data-act="start-real"]');
    expect(sent).toEqual([]);
    await page.click('.desk-dialog .primary');
    await expect.poll(() => sent).toEqual(['/api/workspace/start-real']);
    await page.close();
  });
});
