/**
 * From nothing to the first figure: the real server with the demo's day, and for each load a fresh browser context, without
 * cache and without a service worker. Measured by the page's own clock, from the start of the navigation to the frame after the
 * one in which the headline stands. A page that holds one figure and nothing else is loaded in turns with it: what it takes is
 * the machine's. A load counts only if the headline is what the server says.
 */
import { createServer } from 'node:http';
import type { Browser } from 'playwright-core';
import type { Snapshot } from '../../shared/wire/protocol.ts';
import { openChromium } from '../helpers/chromium.ts';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';
import { quantile, spread } from './statistics.ts';

export interface ColdLoadReport {
  readonly lines: readonly string[];
  /** Of all loads, the 95th of a hundred. */
  readonly p95Ms: number;
}

interface Load {
  readonly ms: number;
  /** Title of the headline: the amount with every digit. */
  readonly figure: string;
  /** Scripts as they were transferred, headers left out, bytes. */
  readonly scripts: number;
}

export async function benchColdLoad({ loads }: { loads: number }): Promise<ColdLoadReport> {
  const room = await warRoom({ env: { DEMO: 'auto', LOG_LEVEL: 'info' } });
  const plain = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><p class="headline" title="1">1</p>');
  });
  await new Promise<void>((resolve) => void plain.listen(0, '127.0.0.1', resolve));
  const address = plain.address();
  if (address === null || typeof address === 'string') throw new Error('the plain page has no port');
  let browser: Browser | undefined;
  try {
    await room.start();
    await eventually('the half year is told', async () => (room.output().includes('half year') ? true : undefined), 900_000);
    browser = await openChromium();
    const walls: Load[] = [];
    const plains: Load[] = [];
    for (let load = 0; load <= loads; load += 1) {
      const one = await coldLoad(browser, `http://127.0.0.1:${String(address.port)}/`);
      const wall = await judged(room, browser);
      // The first load of all warms up the browser.
      if (load === 0) continue;
      plains.push(one);
      walls.push(wall);
    }
    const times = walls.map(({ ms }) => ms);
    return {
      p95Ms: quantile(times, 0.95),
      lines: [
        `navigation → first figure of /wall/overview: p50 ${quantile(times, 0.5).toFixed(0)} ms, p95 ${quantile(times, 0.95).toFixed(0)} ms, ${spread(times, 0)} (must p95 1,500); the figures are the server's`,
        `a page of one figure, in turns with it: ${spread(
          plains.map(({ ms }) => ms),
          0,
        )} ms`,
        `scripts transferred: ${((walls[0]?.scripts ?? 0) / 1_024).toFixed(0)} KB`,
      ],
    };
  } finally {
    await browser?.close();
    plain.close();
    await room.dispose();
  }
}

/** A load of the wall; rejects when it shows another figure than the server has. */
async function judged(room: WarRoom, browser: Browser): Promise<Load> {
  const net = async () => (await room.get<Snapshot<'overview'>>('/api/views/overview')).state.today?.net ?? Number.NaN;
  const before = await net();
  const load = await coldLoad(browser, `${room.url}/wall/overview?lang=zh-CN`);
  const after = await net();
  const shown = Math.round(Number(load.figure.replaceAll(/[^\d.-]/gu, '')) * 100);
  // Orders and refunds come in meanwhile.
  if (shown < Math.min(before, after) - RETURNS || shown > Math.max(before, after) + RETURNS) {
    throw new Error(`the first figure is ${load.figure}; the server had ${String(before)} before and ${String(after)} after`);
  }
  return load;
}

/** An order and its refund within one load leave no trace in the figures before and after it; minor units. */
const RETURNS = 2_000_000;

async function coldLoad(browser: Browser, url: string): Promise<Load> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, serviceWorkers: 'block' });
  try {
    const page = await context.newPage();
    await page.addInitScript(() => {
      const look = (): void => {
        const figure = document.querySelector('.headline');
        if (!figure || !/\d/u.test(figure.textContent)) {
          requestAnimationFrame(look);
          return;
        }
        // What stands in the page before a frame is in the picture when the next one begins.
        requestAnimationFrame(() => performance.mark('first-figure', { detail: figure.getAttribute('title') }));
      };
      requestAnimationFrame(look);
    });
    await page.goto(url, { waitUntil: 'commit' });
    await page.waitForFunction(() => performance.getEntriesByName('first-figure').length > 0);
    return await page.evaluate(() => {
      const [mark] = performance.getEntriesByName('first-figure');
      const scripts = performance
        .getEntriesByType('resource')
        .filter((entry) => entry instanceof PerformanceResourceTiming && new URL(entry.name).pathname.endsWith('.js'))
        .reduce((sum, entry) => sum + (entry instanceof PerformanceResourceTiming ? entry.encodedBodySize : 0), 0);
      const figure: unknown = mark instanceof PerformanceMark ? mark.detail : '';
      return { ms: mark?.startTime ?? Number.NaN, figure: String(figure), scripts };
    });
  } finally {
    await context.close();
  }
}
