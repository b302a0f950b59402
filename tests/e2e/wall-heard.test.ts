/** What a wall is heard about, and its moments, in a real browser whose tones and voice are counted. */
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fixtureNow } from '../helpers/fixture-now.ts';
import type { FixtureScene } from '../helpers/fixture-server.ts';
import { fixtureWall } from '../helpers/fixture-wall.ts';
import { usualDay } from '../helpers/overview-day.ts';
import { scenes } from '../helpers/screenshot.ts';
import { minutes, stripCell } from '../helpers/strip-fixture.ts';

const usual = scenes['usual'] as FixtureScene;
const quietDay = (day: FixtureScene): FixtureScene => ({ ...day, overview: { ...day.overview, strip: { ...usualDay.strip, cells: [] } } });
const rig = fixtureWall(usual);
/** A story with eight and a half minutes left by the clock of the server, however long the page has been loading. */
const red = (): FixtureScene => ({
  ...usual,
  overview: {
    ...usual.overview,
    strip: { ...usualDay.strip, cells: [stripCell('17', 'X5 漏水视频', rig.server.now() - fixtureNow + minutes(8.5))] },
  },
});
let page: Page;
beforeEach(async () => {
  rig.server.show(quietDay(usual));
  page = await rig.browser.newPage({ viewport: { width: 1920, height: 1080 } });
  // What is heard is written where the test can read it: headless machines have neither loudspeaker nor voices.
  await page.addInitScript(() => {
    const hear = (what: string): void => {
      const heard = document.documentElement.dataset['heard'] ?? '';
      document.documentElement.dataset['heard'] = `${heard}${what};`;
    };
    OscillatorNode.prototype.start = () => hear('note');
    OscillatorNode.prototype.stop = () => undefined;
    AudioContext.prototype.resume = async () => undefined;
    Object.defineProperty(AudioContext.prototype, 'state', { get: () => 'running' });
    SpeechSynthesis.prototype.speak = ({ text }) => hear(text);
  });
});
afterEach(async () => page.close());

const open = async (): Promise<void> => {
  await page.goto(`${rig.server.url}/wall/overview?lang=zh-CN`);
  await page.waitForSelector('[data-ready]');
};
const heard = (): Promise<string> => page.evaluate(() => document.documentElement.dataset['heard'] ?? '');
/** A heartbeat later whatever had to be heard was heard. */
const afterHeartbeats = async (): Promise<void> => {
  const before = await page.textContent('.wall-clock');
  await page.waitForFunction((then) => document.querySelector('.wall-clock')?.textContent !== then, before);
  await page.evaluate(() => new Promise((done) => setTimeout(done, 1_000)));
};

it('a story that turns red is heard once, and not again after a reload', async () => {
  await open();
  expect(await heard()).toBe('');
  rig.server.show(red());
  await expect.poll(heard, { timeout: 60_000 }).toBe('note;note;火急舆情：X5 漏水视频。还有 8 分钟，没有人认领。;');
  await page.reload();
  await page.waitForSelector('.cell.fire');
  await afterHeartbeats();
  expect(await heard()).toBe('');
});

it('nothing is heard in quiet hours', async () => {
  const wall = { ...usual.workspace.wall, quiet: { from: '14:00', to: '15:00' } };
  rig.server.show({ ...red(), workspace: { ...usual.workspace, wall } });
  await open();
  await page.waitForSelector('.cell.fire');
  await afterHeartbeats();
  expect(await heard()).toBe('');
  rig.server.show({ ...red(), workspace: { ...usual.workspace, wall: { ...wall, quiet: null, sound: false } } });
  await expect.poll(heard, { timeout: 60_000 }).toMatch(/^火急舆情/u);
});

it('a big move and a target that is reached are shown for a moment, once', async () => {
  await open();
  const [first] = usualDay.competitors;
  if (!first) throw new Error('the fixture has a move');
  const move = { ...first, moveId: 'V-9', at: fixtureNow, title: 'A9 降价', impact: 'high' as const };
  rig.server.patch({ competitors: [move, ...usualDay.competitors] });
  await page.waitForSelector('.wall-moment:has-text("A9 降价")');
  rig.server.patch({ today: { ...usualDay.today, net: (usualDay.today.target ?? 0) + 100 } });
  await page.waitForSelector('.wall-moment:has-text("今日目标达成")', { timeout: 60_000 });
  await page.waitForSelector('.wall-moment', { state: 'detached', timeout: 60_000 });
  rig.server.patch({ today: usualDay.today });
  rig.server.patch({ today: { ...usualDay.today, net: (usualDay.today.target ?? 0) + 200 } });
  await afterHeartbeats();
  expect(await page.locator('.wall-moment').count()).toBe(0);
});
