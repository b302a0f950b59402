/**
 * How smooth the queue of the desk scrolls with 5,000 open stories on a processor four times slower, while the list comes anew
 * four times a second as it does in a bad hour: each patch changes the figures of twenty of its stories.
 */
import path from 'node:path';
import type { IncidentView } from '../../shared/incidents/types.ts';
import { openChromium } from '../helpers/chromium.ts';
import { startFixtureServer } from '../helpers/fixture-server.ts';
import { fixtureNow } from '../helpers/fixture-now.ts';
import { answerReads, incidentsFixture } from '../helpers/incidents-fixture.ts';
import { scenarios } from '../helpers/overview-fixture.ts';
import { projectRoot } from '../helpers/project-root.ts';
import { scenes } from '../helpers/screenshot.ts';
import { frameTimes } from './main-thread.ts';
import { median, quantile, spread } from './statistics.ts';

export interface DeskScrollReport {
  readonly lines: readonly string[];
  /** The median of the worst frames of the rounds, ms. */
  readonly worstMs: number;
}

const STORIES = 5_000;
const FIRST_PAGE = 100;
const SLOWER = 4;
const FRAMES = 240;
const PATCH_EVERY_MS = 250;
const CHANGED = 20;

function openStories(): readonly IncidentView[] {
  const [model] = incidentsFixture.open.incidents;
  if (!model) throw new Error('the fixture has no open story');
  return Array.from({ length: STORIES }, (_, i): IncidentView => ({
    ...model,
    id: `i-${1_000 + i}`,
    code: `A${1_000 + i}`,
    title: `第 ${i} 条：X5 漏水，客服让我自己买密封圈`,
    owner: i % 3 === 0 ? '林悦' : null,
    status: i % 3 === 0 ? 'claimed' : 'open',
    clocks: model.clocks.map((clock) => ({ ...clock, dueAt: clock.dueAt + i * 1_000 })),
  }));
}

export async function benchDeskScroll({ rounds }: { rounds: number }): Promise<DeskScrollReport> {
  const usual = scenes['usual'];
  if (!usual) throw new Error('there is no usual scene');
  const stories = openStories();
  const pageOf = (turn: number) => ({
    incidents: stories
      .slice(0, FIRST_PAGE)
      .map((story, i) => (i < CHANGED ? { ...story, mentionCount: story.mentionCount + turn, version: story.version + turn } : story)),
    total: STORIES,
    next: String(FIRST_PAGE),
  });
  const server = await startFixtureServer(
    path.join(projectRoot, 'dist/client'),
    { ...usual, incidents: { ...incidentsFixture, open: pageOf(0) } },
    fixtureNow,
  );
  const reads = answerReads(scenarios.usual);
  server.answer = (method, asked, body, query) => {
    if (asked !== '/api/incidents') return reads(method, asked, body, query);
    const from = Number(query.get('cursor') ?? '0');
    const to = from + Number(query.get('limit') ?? '200');
    return { status: 200, body: { incidents: stories.slice(from, to), total: STORIES, next: to < STORIES ? String(to) : null } };
  };
  const browser = await openChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${server.url}/incidents/i-17?lang=zh-CN`);
    await page.waitForSelector('.queue-row');
    await page.waitForFunction(() => document.querySelector('.queue-partial') === null, undefined, { timeout: 120_000 });
    let turn = 0;
    const scroll = async (step: number): Promise<void> => {
      const patches = setInterval(() => server.patchView('incidents', { open: pageOf((turn += 1)) }), PATCH_EVERY_MS);
      try {
        await page.evaluate(
          async ([frames, by]) => {
            const box = document.querySelector('.virtual-box');
            if (!box) throw new Error('no queue');
            for (let i = 0; i < frames; i += 1) {
              box.scrollTop += by;
              await new Promise((done) => requestAnimationFrame(done));
            }
          },
          [FRAMES, step] as const,
        );
        // The frame in which the list comes to rest counts too: its rows are then put in order in the document.
        await page.waitForFunction(() => {
          const places = [...document.querySelectorAll('.virtual-row')].map((row) => Number(row.getAttribute('aria-posinset')));
          return places.every((place, i) => i === 0 || place > (places[i - 1] ?? 0));
        });
      } finally {
        clearInterval(patches);
      }
    };
    const worst: number[] = [];
    const all: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const frames = (await frameTimes(browser, page, () => scroll(round % 2 === 0 ? 480 : -480))).map((ms) => ms * SLOWER);
      // The first round warms the page up.
      if (round === 0) continue;
      worst.push(Math.max(...frames));
      all.push(...frames);
    }
    const rows = await page.locator('.queue-row').count();
    return {
      worstMs: median(worst),
      lines: [
        `worst frame of scrolling, processor time × ${SLOWER}: ${spread(worst, 0)} ms (must 50); p50 ${quantile(all, 0.5).toFixed(0)} ms, p99 ${quantile(all, 0.99).toFixed(0)} ms; ${String(rows)} rows in the document`,
      ],
    };
  } finally {
    await browser.close();
    await server.close();
  }
}
