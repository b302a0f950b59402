/**
 * Takes pictures of the screens, for people to look at:
 *   node tests/helpers/screenshot.ts [out folder] [scenario …]
 * Needs a built client (npx vite build).
 */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from './chromium.ts';
import { startFixtureServer } from './fixture-server.ts';
import type { FixtureScene, FixtureServer } from './fixture-server.ts';
import { viewFixtures } from './view-fixtures.ts';
import { funnelCrowded, funnelEmpty, funnelOne } from './funnel-fixture.ts';
import { campaignsCrowded, campaignsEmpty, campaignsOne } from './runs-fixture.ts';
import { answerReads, emptyIncidents } from './incidents-fixture.ts';
import { fixtureNow } from './fixture-now.ts';
import {
  kafkaDown,
  scenarios,
  workspaces,
  sourceRunning,
  streamsAllStale,
  streamsNever,
  streamsOneStale,
  streamsUsual,
} from './overview-fixture.ts';
import { crowdedTalk, emptyTalk, oneStory } from './sentiment-fixture.ts';

export const wallSizes = [
  [1920, 1080],
  [3840, 2160],
  [1366, 768],
  [2560, 1080],
] as const;
export const phoneSize = [390, 844] as const;

const running = (now: number) => [sourceRunning(now)];
const base = { ...viewFixtures, workspace: workspaces.usual, streams: streamsUsual, sources: running, problems: [] };

/** Every look a screen can have, by name. */
export const scenes: Readonly<Record<string, FixtureScene>> = {
  usual: { ...base, overview: scenarios.usual },
  oneStale: {
    ...base,
    workspace: workspaces.real,
    overview: scenarios.usual,
    streams: streamsOneStale,
  },
  empty: {
    ...base,
    workspace: workspaces.empty,
    overview: scenarios.empty,
    streams: streamsNever,
    incidents: emptyIncidents,
    campaigns: campaignsEmpty,
    funnel: funnelEmpty,
    sentiment: emptyTalk,
  },
  longNames: {
    ...base,
    workspace: workspaces.longNames,
    overview: scenarios.longNames,
    streams: streamsAllStale,
    campaigns: campaignsCrowded,
    funnel: funnelCrowded,
    sentiment: crowdedTalk,
  },
  hugeNumbers: { ...base, overview: scenarios.hugeNumbers, campaigns: campaignsCrowded, funnel: funnelCrowded },
  smallNumbers: { ...base, overview: scenarios.smallNumbers, sentiment: oneStory, campaigns: campaignsOne, funnel: funnelOne },
  english: { ...base, workspace: workspaces.english, overview: scenarios.english, streams: streamsOneStale },
  alarms: {
    ...base,
    workspace: workspaces.alarms,
    overview: scenarios.alarms,
    sentiment: crowdedTalk,
    problems: ['alerts_undelivered', 'no_alert_channel', 'watchdog_failed'],
    rosterGap: { from: fixtureNow + 2 * 86_400_000, to: fixtureNow + 2 * 86_400_000 + 9 * 3_600_000, more: 3 },
  },
  rosterGap: {
    ...base,
    workspace: { ...workspaces.alarms, name: '山澜咖啡·值班' },
    overview: scenarios.usual,
    problems: ['no_alert_channel'],
    rosterGap: { from: fixtureNow + 2 * 86_400_000, to: fixtureNow + 3 * 86_400_000, more: 0 },
  },
  kafkaDown: { ...base, overview: scenarios.usual, sources: (now) => [kafkaDown(now), sourceRunning(now)] },
};

/** `still`: more than a wall has charts. `most`: half a second where frames are fast. */
const frames = { still: 8, most: 30 };

/** Opens a page and waits until numbers and fonts are there and the charts are painted. */
export async function openScreen(browser: Browser, url: string, size: readonly [number, number]): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: size[0], height: size[1] } });
  await page.goto(url);
  await page.waitForSelector('[data-ready]', { timeout: 60_000 });
  await settle(page);
  return page;
}

