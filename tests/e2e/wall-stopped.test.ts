/**
 * A wall whose script stands still for good draws nothing any more, so nothing in the page can say that its figures are old.
 * What is looked at are the pictures that the browser hands out, which need no script of the page.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { STOPPED_AFTER_MS } from '../../client/screen/stopped-mark.tsx';
import { openChromium } from '../helpers/chromium.ts';
import { fixtureNow } from '../helpers/fixture-now.ts';
import { startFixtureServer, type FixtureScene, type FixtureServer } from '../helpers/fixture-server.ts';
import { openScreen, scenes } from '../helpers/screenshot.ts';

let server: FixtureServer;
let browser: Browser;
/** Another page looks at the pictures, because the script of the first one stands still. */
let looker: Page;

beforeAll(async () => {
  server = await startFixtureServer(inject('clientRoot'), scenes['usual'] as FixtureScene, fixtureNow);
  browser = await openChromium();
  looker = await browser.newPage();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** Mean brightness, 0 to 255, of the upper edge of a picture in base64. */
const brightness = (picture: string): Promise<number> =>
  looker.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, 8);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas to look at the picture with');
    context.drawImage(image, 0, 4, image.width, 8, 0, 0, image.width, 8);
    const { data: bytes } = context.getImageData(0, 0, image.width, 8);
    return bytes.reduce((sum, byte, at) => (at % 4 === 3 ? sum : sum + byte), 0) / ((bytes.length / 4) * 3);
  }, picture);

describe('[S2] a wall whose script stands still', () => {
  it('is covered by a bright mark that needs no script, which a wall that draws never shows', { timeout: 180_000 }, async () => {
    const page = await openScreen(browser, `${server.url}/wall/overview?lang=zh-CN`, [1920, 1080]);
    await page.waitForSelector('.stopped-mark', { state: 'attached', timeout: 60_000 });
    expect(await page.getAttribute('.stopped-mark', 'data-words')).toMatch(/^画面停在 \d\d:\d\d:\d\d，之后没有更新/u);
    // The mark of a wall that draws is put back long before it is uncovered.
    const furthest = await page.evaluate(async () => {
      const [mark] = document.querySelector('.stopped-mark')?.getAnimations() ?? [];
      let most = 0;
      const until = performance.now() + 12_000;
      while (performance.now() < until) {
        await new Promise((done) => setTimeout(done, 100));
        most = Math.max(most, Number(mark?.currentTime ?? Infinity));
      }
      return most;
    });
    expect(furthest).toBeLessThan(STOPPED_AFTER_MS);

    const session = await page.context().newCDPSession(page);
    const pictures: string[] = [];
    session.on('Page.screencastFrame', ({ data, sessionId }) => {
      pictures.push(data);
      void session.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
    });
    await session.send('Page.startScreencast', { format: 'png' });
    await expect.poll(() => pictures.length, { timeout: 60_000 }).toBeGreaterThan(0);
    expect(await brightness(pictures.at(-1) ?? '')).toBeLessThan(60);
    void page
      .evaluate(() => {
        for (;;) if (performance.now() < 0) return;
      })
      .catch(() => undefined);
    await expect.poll(() => brightness(pictures.at(-1) ?? ''), { timeout: 90_000, interval: 500 }).toBeGreaterThan(180);
  });
});
