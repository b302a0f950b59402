/** The board of an earlier moment in a real browser: its figures, what differs now, and moving through the day. */
import { writeFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { scenes as walls, scenePath } from '../../shared/screens/scenes.ts';
import { openChromium } from '../helpers/chromium.ts';
import { startFixtureServer, type FixtureServer } from '../helpers/fixture-server.ts';
import { fixtureNow } from '../helpers/fixture-now.ts';
import { scenes } from '../helpers/screenshot.ts';
import { viewFixtures } from '../helpers/view-fixtures.ts';

const AT = '2026-11-23T14:35:00+08:00';
const { overview } = viewFixtures;
const usual = scenes['usual'];
if (!usual) throw new Error('no usual scene');
const { workspace } = usual;
/** Later facts took 10,000 off the day, and nothing else. */
const restated = { ...overview, today: { ...overview.today, net: (overview.today.net ?? 0) - 1_000_000 } };

let server: FixtureServer;
let browser: Browser;
let page: Page;
const asked: URLSearchParams[] = [];
/** A moment of the fixtures' day lies within the last 90 days only for a clock of that time. */
let serverBegan = fixtureNow + 86_400_000 - performance.now();
const serverNow = () => serverBegan + performance.now();

beforeAll(async () => {
  server = await startFixtureServer(inject('clientRoot'), usual, fixtureNow);
  server.answer = (method, path, _body, query) => {
    const view = /^\/api\/screens\/views\/([^/]+)$/u.exec(path)?.[1];
    const known = query.get('known');
    const at = query.get('at');
    if (method !== 'GET' || view === undefined || known === null || at === null) return undefined;
    asked.push(query);
    const { campaigns: _none, ...told } = known === 'now' ? restated : overview;
    if (Date.parse(at) > serverNow()) return { status: 400, body: { code: 'future', detail: 'in the future', path: 'at' } };
    const state = view === 'overview' ? told : viewFixtures[view as keyof typeof viewFixtures];
    const notKept = view === 'overview' ? [{ group: 'campaigns', reason: 'not_kept' }] : [];
    return { status: 200, body: { at, known, view, state, notKept, now: new Date(serverNow()).toISOString(), workspace } };
  };
  browser = await openChromium();
  page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await page.clock.setFixedTime(serverNow());
  await page.goto(`${server.url}/wall/overview?lang=zh-CN&at=${encodeURIComponent(AT)}`);
  await page.waitForSelector('[data-ready][data-state="ready"]');
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const tags = () => page.locator('[data-changed="today"] .past-tag').allTextContents();

describe('the board as it was', () => {
  it('shows the moment and its figures, and beside each figure that differs what is known now', async () => {
    await page.waitForSelector('[data-changed="today"]', { state: 'attached' });
    expect(await page.locator('.past-when').textContent()).toContain('14:35');
    const [tag = ''] = await tags();
    expect(tag).toMatch(/^现 /u);
    const changed = new Set(
      await page.locator('[data-changed]').evaluateAll((marks) => marks.map((mark) => mark.getAttribute('data-changed'))),
    );
    // The panels that read what was restated, and no other one.
    expect([...changed].filter((panel) => !['today', 'sentence', 'hours'].includes(panel ?? ''))).toEqual([]);
    expect(await page.locator('.past-differ').textContent()).toMatch(/\d+ 处不同/u);
    if (process.env['SHOTS']) writeFileSync(`${process.env['SHOTS']}/past.png`, await page.screenshot());
  });

  it('says in words what cannot be told for that moment', async () => {
    const panel = page.locator('.past-board:not([inert]) [data-panel="campaigns"]');
    expect(await panel.textContent()).toContain('没有留存');
  });

  it('turns to what is known now, with what was known then beside it', async () => {
    await page.keyboard.press('k');
    await page.waitForFunction(() => document.querySelector('[data-changed="today"] .past-tag')?.textContent?.startsWith('当时 '));
    expect(new URL(page.url()).searchParams.get('known')).toBe('now');
    await page.keyboard.press('k');
    await page.waitForFunction(() => document.querySelector('[data-changed="today"] .past-tag')?.textContent?.startsWith('现 '));
  });

  it('moves by the minute with the arrow keys, by the day with the page keys, and with the slider; the address follows', async () => {
    const at = () => page.evaluate(() => new URLSearchParams(location.search).get('at'));
    await page.keyboard.press('ArrowRight');
    await expect.poll(at).toBe('2026-11-23T06:36:00Z');
    await page.keyboard.press('PageUp');
    await expect.poll(at).toBe('2026-11-22T06:36:00Z');
    await page.locator('.past-slider').fill('60');
    await expect.poll(at).toBe('2026-11-21T17:00:00Z');
    await page.waitForSelector(`[data-state="ready"][data-at="${Date.parse('2026-11-21T17:00:00Z')}"]`);
    // Both are asked for at the same time, so that either may come first.
    const known = () => asked.filter((query) => query.get('at')?.startsWith('2026-11-21T17:00')).map((query) => query.get('known'));
    await expect.poll(() => ['then', 'now'].map((each) => known().filter((one) => one === each).length)).toEqual([1, 1]);
  });

  it.each(walls.map(({ id }) => id))('draws the scene %s', async (id) => {
    await page.goto(`${server.url}${scenePath(id)}?lang=zh-CN&at=${encodeURIComponent(AT)}`);
    await page.waitForSelector('[data-ready][data-state="ready"]');
    const drawn = await page
      .locator('.past-board:not([inert]) [data-panel]')
      .evaluateAll((panels) => panels.filter((panel) => panel.textContent?.includes('这个面板')).length);
    expect(drawn).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollHeight <= innerHeight)).toBe(true);
    if (process.env['SHOTS']) writeFileSync(`${process.env['SHOTS']}/past-${id}.png`, await page.screenshot());
  });

  it('says that a moment cannot be read, and leads back', async () => {
    await page.goto(`${server.url}/wall/overview?lang=zh-CN&at=yesterday`);
    await page.waitForSelector('.full-page');
    expect(await page.locator('h1').textContent()).toBe('看不懂这个时刻');
    expect(await page.locator('.full-page a').getAttribute('href')).toBe('/wall/overview');
  });

  it('goes no further than the clock of the server, whatever that of the screen says', async () => {
    serverBegan = Date.parse(AT) + 90_000 - performance.now();
    await page.goto(`${server.url}/wall/overview?lang=zh-CN&at=${encodeURIComponent(AT)}`);
    await page.waitForSelector('[data-ready][data-state="ready"]');
    for (const key of ['ArrowRight', 'PageDown', 'PageDown']) await page.keyboard.press(key);
    const at = () => page.evaluate(() => Date.parse(new URLSearchParams(location.search).get('at') ?? ''));
    await expect.poll(at).toBeGreaterThan(Date.parse(AT));
    await page.waitForFunction(
      (moment) => Number(document.querySelector('[data-state="ready"]')?.getAttribute('data-at')) > moment,
      Date.parse(AT),
    );
    expect(await page.locator('.full-page').count()).toBe(0);
  });

  it('says that a moment lies ahead by the clock of the server, with a way back that can be read', async () => {
    await page.goto(`${server.url}/wall/overview?lang=zh-CN&at=2030-01-01T00:00:00Z`);
    await page.waitForSelector('.full-page h1:has-text("这个时刻还没有到")');
    expect(await page.locator('.full-page').textContent()).toContain('按服务器的时钟');
    const back = page.locator('.full-page a');
    expect(await back.getAttribute('href')).toBe('/wall/overview');
    const us = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.color = 'var(--us)';
      return getComputedStyle(probe).color;
    });
    expect(await back.evaluate((link) => getComputedStyle(link).color)).toBe(us);
  });
});