/**
 * Resolves once the page is at rest: its fonts are there, no animation runs, and for some frames in a row nothing of the
 * document has changed. A rolling figure changes in every frame; the charts, one a frame, are painted within these frames.
 * Where frames are so slow that running clocks change the document within each such row, it gives up after many frames.
 */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async ({ still, most }) => {
    await document.fonts.ready;
    let unchanged = 0;
    const observer = new MutationObserver(() => (unchanged = 0));
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    // The drawing of a wall steps aside every few minutes: an animation without an end, which is no movement. Neither is the one
    // that would uncover the mark of a picture that stands still.
    const moves = () =>
      document
        .getAnimations()
        .some(
          ({ id, playState, effect }) =>
            id !== 'stopped-mark' && playState === 'running' && effect?.getComputedTiming().endTime !== Infinity,
        );
    for (let frame = 0; frame < most && unchanged < still; frame += 1) {
      await new Promise((done) => requestAnimationFrame(done));
      unchanged = moves() ? 0 : unchanged + 1;
    }
    observer.disconnect();
  }, frames);
}

/** What a screen looks like three minutes after the server fell silent. */
async function shootFrozen(server: FixtureServer, browser: Browser, out: string): Promise<void> {
  server.show(scenes['usual'] as FixtureScene);
  for (const size of [wallSizes[0], phoneSize]) {
    const page = await browser.newPage({ viewport: { width: size[0], height: size[1] } });
    await page.clock.install();
    await page.goto(`${server.url}/wall/overview`);
    await page.waitForSelector('[data-ready]');
    await page.clock.runFor(2_000);
    server.silence();
    await page.clock.fastForward(180_000);
    await page.clock.runFor(2_000);
    await page.screenshot({ path: resolve(out, `frozen-${size[0]}x${size[1]}.png`), fullPage: size === phoneSize });
    await page.close();
    server.speak();
  }
}

async function shootDesk(server: FixtureServer, browser: Browser, out: string): Promise<void> {
  server.show(scenes['usual'] as FixtureScene);
  server.answer = answerReads(scenarios.usual);
  const shots = [
    ['desk-1440x900', '/incidents?lang=zh-CN', [1440, 900]],
    ['desk-en-1440x900', '/incidents?lang=en', [1440, 900]],
    ['desk-list-390x844', '/incidents?lang=zh-CN', phoneSize],
    ['desk-story-390x844', '/incidents/i-17?lang=zh-CN', phoneSize],
  ] as const;
  for (const [name, path, size] of shots) {
    const page = await openScreen(browser, server.url + path, size);
    // Whoever has the first story looks at it.
    await page.evaluate(() => localStorage.setItem('warroom.actor', '林悦'));
    await page.reload();
    await page.waitForSelector('[data-ready]');
    await settle(page);
    await page.screenshot({ path: resolve(out, `${name}.png`), fullPage: true });
    await page.close();
  }
}

async function shoot(server: FixtureServer, browser: Browser, out: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const scene = scenes[name];
    if (!scene) throw new Error(`no scene ${name}`);
    server.show(scene);
    const sizes = name === 'usual' ? [...wallSizes, phoneSize] : [wallSizes[0], phoneSize];
    for (const size of sizes) {
      const page = await openScreen(browser, `${server.url}/wall/overview?lang=${name === 'english' ? 'en' : 'zh-CN'}`, size);
      await page.screenshot({ path: resolve(out, `${name}-${size[0]}x${size[1]}.png`), fullPage: size === phoneSize });
      await page.close();
    }
  }
}

if (import.meta.main) {
  const [out = '.cache/screens', ...names] = process.argv.slice(2);
  await mkdir(out, { recursive: true });
  const server = await startFixtureServer(resolve('dist/client'), scenes['usual'] as FixtureScene, fixtureNow);
  const browser = await openChromium();
  try {
    const wanted = names.length > 0 ? names : [...Object.keys(scenes), 'frozen', 'desk'];
    await shoot(
      server,
      browser,
      out,
      wanted.filter((name) => name in scenes),
    );
    if (wanted.includes('desk')) await shootDesk(server, browser, out);
    if (wanted.includes('frozen')) await shootFrozen(server, browser, out);
  } finally {
    await browser.close();
    await server.close();
  }
}
