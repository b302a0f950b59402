/**
 * The worst frame of a wall of which every figure changes once a second, on a processor four times slower: each scene in turn,
 * with all groups of its view changed by one patch, beside a page that sets twelve ECharts of the same second with their default
 * animation. The wall draws bars and lines as SVG in place of charts. Both sides in one browser, in turns; a round of the wall
 * counts only if the last revision that was sent is the one it painted. A frame is the processor time of the main thread from its
 * head to that of the next one, times four (main-thread.ts); what a clock says of a thread that Chromium slows down, which on a
 * busy machine is mostly what the other programs take, is told beside it.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { paintReport } from '../../shared/screens/screen-report.ts';
import { scenes as walls } from '../../shared/screens/scenes.ts';
import { openChromium } from '../helpers/chromium.ts';
import { startFixtureServer, type FixtureServer } from '../helpers/fixture-server.ts';
import { fixtureNow } from '../helpers/fixture-now.ts';
import { movedAmounts } from '../helpers/moved-view.ts';
import { projectRoot } from '../helpers/project-root.ts';
import { openScreen, scenes } from '../helpers/screenshot.ts';
import { eventually } from '../helpers/war-room.ts';
import { frameTimes } from './main-thread.ts';
import { median, quantile, spread } from './statistics.ts';

export interface FramesReport {
  readonly lines: readonly string[];
  /** The median of the worst frames of the rounds, ms. */
  readonly worstMs: number;
  /** The same ÷ that of the naive page. */
  readonly ratio: number;
}

const SLOWER = 4;
/** A change a second for so long before anything is measured: the script of a wall that runs for weeks is compiled. */
const WARM_SECONDS = 3;

interface Frames {
  /** Processor time × 4, ms. */
  readonly spent: readonly number[];
  /** The longest time between two frames of the slowed thread by the clock, ms. */
  readonly clockMs: number;
}

export async function benchFrames({ rounds, seconds }: { rounds: number; seconds: number }): Promise<FramesReport> {
  const usual = scenes['usual'];
  if (!usual) throw new Error('there is no usual scene');
  const server = await startFixtureServer(path.join(projectRoot, 'dist/client'), usual, fixtureNow);
  const browser = await openChromium();
  try {
    const ours: number[] = [];
    const naive: number[] = [];
    const byScene = new Map<string, number[]>();
    const all: number[] = [];
    let byClock = 0;
    for (let round = 0; round <= rounds; round += 1) {
      const worst = new Map<string, number>();
      for (const { id, view } of walls) {
        const { spent, clockMs } = await wallFrames(browser, server, id, view, seconds);
        worst.set(id, Math.max(...spent));
        if (round === 0) continue;
        all.push(...spent);
        byClock = Math.max(byClock, clockMs);
      }
      const plain = Math.max(...(await naiveFrames(browser, seconds)).spent);
      process.stdout.write(
        `  round ${String(round)}: ${[...worst].map(([id, ms]) => `${id} ${ms.toFixed(0)}`).join(', ')}; naive ${plain.toFixed(0)} ms\n`,
      );
      // The first round warms the browser up.
      if (round === 0) continue;
      ours.push(Math.max(...worst.values()));
      naive.push(plain);
      for (const [id, ms] of worst) byScene.set(id, [...(byScene.get(id) ?? []), ms]);
    }
    const ratios = ours.map((ms, i) => ms / (naive[i] ?? Number.NaN));
    return {
      worstMs: median(ours),
      ratio: median(ratios),
      lines: [
        `worst frame of all scenes, a round: ${spread(ours, 0)} ms (must 50); frames p99 ${quantile(all, 0.99).toFixed(0)} ms, n ${String(all.length)}`,
        `÷ worst frame of 12 ECharts with default animation, the same round: ${spread(ratios)} (must 0.25); theirs ${spread(naive, 0)} ms`,
        `by scene: ${[...byScene].map(([id, ms]) => `${id} ${spread(ms, 0)}`).join('; ')}`,
        `the longest frame of a slowed thread by the clock, with what the machine did beside it: ${byClock.toFixed(0)} ms`,
      ],
    };
  } finally {
    await browser.close();
    await server.close();
  }
}

