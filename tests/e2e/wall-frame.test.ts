/** The frame of the wall in a real browser: rotation, pins, fire, the bar and its keys, and that nothing grows while scenes change. */
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sceneIds } from '../../shared/screens/scenes.ts';
import type { StripGroup } from '../../shared/wire/views/strip.ts';
import type { FixtureScene } from '../helpers/fixture-server.ts';
import { fixtureWall } from '../helpers/fixture-wall.ts';
import { openScreen, scenes } from '../helpers/screenshot.ts';
import { minutes, stripCell } from '../helpers/strip-fixture.ts';

const WALL = [1920, 1080] as const;
const usual = scenes['usual'] as FixtureScene;
const fireScene = sceneIds.find((id) => id.startsWith('sentiment')) ?? 'overview';
const rotation = [
  { scene: 'competitors', seconds: 5 },
  { scene: 'standup', seconds: 5 },
];
const quick: FixtureScene = { ...usual, workspace: { ...usual.workspace, wall: { ...usual.workspace.wall, standup: null, rotation } } };

/** The same day with other stories on the strip of every scene that the rule reads. */
const withStrip = (cells: StripGroup['cells']): FixtureScene => ({
  ...quick,
  overview: { ...quick.overview, strip: { ...quick.overview.strip, cells } },
});
const red = (rest: Parameters<typeof stripCell>[3] = {}) => withStrip([stripCell('17', 'X5 漏水视频', minutes(9), rest)]);

const rig = fixtureWall(usual);
let page: Page;
beforeEach(() => rig.server.show(withStrip([])));
afterEach(async () => page.close());

const shows = (what: { scene?: string; why?: string }): Promise<unknown> =>
  page.waitForFunction(
    ({ scene, why }) => {
      const wall = document.querySelector<HTMLElement>('.wall');
      return wall && (scene === undefined || wall.dataset['scene'] === scene) && (why === undefined || wall.dataset['why'] === why);
    },
    what,
    { timeout: 60_000 },
  );

describe('`/` rotates', () => {
  it('over the scenes of the policy, and says so', async () => {
    page = await openScreen(rig.browser, `${rig.server.url}/?lang=zh-CN`, WALL);
    await shows({ scene: 'competitors', why: 'rotation' });
    await shows({ scene: 'standup' });
    await shows({ scene: 'competitors' });
    expect(await page.textContent('.wall-mode')).toBe('轮播中');
    // One connection carried them all.
    expect(await page.locator('.full-page').count()).toBe(0);
  });

  it('as the policy says that was set while the wall hung there', async () => {
    page = await openScreen(rig.browser, `${rig.server.url}/?lang=zh-CN`, WALL);
    const changed = { ...quick.workspace.wall, rotation: [{ scene: 'overview', seconds: 600 }] };
    rig.server.show({ ...withStrip([]), workspace: { ...quick.workspace, wall: changed } });
    await shows({ scene: 'overview' });
  });

  it('a story that turns red takes its place until somebody claims it; a pinned wall stays', async () => {
    page = await openScreen(rig.browser, `${rig.server.url}/?lang=zh-CN`, WALL);
    const pinned = await openScreen(rig.browser, `${rig.server.url}/wall/competitors?lang=zh-CN`, WALL);
    await shows({ why: 'rotation' });
    rig.server.show(red());
    await shows({ scene: fireScene, why: 'fire' });
    expect(await page.textContent('.wall-mode')).toBe('因火急切入，认领后恢复');
    expect(await pinned.getAttribute('.wall', 'data-scene')).toBe('competitors');
    expect(await pinned.textContent('.wall-mode')).toBe('已固定');
    rig.server.show(red({ status: 'claimed', owner: '林悦' }));
    await shows({ why: 'rotation' });
    await shows({ scene: 'standup' });
    await pinned.close();
  });

  it('opens the stand-up at its minute', async () => {
    const standup = { at: '14:30', days: [1, 2, 3, 4, 5, 6, 7], minutes: 60 };
    const long = [{ scene: 'competitors', seconds: 600 }];
    rig.server.show({ ...withStrip([]), workspace: { ...quick.workspace, wall: { ...quick.workspace.wall, rotation: long, standup } } });
    page = await openScreen(rig.browser, `${rig.server.url}/?lang=zh-CN`, WALL);
    await shows({ scene: 'standup', why: 'standup' });
  });

  it('does not rotate in the hand', async () => {
    page = await openScreen(rig.browser, `${rig.server.url}/?lang=zh-CN`, [390, 844]);
    expect(await page.getAttribute('.wall', 'data-scene')).toBe('overview');
    expect(await page.locator('.wall-nav.handheld a[href="/incidents"]').count()).toBe(1);
  });
});

