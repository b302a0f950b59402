/**
 * A wall on a bad line. A real server is fed with orders the whole time; between it and a real page stands a proxy that cuts,
 * holds and refuses. At every frame the page paints, today's net sales must be what the server held within the last ten
 * seconds, or the page must say that it is not current; once the line is well again, the page holds exactly what the server
 * holds. Minutes are made short by setting the page's clock ahead; the path is the one of a machine that slept.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AMBER_AFTER_MS, PROTOCOL_VERSION } from '../../shared/wire/constants.ts';
import type { Patch, Snapshot } from '../../shared/wire/protocol.ts';
import { openChromium } from '../helpers/chromium.ts';
import { byClockOf, heldByPage, jump, paintedBy, silentlyStale, stateHash, stopClocks, watchFrames } from '../helpers/honesty.ts';
import type { Held, Jump } from '../helpers/honesty.ts';
import { projectRoot } from '../helpers/project-root.ts';
import { startTcpProxy, type TcpProxy } from '../helpers/tcp-proxy.ts';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';

let room: WarRoom;
let proxy: TcpProxy;
let browser: Browser;
let page: Page;
let truth: Socket;
/** A mark is due ten seconds after the last heartbeat; to be painted it takes a moment more on a busy machine. */
const ALLOWED_MS = AMBER_AFTER_MS + 500;
const held: Held[] = [];
/** Of the present page. */
let jumps: Jump[] = [];
let feeding = true;
let fed: Promise<void>;
let number = 0;

const order = (orderId: string): object => ({
  ...{
    specversion: '1.0',
    id: `e-${orderId}`,
    source: '/shop',
    type: 'sales.order.paid',
    time: new Date().toISOString(),
    subject: orderId,
  },
  data: {
    ...{ orderId, version: 1, buyerId: 'B-1', channel: '天猫', region: '华东' },
    lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: 10_000 }],
  },
});
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** An order every 300 ms, whatever becomes of it; a server that is away takes none. */
async function feed(): Promise<void> {
  while (feeding) {
    number += 1;
    await room.send('POST', '/api/events', order(`SO-${number}`), 'application/cloudevents+json').catch(() => undefined);
    await pause(300);
  }
}

/** Records what the server holds, by a connection of its own that nothing disturbs. */
function record(url: string): Socket {
  const socket = io(url, {
    ...{ query: { views: 'overview', protocol: String(PROTOCOL_VERSION) }, transports: ['websocket'], forceNew: true },
    ...{ reconnectionDelay: 100, reconnectionDelayMax: 200 },
  });
  const note = (net: number | null | undefined): void => {
    if (typeof net === 'number' && held.at(-1)?.net !== net) held.push({ from: Date.now(), net });
  };
  socket.on('snapshot', (message: Snapshot<'overview'>) => note(message.state.today?.net));
  socket.on('patch', (message: Patch<'overview'>) => note(message.groups.today?.net));
  return socket;
}

const phase = (wanted: string): Promise<unknown> =>
  page.waitForFunction((name) => document.querySelector('.wall')?.getAttribute('data-phase') === name, wanted, { timeout: 60_000 });

/** The page is live and shows a figure that the server holds after this call. */
async function healed(): Promise<void> {
  const from = held.length;
  await eventually('the server goes on', async () => (held.length > from ? true : undefined), 60_000);
  await phase('live');
  await eventually(
    'the page shows a figure of now',
    async () => ((await paintedBy(page)).at(-1)?.net ?? 0) >= (held[from]?.net ?? Infinity) || undefined,
    60_000,
  );
}

/** Stops the orders until page and server hold the same, and compares it whole. */
async function sameAsServer(): Promise<void> {
  feeding = false;
  await fed;
  await eventually(
    'page and server hold the same',
    async () => {
      const [server, mine] = [await room.get<Snapshot>('/api/views/overview'), await heldByPage(page, 'overview')];
      return server.revision === mine.revision && stateHash(server.state) === stateHash(mine.state) ? true : undefined;
    },
    60_000,
  );
  feeding = true;
  fed = feed();
}

async function setAhead(ms: number, inMs = 0): Promise<void> {
  jumps.push(await jump(page, ms, inMs));
}

async function open(): Promise<Page> {
  jumps = [];
  const opened = await browser.newPage({ viewport: { width: 1920, height: 1080 }, reducedMotion: 'reduce' });
  await watchFrames(opened);
  await opened.goto(`http://127.0.0.1:${proxy.port}/wall/overview?lang=zh-CN`);
  await opened.waitForSelector('.headline[title]', { timeout: 60_000 });
  return opened;
}

async function expectHonest(): Promise<void> {
  const painted = await paintedBy(page);
  expect(painted.some(({ marked }) => marked)).toBe(jumps.length > 0);
  expect(silentlyStale(painted, byClockOf(held, jumps), ALLOWED_MS)).toBe(0);
}