type Wall = (typeof walls)[number];

async function wallFrames(browser: Browser, server: FixtureServer, id: Wall['id'], view: Wall['view'], seconds: number): Promise<Frames> {
  const usual = scenes['usual'];
  if (!usual) throw new Error('there is no usual scene');
  const page = await openScreen(browser, `${server.url}/wall/${id}?lang=zh-CN`, [1920, 1080]);
  let turn = 0;
  try {
    const frames = await framesOf(browser, page, seconds, () => server.patchView(view, movedAmounts(usual[view], (turn += 1))));
    server.painted.splice(0);
    await eventually(
      `${id} has painted what was sent last`,
      async () => {
        const last = server.painted.map(({ body }) => paintReport.parse(body)).at(-1);
        return last?.positions[view]?.revision === server.revision(view) ? true : undefined;
      },
      60_000,
    );
    return frames;
  } finally {
    await page.close();
  }
}

async function framesOf(browser: Browser, page: Page, seconds: number, change: () => void): Promise<Frames> {
  const each = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i += 1) {
      change();
      await sleep(1_000);
    }
  };
  await each(WARM_SECONDS);
  const spent = (await frameTimes(browser, page, () => each(seconds))).map((ms) => ms * SLOWER);
  return { spent, clockMs: Math.max(...(await slowedFrames(page, () => each(WARM_SECONDS)))) };
}

/** Times between animation frames by the clock while something happens, on a thread that Chromium slows down, ms. */
async function slowedFrames(page: Page, happens: () => Promise<void>): Promise<readonly number[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const measuring = await page.evaluateHandle(() => {
    const found: number[] = [];
    const state = { found, ended: false };
    let before = performance.now();
    const look = (at: number): void => {
      found.push(at - before);
      before = at;
      if (!state.ended) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    return state;
  });
  await happens();
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  const frames = await measuring.evaluate((state) => {
    state.ended = true;
    return state.found;
  });
  await session.detach();
  // The first one begins before anything was measured.
  return frames.slice(1);
}

/** Six lines of three series of 300 points, two bar charts, two pies, two gauges: set whole each second, as the library's examples do. */
async function naiveFrames(browser: Browser, seconds: number): Promise<Frames> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  try {
    await page.setContent(
      '<!doctype html><body style="margin:0;display:grid;grid-template-columns:repeat(4,1fr);grid-auto-rows:360px"></body>',
    );
    await page.addScriptTag({ content: readFileSync(createRequire(import.meta.url).resolve('echarts/dist/echarts.min.js'), 'utf8') });
    await page.addScriptTag({ content: NAIVE });
    return await framesOf(browser, page, seconds, () => void page.evaluate('change()').catch(() => undefined));
  } finally {
    await page.close();
  }
}

const NAIVE = `
const charts = Array.from({ length: 12 }, () => {
  const box = document.createElement('div');
  document.body.append(box);
  return echarts.init(box);
});
let turn = 0;
const value = (i) => 500 + 400 * Math.sin(turn * 1.7 + i * 0.21);
const points = (n, shift) => Array.from({ length: n }, (_, i) => value(i + shift));
const options = [
  ...Array.from({ length: 6 }, () => () => ({ xAxis: { type: 'category', data: points(300, 0).map((_, i) => i) }, yAxis: {}, series: [0, 1, 2].map((s) => ({ type: 'line', data: points(300, s * 40) })) })),
  ...Array.from({ length: 2 }, () => () => ({ xAxis: { type: 'category', data: points(24, 0).map((_, i) => i) }, yAxis: {}, series: [{ type: 'bar', data: points(24, 3) }] })),
  ...Array.from({ length: 2 }, () => () => ({ series: [{ type: 'pie', data: points(6, 5).map((v, i) => ({ name: 'p' + i, value: v })) }] })),
  ...Array.from({ length: 2 }, () => () => ({ series: [{ type: 'gauge', data: [{ value: value(1) / 10 }] }] })),
];
function change() {
  turn += 1;
  charts.forEach((chart, i) => chart.setOption(options[i]()));
}
`;