describe('whoever stands at the wall', () => {
  it('finds nothing in the way until a key is pressed, then scenes, desks and language, and nothing a few seconds later', async () => {
    page = await openScreen(rig.browser, `${rig.server.url}/wall/overview?lang=zh-CN`, WALL);
    expect(await page.locator('.wall-nav').count()).toBe(0);
    await page.keyboard.press('Shift');
    await page.waitForSelector('.wall-nav');
    const links = await page.locator('.wall-nav a').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    for (const href of ['/wall/competitors', '/incidents', '/campaigns', '/kpis', '/standup', '/settings']) expect(links).toContain(href);
    // 回看: the same scene as it was an hour ago, on a whole minute.
    const back = links.find((href) => href?.startsWith('/wall/overview?at='));
    const at = new URL(back ?? '', rig.server.url).searchParams.get('at');
    expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$/);
    await page.waitForSelector('.wall-nav', { state: 'detached', timeout: 60_000 });
  });

  it('pins by digits and arrows, un-pins with space, goes back with the browser, and the address follows', async () => {
    page = await openScreen(rig.browser, `${rig.server.url}/`, WALL);
    await page.keyboard.press('1');
    await shows({ scene: 'overview', why: 'pinned' });
    expect(new URL(page.url()).pathname).toBe('/wall/overview');
    await page.keyboard.press('ArrowRight');
    await shows({ scene: sceneIds[1] ?? '' });
    await page.keyboard.press(' ');
    await shows({ why: 'rotation' });
    expect(new URL(page.url()).pathname).toBe('/');
    await page.goBack();
    await shows({ scene: sceneIds[1] ?? '', why: 'pinned' });
    await page.reload();
    await shows({ scene: sceneIds[1] ?? '', why: 'pinned' });
  });

  it('reaches scenes that the pinned page did not follow so far, without an empty moment', async () => {
    page = await openScreen(rig.browser, `${rig.server.url}/wall/competitors`, WALL);
    await page.evaluate(() => {
      const seen = new Set<string>();
      new MutationObserver(() => {
        seen.add(document.querySelector<HTMLElement>('.wall')?.dataset['scene'] ?? 'nothing');
        document.title = [...seen].join();
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    await page.keyboard.press('2');
    await shows({ scene: 'standup' });
    expect(await page.title()).toBe('competitors,standup');
  });

  it('follows a cell to its story and a title to its page', async () => {
    rig.server.show(withStrip([stripCell('17', 'X5 漏水视频', minutes(90))]));
    page = await openScreen(rig.browser, `${rig.server.url}/wall/overview?lang=zh-CN`, WALL);
    expect(await page.getAttribute('.strip [data-incident]', 'href')).toBe('/incidents/17');
    expect(await page.getAttribute('[data-panel="campaigns"] h2 a', 'href')).toBe('/campaigns');
  });

  it('a television that began in English has a way back, and keeps it', async () => {
    page = await openScreen(rig.browser, `${rig.server.url}/wall/overview?lang=en`, WALL);
    await page.keyboard.press('l');
    await page.waitForFunction(() => document.documentElement.lang === 'zh-CN');
    expect(new URL(page.url()).search).toBe('');
    await page.reload();
    await page.waitForSelector('[data-ready]');
    expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
  });

  it('walks through the bar with a remote', async () => {
    page = await openScreen(rig.browser, `${rig.server.url}/wall/overview?lang=zh-CN`, WALL);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.closest('.wall-nav') !== null);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await shows({ scene: sceneIds[1] ?? '' });
  });
});
