/** A wall as a kiosk, in a real browser: without its server, with a new build, without a picture, and asked for its name. */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { ScreenList } from '../../shared/screens/screen-report.ts';
import { openChromium } from '../helpers/chromium.ts';
import { startFixtureServer } from '../helpers/fixture-server.ts';
import type { FixtureScene, FixtureServer } from '../helpers/fixture-server.ts';
import { fixtureNow } from '../helpers/fixture-now.ts';
import { scenes } from '../helpers/screenshot.ts';
import { eventually, warRoom } from '../helpers/war-room.ts';

const WAIT = { timeout: 60_000 };
const usual = scenes['usual'] as FixtureScene;
/** The same day with a red story that nobody has claimed. */
const red: FixtureScene = {
  ...usual,
  overview: {
    ...usual.overview,
    strip: {
      ...usual.overview.strip,
      cells: usual.overview.strip.cells.map((cell) => ({ ...cell, status: 'open' as const, owner: null })),
    },
  },
};
let server: FixtureServer;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  browser = await openChromium();
});
beforeEach(async () => {
  server = await startFixtureServer(inject('clientRoot'), usual, fixtureNow);
  context = await browser.newContext({ viewport: { width: 1_920, height: 1_080 } });
});
afterEach(async () => {
  await context.close();
  await server.close();
});
afterAll(() => browser?.close());

const ADDRESS = '/wall/overview?lang=zh-CN';
async function open(url = server.url, clock = false): Promise<Page> {
  const page = await context.newPage();
  if (clock) await page.clock.install();
  await page.goto(url + ADDRESS);
  await page.waitForSelector('[data-ready]', WAIT);
  return page;
}

describe('a wall whose server is away', () => {
  it('[S2] is loaded again with its shell and the last truth, grey and with its age, and comes back to life by itself', async () => {
    const page = await open();
    const headline = await page.textContent('.headline');
    await page.waitForSelector('html[data-shell="kept"][data-truth="kept"]', { ...WAIT, state: 'attached' });
    const { url } = server;
    await server.close();
    // As a kiosk that is switched on again: a new page of the same browser, not one that still holds the figures.
    await page.close();
    const again = await context.newPage();
    await again.goto(url + ADDRESS);
    await again.waitForSelector('.band', WAIT);
    expect(await again.textContent('.band-title')).toMatch(/^服务器不可达，最后数据 .*\d{2}:\d{2}（.+前）$/u);
    expect(await again.getAttribute('.wall', 'data-phase')).toBe('grey');
    expect(await again.textContent('.headline')).toBe(headline);
    server = await startFixtureServer(inject('clientRoot'), usual, fixtureNow, { port: Number(new URL(url).port) });
    await again.waitForSelector('.wall[data-phase="live"]', WAIT);
    expect(await again.$('.band')).toBeNull();
  });
});

describe('a wall whose line is cut while it loads', () => {
  it('[S2] stays as it is drawn, and is loaded anew to become a kiosk once its server answers', async () => {
    // The real server: what it answers to the question whether it is there is half of this promise.
    const room = await warRoom();
    try {
      await room.start();
      const page = await context.newPage();
      let [cut, lost] = [true, 0];
      let drawn = false;
      await page.route('**/*', (route) => {
        const late = /\/assets\/kiosk-.*\.js$/u.test(route.request().url());
        if (!cut || !(late || drawn)) return route.continue();
        lost += 1;
        return route.abort();
      });
      await page.goto(room.url + ADDRESS);
      await page.waitForSelector('[data-ready]', WAIT);
      drawn = true;
      await page.evaluate(() => Object.assign(window, { first: true }));
      await expect.poll(() => lost).toBeGreaterThan(3);
      expect(await page.evaluate(() => [document.querySelector('.wall') !== null, 'first' in window])).toEqual([true, true]);
      cut = false;
      await page.waitForSelector('html[data-pointer="hidden"]', { ...WAIT, state: 'attached' });
      expect(await page.evaluate(() => 'first' in window)).toBe(false);
    } finally {
      await room.dispose();
    }
  });
});

