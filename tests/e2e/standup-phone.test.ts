/** The meeting run with one thumb: on a phone one part at a time, and what comes next always in reach. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openChromium } from '../helpers/chromium.ts';
import { fixtureNow } from '../helpers/fixture-now.ts';
import { startFixtureServer, type FixtureScene, type FixtureServer } from '../helpers/fixture-server.ts';
import { phoneSize, scenes } from '../helpers/screenshot.ts';
import { answerStandup } from '../helpers/standup-answers.ts';

const WAIT = { timeout: 60_000 };
let server: FixtureServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await startFixtureServer(inject('clientRoot'), scenes['usual'] as FixtureScene, fixtureNow);
  server.answer = (method, path) => answerStandup(method, path);
  browser = await openChromium();
  page = await browser.newPage({ viewport: { width: phoneSize[0], height: phoneSize[1] } });
  await page.goto(`${server.url}/standup?lang=zh-CN`);
  await page.waitForSelector('.promise', WAIT);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const next = () => page.locator('.turn-buttons button').last();
const part = () => page.textContent('.meeting-part[aria-current]');

describe('the stand-up on a phone', () => {
  it('goes person after person, then to what waits, then to the minutes, by a button that is always in reach', async () => {
    const walked: string[] = [];
    for (let at = 0; at < 12; at += 1) {
      const box = await next().boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(44);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(phoneSize[1]);
      // No step is longer than two screens of the phone.
      expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(2 * phoneSize[1]);
      walked.push((await part())?.startsWith('承诺') ? ((await page.textContent('.part h2')) ?? '') : ((await part()) ?? '').trim());
      if (await next().isDisabled()) break;
      await next().click();
    }
    expect(walked.map((name) => name.replace(/ .*/u, ''))).toEqual(['何晚', '许诺', '陈放', '林悦', '罗衡', '周屿', '待协调', '纪要']);
    await page.locator('.turn-buttons button').first().click();
    expect(await part()).toContain('待协调');
  });

  it('asks for the name where it is missing, and puts the cursor there', async () => {
    await page.locator('.meeting-part', { hasText: '承诺' }).click();
    await page.locator('.promise.open').getByRole('button', { name: '守约' }).first().click();
    await page.waitForSelector('.meeting-fault', WAIT);
    expect(await page.textContent('.meeting-fault')).toContain('先写名字');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('meeting-actor');
  });
});
