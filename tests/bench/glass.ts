/**
 * Event to glass: orders go to Kafka on a fixed schedule and red stories over HTTP, many screens follow, and one of them is a real
 * page in a real browser, which writes down what stands in it at each of its animation frames. A lag runs from the *intended* send
 * time to the frame after the first one in which the figure, or the story, stood in the page; the headline's digits roll to that
 * figure for 380 ms more. The clocks of page and sender are compared by the midpoint of the quickest of many questions. The run
 * counts only if the page ends with the sum of all orders and the last story.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import type { Page } from 'playwright-core';
import { io } from 'socket.io-client';
import type { Patch } from '../../shared/wire/protocol.ts';
import { openChromium } from '../helpers/chromium.ts';
import { startKafka } from '../helpers/kafka-broker.ts';
import { seededRandom } from '../helpers/random.ts';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';
import { followOrders, unit } from './latency.ts';
import { quantile } from './statistics.ts';
import { createTopics } from './topic.ts';

export interface GlassReport {
  readonly lines: readonly string[];
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly redP99Ms: number;
}

const PER_SECOND = 1_000;
const STORY_EVERY_MS = 1_000;
const SEED = 20_261_130;
const MINUTE_MS = 60_000;
/** In force before the stories that are told began. */
const brands = {
  ...{ value: { own: ['山澜'], tracked: [] }, owner: '测试', reason: '压测' },
  effectiveFrom: new Date(Date.now() - 300 * MINUTE_MS).toISOString(),
};

export async function benchGlass({ seconds, clients }: { seconds: number; clients: number }): Promise<GlassReport> {
  const broker = await startKafka({ jvm: 'full' });
  const browser = await openChromium();
  const kafka = new Kafka({ clientId: 'bench-glass', brokers: [...broker.brokers], logLevel: logLevel.NOTHING });
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  const room = await warRoom({ env: { KAFKA_BROKERS: broker.brokers.join() } });
  try {
    // One partition keeps the orders in the sequence they were sent, which the growing sum relies on.
    await createTopics(kafka, { 'marketing.sales': 1 });
    await producer.connect();
    await room.start();
    await room.send('PUT', '/api/policies/brands', brands);
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await page.addInitScript(watchFrames);
    await page.goto(`${room.url}/wall/overview?lang=zh-CN`);
    await page.waitForSelector('.wall[data-ready]');
    const stories = Math.floor((seconds * 1_000) / STORY_EVERY_MS) - 2;
    const arrivals = storiesArriving(room.url);
    const told = tellStories(room, stories);
    const run = await followOrders(room, producer, { topic: 'marketing.sales', perSecond: PER_SECOND, seconds, clients });
    const storiesIntended = await told;
    const { offset, error } = await clockOffset(page);
    const seen = await eventually(
      'the page shows every order and the last story',
      async () => {
        const now = await page.evaluate(() => globalThis.glassFrames);
        return now.figures.at(-1)?.minor === run.orders * unit && now.stories.some(({ title }) => title === titleOf(stories - 1))
          ? now
          : undefined;
      },
      60_000,
    );
    const lags: number[] = [];
    let next = 0;
    for (const { minor, at } of seen.figures) {
      for (; next < run.orders && (next + 1) * unit <= minor; next += 1) lags.push(at + offset - (run.intended[next] ?? Number.NaN));
    }
    const painted = new Map(seen.stories.map(({ title, at }) => [title, at]));
    const red = [...storiesIntended].map(([title, due]) => (painted.get(title) ?? Infinity) + offset - due);
    const arrived = [...storiesIntended].map(([title, due]) => (arrivals.seen.get(title) ?? Infinity) - due);
    arrivals.end();
    const [p50Ms, p99Ms, redP99Ms] = [quantile(lags, 0.5), quantile(lags, 0.99), quantile(red, 0.99)];
    return {
      ...{ p50Ms, p99Ms, redP99Ms },
      lines: [
        `event → glass at 1,000 ev/s, ${String(clients)} clients: p50 ${p50Ms.toFixed(0)} ms (must 200), p99 ${p99Ms.toFixed(0)} ms (must 500), max ${Math.max(...lags.slice(-1), quantile(lags, 1)).toFixed(0)} ms; ${String(lags.length)} orders in ${String(seen.figures.length)} painted figures`,
        `red story → glass meanwhile: p50 ${quantile(red, 0.5).toFixed(0)} ms, p99 ${redP99Ms.toFixed(0)} ms (must 250), n ${String(red.length)}, ${String(red.filter((ms) => ms === Infinity).length)} never seen, seed ${String(SEED)}; of that to a socket p50 ${quantile(arrived, 0.5).toFixed(0)} ms, p99 ${quantile(arrived, 0.99).toFixed(0)} ms`,
        `event → socket in the same run: p50 ${run.p50.toFixed(0)} ms, p99 ${run.p99.toFixed(0)} ms; event-loop delay p99 ${run.loopP99.toFixed(1)} ms; clocks compared to ± ${error.toFixed(1)} ms`,
      ],
    };
  } finally {
    await browser.close();
    await producer.disconnect();
    await room.dispose();
    await broker.stop();
  }
}