beforeAll(async () => {
  // `npm test` builds what the server ships before any suite runs.
  if (!existsSync(path.join(projectRoot, 'dist/client/index.html')))
    throw new Error('the client is not built: run `npm test`, or `npm start` once');
  room = await warRoom();
  [browser] = await Promise.all([openChromium(), room.start()]);
  proxy = await startTcpProxy(() => Number(new URL(room.url).port));
  await room.send('PUT', '/api/policies/brands', { value: { own: ['山澜'], tracked: [] }, owner: '测试', reason: '上墙' });
  const mention = { mentionId: 'm-1', version: 1, platform: '微博', brand: '山澜', title: 'X5 漏水', text: '台面全湿', label: 'negative' };
  const time = new Date().toISOString();
  const event = { specversion: '1.0', id: 'm-1', source: '/monitor', type: 'sentiment.mention', time, data: mention };
  await room.send('POST', '/api/events', event, 'application/cloudevents+json');
  truth = record(room.url);
  fed = feed();
  await eventually('orders are counted', async () => (held.length > 2 ? true : undefined), 60_000);
  page = await open();
  await page.waitForSelector('[data-incident]', { timeout: 60_000 });
});
afterAll(async () => {
  feeding = false;
  await fed;
  truth?.close();
  await browser?.close();
  await proxy?.stop();
  await room?.dispose();
});

describe('[S2] [S3] a wall on a bad line is never silently stale', () => {
  it('the line is cut for a second', async () => {
    await healed();
    proxy.cut();
    await pause(1_000);
    proxy.restore();
    await healed();
    await expectHonest();
  });

  it.each([
    ['half a minute', 31_000, /连接已断开 3\d 秒/u],
    ['ten minutes', 600_000, /连接已断开 10 分 \d\d 秒/u],
  ])('the line is cut for %s: amber with its age, then frozen figures under a band, and whole again', async (_what, ms, title) => {
    proxy.cut();
    // The first ten seconds pass as they are.
    const marked = await page.waitForFunction(
      () => document.querySelector('.wall[data-phase="amber"] .notice.marked[role="status"]')?.textContent,
      undefined,
      { timeout: 60_000 },
    );
    expect(await marked.jsonValue()).toMatch(/1\d 秒没有收到服务器心跳/u);
    await setAhead(ms - 10_000);
    await phase('grey');
    await page.waitForFunction(
      (wanted) => new RegExp(wanted, 'u').test(document.querySelector('.band-title')?.textContent ?? ''),
      title.source,
    );
    expect(await page.textContent('.band-detail')).toMatch(/^自 \d\d:\d\d:\d\d · 数据停在 \d\d:\d\d:\d\d/u);
    // A deadline stays true and goes on; who claimed it is known up to then only; every group says its own age.
    expect(await page.textContent('.cell-word')).toContain('推算');
    expect(await page.textContent('.cell-owner')).toMatch(/停在 \d\d:\d\d/u);
    const statuses = await page.$$eval('.panel', (panels) => panels.map((panel) => panel.getAttribute('data-status')));
    expect(new Set(statuses)).toEqual(new Set(['frozen']));
    proxy.restore();
    await healed();
    await expectHonest();
    await sameAsServer();
  });

  it('the tab is frozen, and later its script stands still', async () => {
    const devtools = await page.context().newCDPSession(page);
    await setAhead(15_000, 500);
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    await pause(1_500);
    await devtools.send('Page.setWebLifecycleState', { state: 'active' });
    await healed();
    await setAhead(15_000, 500);
    await devtools.send('Debugger.enable');
    await devtools.send('Debugger.pause');
    await pause(1_500);
    await devtools.send('Debugger.resume');
    await devtools.send('Debugger.disable');
    await healed();
    await expectHonest();
    await devtools.detach();
  });

  it('the line is half open: it takes bytes and brings none, and then brings all that was kept back', async () => {
    proxy.hold();
    await setAhead(12_000);
    await phase('amber');
    await pause(6_000);
    proxy.restore();
    await healed();
    await expectHonest();
    await sameAsServer();
  });

  it('the server is killed and started again', async () => {
    await room.kill('SIGKILL');
    await setAhead(12_000);
    await phase('amber');
    await room.start();
    await healed();
    await expectHonest();
    await sameAsServer();
  });

  it('a proxy on the way refuses WebSockets, so that only long polling is left', async () => {
    await page.close();
    const refusal = Buffer.from('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    let upgraded = 0;
    proxy.rewriteAnswers((piece) => {
      const upgrade = piece.subarray(0, 12).toString() === 'HTTP/1.1 101';
      if (upgrade) upgraded += 1;
      return upgrade ? refusal : piece;
    });
    page = await open();
    await healed();
    expect(upgraded).toBeGreaterThan(0);
    proxy.cut();
    await setAhead(12_000);
    await phase('amber');
    proxy.restore();
    await healed();
    await expectHonest();
    await sameAsServer();
    proxy.rewriteAnswers(undefined);
  });

  it('the measure itself finds a page that never notices: one whose clocks stand still', async () => {
    await page.close();
    page = await open();
    await healed();
    await stopClocks(page);
    proxy.cut();
    await expect.poll(async () => silentlyStale(await paintedBy(page), held, 1_500)).toBeGreaterThan(1_000);
    proxy.restore();
  });
});