describe('a wall and a new build', () => {
  it('is not loaded anew while a story is red that nobody has claimed, and is as soon as somebody has', async () => {
    server.show(red);
    const page = await open(server.url, true);
    await page.evaluate(() => Object.assign(window, { old: true }));
    server.rebuild('fixture-2');
    const isOld = () => page.evaluate(() => 'old' in window);
    await page.waitForFunction(() => document.querySelector('.cell.fire, .cell.breached') !== null);
    for (let i = 0; i < 6; i++) {
      await page.clock.fastForward(20_000);
      expect(await isOld()).toBe(true);
    }
    server.show(usual);
    await expect
      .poll(
        async () => {
          await page.clock.fastForward(6_000);
          return isOld().catch(() => true);
        },
        { timeout: 60_000 },
      )
      .toBe(false);
  });
});

describe('a wall as a kiosk', () => {
  it('hides the pointer that rests, has no menu, is full screen by F, and draws nothing that a lost GPU would leave empty', async () => {
    const page = await open();
    await page.mouse.move(300, 300);
    await page.waitForSelector('html[data-pointer="hidden"]', { ...WAIT, state: 'attached' });
    // Seen by the page itself: three seconds later the pointer rests again.
    await page.evaluate(() => {
      const root = document.documentElement;
      new MutationObserver(() => root.dataset['pointer'] === undefined && Object.assign(window, { pointerSeen: true })).observe(root, {
        attributes: true,
      });
    });
    await page.mouse.move(310, 300);
    await page.waitForFunction(() => 'pointerSeen' in window, undefined, WAIT);
    const menu = await page.evaluate(() => document.body.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true })));
    expect(menu).toBe(false);
    expect(await page.evaluate(() => [document.documentElement.scrollHeight, window.innerHeight])).toEqual([1_080, 1_080]);
    await page.keyboard.press('f');
    await page.waitForFunction(() => document.fullscreenElement !== null, undefined, WAIT);
    // A canvas is what a lost GPU leaves empty; drawings of the document are drawn again by the browser.
    expect(await page.locator('canvas').count()).toBe(0);
    expect(await page.locator('.hours-drawing, .pulse-drawing').count()).toBe(2);
  });
});

describe('a wall and the server that knows it', () => {
  it('[SC1] [SC3] is known by its name, is told frozen when it paints nothing, and shows its name when it is asked which it is', async () => {
    const room = await warRoom();
    try {
      await room.start();
      const wall = await context.newPage();
      await wall.goto(`${room.url}/wall/overview?lang=zh-CN&screen=${encodeURIComponent('前台大屏')}`);
      const state = async (wanted: string) =>
        eventually(
          `the screen is ${wanted}`,
          async () => {
            const { screens } = await room.get<ScreenList>('/api/screens');
            return screens.find((screen) => screen.name === '前台大屏' && screen.state === wanted);
          },
          60_000,
        );
      expect(await state('painting')).toMatchObject({ scene: 'overview', size: [1_920, 1_080, 1], red: 0 });
      // The page goes on running and gets everything; only its picture stands still.
      await wall.evaluate(() => {
        window.requestAnimationFrame = () => 0;
      });
      const frozen = await state('frozen');
      expect(frozen.build).not.toBeNull();
      await wall.reload();
      await state('painting');
      const desk = await context.newPage();
      const refused: string[] = [];
      desk.on('console', (message) => message.text().includes('Content Security Policy') && refused.push(message.text()));
      await desk.goto(`${room.url}/settings/screens?lang=zh-CN`);
      await desk.waitForSelector('.screen-state[data-state="painting"]', WAIT);
      await desk.click('button:has-text("认屏")');
      await wall.waitForSelector('.wall-identity strong:text-is("前台大屏")', WAIT);
      await desk.click('button:has-text("改名")');
      await desk.fill('.screen-name input', '会议室');
      await desk.press('.screen-name input', 'Enter');
      await desk.waitForSelector('bdi:has-text("会议室")', WAIT);
      expect((await room.get<ScreenList>('/api/screens')).screens.map(({ name }) => name)).toEqual(['会议室']);
      // Whoever closes the page is told apart from a page that crashed: it says good-bye.
      await wall.close({ runBeforeUnload: true });
      await desk.waitForSelector('.screen-state[data-state="closed"]', WAIT);
      expect(await desk.textContent('.screen-state')).toBe('已关闭');
      expect(refused).toEqual([]);
    } finally {
      await room.dispose();
    }
  });
});