/** When each story came to a screen that draws nothing, by the clock of this process. */
function storiesArriving(url: string): { readonly seen: ReadonlyMap<string, number>; readonly end: () => void } {
  const seen = new Map<string, number>();
  const socket = io(url, { transports: ['websocket'], query: { views: 'overview' }, forceNew: true, reconnection: false });
  socket.on('patch', (message: Patch<'overview'>) => {
    for (const { title } of message.groups.strip?.cells ?? []) if (!seen.has(title)) seen.set(title, performance.now());
  });
  return { seen, end: () => void socket.disconnect() };
}

declare global {
  // Of the page, not of this process.
  var glassFrames: {
    readonly figures: { readonly minor: number; readonly at: number }[];
    readonly stories: { readonly title: string; readonly at: number }[];
  };
}

/** Runs in the page. What stands in it before a frame is in the picture when the next one begins. */
function watchFrames(): void {
  globalThis.glassFrames = { figures: [], stories: [] };
  const { figures, stories } = globalThis.glassFrames;
  const known = new Set<string>();
  let figure = '';
  const look = (): void => {
    const title = document.querySelector('.headline')?.getAttribute('title') ?? '';
    if (title !== figure) {
      figure = title;
      const minor = Math.round(Number(title.replaceAll(/[^\d.-]/gu, '')) * 100);
      requestAnimationFrame((at) => figures.push({ minor, at }));
    }
    for (const cell of document.querySelectorAll('[data-incident] .cell-title')) {
      const name = cell.textContent;
      if (known.has(name)) continue;
      known.add(name);
      requestAnimationFrame((at) => stories.push({ title: name, at }));
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** What is added to the page's clock to get this process's, and how far that may be off, ms. */
async function clockOffset(page: Page): Promise<{ readonly offset: number; readonly error: number }> {
  let best = { offset: 0, error: Infinity };
  for (let i = 0; i < 50; i += 1) {
    const before = performance.now();
    const there = await page.evaluate(() => performance.now());
    const after = performance.now();
    if (after - before < 2 * best.error) best = { offset: (before + after) / 2 - there, error: (after - before) / 2 };
  }
  return best;
}

const titleOf = (story: number): string => `急 ${String(story)}`;

/**
 * Negative stories with less than fifteen minutes left, each nearer to its deadline than those before, so that it comes first
 * on the strip, which shows three: a story that three later ones overtake before it is painted is never seen, and counts as a miss.
 */
async function tellStories(room: WarRoom, count: number): Promise<ReadonlyMap<string, number>> {
  const random = seededRandom(SEED);
  const began = Date.now();
  const intended = new Map<string, number>();
  const answers: Promise<unknown>[] = [];
  // The first orders are on their way by then.
  await sleep(3_000);
  const start = performance.now();
  for (let k = 0; k < count; k += 1) {
    const due = start + k * STORY_EVERY_MS;
    if (due > performance.now()) await sleep(due - performance.now());
    const title = titleOf(k);
    intended.set(title, due);
    const time = new Date(began - 106 * MINUTE_MS - k * 1_500).toISOString();
    const text = Array.from({ length: 40 }, () => String.fromCodePoint(0x4e00 + random.below(8_000))).join('');
    const data = {
      mentionId: `red-${String(k)}`,
      version: 1,
      platform: '微博',
      brand: '山澜',
      storyId: `RED-${String(k)}`,
      title,
      text,
      label: 'negative',
      detectedAt: time,
    };
    const event = { specversion: '1.0', id: `red-${String(k)}`, source: '/bench/monitor', type: 'sentiment.mention', time, data };
    answers.push(room.send('POST', '/api/events', event, 'application/cloudevents+json'));
  }
  await Promise.all(answers);
  return intended;
}
