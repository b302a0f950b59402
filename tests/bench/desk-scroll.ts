/**
 * How smooth the queue of the desk scrolls with 5,000 open stories on a processor four times slower:
 *   node tests/bench/desk-scroll.ts
 * Needs a built client (npx vite build). Prints the worst and the median frame of scrolling, ms.
 */
import { resolve } from 'node:path';
import type { IncidentView } from '../../shared/incidents/types.ts';
import { openChromium } from '../helpers/chromium.ts';
import { startFixtureServer, type FixtureScene } from '../helpers/fixture-server.ts';
import { fixtureNow } from '../helpers/fixture-now.ts';
import { answerReads, incidentsFixture } from '../helpers/incidents-fixture.ts';
import { scenarios } from '../helpers/overview-fixture.ts';
import { scenes } from '../helpers/screenshot.ts';

const STORIES = 5_000;
const FIRST_PAGE = 100;
const SLOWER = 4;
const FRAMES = 240;

const [model] = incidentsFixture.open.incidents;
if (!model) throw new Error('the fixture has no open story');
const stories = Array.from({ length: STORIES }, (_, i): IncidentView => ({
  ...model,
  id: `i-${1_000 + i}`,
  code: `A${1_000 + i}`,
  title: `第 ${i} 条：X5 漏水，客服让我自己买密封圈`,
  owner: i % 3 === 0 ? '林悦' : null,
  status: i % 3 === 0 ? 'claimed' : 'open',
  clocks: model.clocks.map((clock) => ({ ...clock, dueAt: clock.dueAt + i * 1_000 })),
}));
const usual = scenes['usual'] as FixtureScene;
const open = { incidents: stories.slice(0, FIRST_PAGE), total: STORIES, next: String(FIRST_PAGE) };
const server = await startFixtureServer(resolve('dist/client'), { ...usual, incidents: { ...incidentsFixture, open } }, fixtureNow);
const reads = answerReads(scenarios.usual);
server.answer = (method, path, body, query) => {
  if (path !== '/api/incidents') return reads(method, path, body, query);
  const from = Number(query.get('cursor') ?? '0');
  const to = from + Number(query.get('limit') ?? '200');
  return { status: 200, body: { incidents: stories.slice(from, to), total: STORIES, next: to < STORIES ? String(to) : null } };
};
const browser = await openChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${server.url}/incidents/i-17?lang=zh-CN`);
  await page.waitForSelector('.queue-row');
  await page.waitForFunction(() => document.querySelector('.queue-partial') === null);
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const times = await page.evaluate(async (frames) => {
    const box = document.querySelector('.virtual-box');
    if (!box) throw new Error('no queue');
    const next = () => new Promise<number>((done) => requestAnimationFrame(done));
    const found: number[] = [];
    let before = await next();
    for (let i = 0; i < frames; i += 1) {
      box.scrollTop += 480;
      const now = await next();
      found.push(now - before);
      before = now;
    }
    return found;
  }, FRAMES);
  const sorted = times.toSorted((a, b) => a - b);
  const rows = await page.locator('.queue-row').count();
  process.stdout.write(
    `${STORIES} stories, CPU ÷ ${SLOWER}: worst frame ${Math.round(sorted.at(-1) ?? 0)} ms, median ${Math.round(sorted[FRAMES >> 1] ?? 0)} ms, ${rows} rows in the document\n`,
  );
} finally {
  await browser.close();
  await server.close();
}
