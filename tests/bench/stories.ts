/**
 * Stories at size [T9], against the real server over HTTP and sockets: what one more mention, a claim and the pages cost in
 * a story of many mentions, and whether a story that spreads holds up today's sales on the wall. Ratios compare with a
 * story of ten mentions in the same run, so that a slow machine is no miss.
 */
import { io, type Socket } from 'socket.io-client';
import type { IncidentDetail, IncidentView } from '../../shared/incidents/types.ts';
import type { Patch } from '../../shared/wire/protocol.ts';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';
import { median } from './statistics.ts';

export interface StoriesReport {
  readonly lines: readonly string[];
  readonly intakeMs: number;
  readonly claimMs: number;
  readonly listMs: number;
  readonly detailMs: number;
  readonly detailBytes: number;
  /** Cost in the large story ÷ cost in the small one. */
  readonly intakeRatio: number;
  readonly claimRatio: number;
  readonly spreadPerSecond: number;
  /** Against as many mentions as long that belong to no story, with nobody watching. */
  readonly spreadRatio: number;
  readonly salesSilentMs: number;
}

const BATCH = 500;
const TRIES = 15;

interface MentionSample {
  readonly id: string;
  readonly story: string;
  readonly text?: string;
  readonly label?: 'negative' | 'positive';
}
export function mention({ id, story, label = 'negative', text = '用到第三周开始漏水，台面全湿' }: MentionSample): string {
  return JSON.stringify({
    specversion: '1.0',
    id: `e-${id}`,
    source: '/bench/monitor',
    type: 'sentiment.mention',
    time: new Date().toISOString(),
    data: { mentionId: id, version: 1, platform: '微博', brand: '山澜', label, reach: 12_000, storyId: story, text },
  });
}
function order(id: string): string {
  return JSON.stringify({
    specversion: '1.0',
    id: `e-${id}`,
    source: '/bench/shop',
    type: 'sales.order.paid',
    time: new Date().toISOString(),
    data: {
      orderId: id,
      version: 1,
      buyerId: `B-${id}`,
      channel: '天猫',
      region: '华东',
      lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: 1_000 }],
    },
  });
}

export async function submit(room: WarRoom, events: readonly string[]): Promise<void> {
  for (let from = 0; from < events.length;) {
    // A batch body is at most a megabyte.
    let to = from;
    for (let bytes = 0; to < events.length && to - from < BATCH && bytes < 900_000; to++)
      bytes += Buffer.byteLength(events[to] as string) + 1;
    const answer = await room.send('POST', '/api/events', events.slice(from, to).join('\n'), 'application/x-ndjson');
    if (answer.status === 202) from = to;
    else if (answer.status === 429 || answer.status === 503) await new Promise((resolve) => setTimeout(resolve, 200));
    else throw new Error(`events were answered ${String(answer.status)}`);
  }
}

export const folded = (room: WarRoom, seconds: number) =>
  eventually(
    'everything is folded',
    async () => ((await room.get<{ lag: number | null }>('/readyz').catch(() => ({ lag: null }))).lag === 0 ? true : undefined),
    seconds * 1_000,
  );

export async function openWithBrands(): Promise<WarRoom> {
  const room = await warRoom();
  await room.start();
  const value = { own: ['山澜'], tracked: [] };
  await room.send('PUT', '/api/policies/brands', { value, owner: 'bench', reason: 'bench' });
  return room;
}

/** Fills a story; resolves to mentions a second from the first request to the last fold. */
export async function fill(room: WarRoom, story: string, count: number, more: Pick<MentionSample, 'text' | 'label'> = {}): Promise<number> {
  const from = performance.now();
  const events = Array.from({ length: count }, (_, n) => mention({ id: `${story}-${String(n)}`, story, ...more }));
  await submit(room, events);
  await folded(room, 1_200);
  return count / ((performance.now() - from) / 1_000);
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const from = performance.now();
  const value = await work();
  return { ms: performance.now() - from, value };
}

/** Seconds and number of all commits so far, from the server's own histogram. */
async function commits(room: WarRoom): Promise<{ sum: number; count: number }> {
  const text = await (await fetch(`${room.url}/metrics`)).text();
  const read = (what: string) => Number(new RegExp(`warroom_batch_commit_seconds_${what}\\S* (\\S+)`).exec(text)?.[1] ?? 0);
  return { sum: read('sum'), count: read('count') };
}

interface Costs {
  readonly intakeMs: number;
  readonly claimMs: number;
  readonly detailMs: number;
  readonly detailBytes: number;
}
/** Takes in one more mention; resolves to the histogram once it holds the commit: the page of metrics is put together once a second at most. */
async function oneMore(
  room: WarRoom,
  story: string,
  n: number,
  before: { readonly count: number },
): Promise<{ sum: number; count: number }> {
  await submit(room, [mention({ id: `one-more-${story}-${String(n)}`, story })]);
  return eventually(
    'its commit is counted',
    async () => {
      const now = await commits(room);
      return now.count > before.count ? now : undefined;
    },
    10_000,
  );
}

/** The median commit of one more mention in each story, one after the other in turns: what else the machine does then meets all alike. */
async function intakes(room: WarRoom, stories: readonly string[]): Promise<readonly number[]> {
  const spent = stories.map((): number[] => []);
  // A first one, not counted: the page that shows it shows everything before it too.
  let before = await oneMore(room, stories[0] ?? '', -1, await commits(room));
  for (let n = 0; n < TRIES; n++) {
    for (const [i, story] of stories.entries()) {
      const after = await oneMore(room, story, n, before);
      spent[i]?.push(((after.sum - before.sum) / (after.count - before.count)) * 1_000);
      before = after;
    }
  }
  return spent.map(median);
}

/** Costs of one story: a command, its page; `intakeMs` has been measured. */
async function costs(room: WarRoom, story: string, run: string, intakeMs: number): Promise<Costs> {
  const { incidents } = await room.get<{ incidents: readonly IncidentView[] }>('/api/incidents?limit=200');
  const id = incidents.find((incident) => incident.storyId === story)?.id ?? '';
  const claims: number[] = [];
  /** Once more where the system changed the story in between, such as by calling people. */
  const command = async (type: string, more: object = {}, triesLeft = 5): Promise<number> => {
    const { version } = await room.get<IncidentDetail>(`/api/incidents/${id}`);
    const body = { commandId: `${run} ${type} ${String(version)}`, expectedVersion: version, actor: 'bench', type, ...more };
    const { ms, value } = await timed(() => room.send('POST', `/api/incidents/${id}/commands`, body));
    if (value.status === 409 && triesLeft > 0) return command(type, more, triesLeft - 1);
    if (value.status !== 200) throw new Error(`${type} was answered ${String(value.status)}`);
    return ms;
  };
  for (let n = 0; n < TRIES; n++) {
    claims.push(await command('claim'));
    await command('respond', { text: 'bench' });
    await command('resolve');
    await command('reopen', { reason: 'bench' });
  }
  const pages: number[] = [];
  let detailBytes = 0;
  for (let n = 0; n < TRIES; n++) {
    const { ms, value } = await timed(async () => (await fetch(`${room.url}/api/incidents/${id}`)).arrayBuffer());
    pages.push(ms);
    detailBytes = Math.max(detailBytes, value.byteLength);
  }
  return { intakeMs, claimMs: median(claims), detailMs: median(pages), detailBytes };
}

export async function benchStories(options: { mentions: number; spread: number; textChars: number }): Promise<StoriesReport> {
  const room = await openWithBrands();
  try {
    await fill(room, 'S-small', 10);
    const rate = await fill(room, 'S-large', options.mentions);
    const [intakeSmall = NaN, intakeLarge = NaN] = await intakes(room, ['S-small', 'S-large']);
    const small = await costs(room, 'S-small', 'small', intakeSmall);
    const large = await costs(room, 'S-large', 'large', intakeLarge);
    const lists: number[] = [];
    for (let n = 0; n < TRIES; n++) lists.push((await timed(async () => (await fetch(`${room.url}/api/incidents`)).arrayBuffer())).ms);
    const spread = await spreading(room, options);
    const listMs = median(lists);
    const row = (name: string, c: Costs) =>
      `${name}: one more mention ${c.intakeMs.toFixed(1)} ms, claim ${c.claimMs.toFixed(1)} ms, its page ${c.detailMs.toFixed(1)} ms and ${String(Math.round(c.detailBytes / 1_024))} KB`;
    return {
      intakeMs: large.intakeMs,
      claimMs: large.claimMs,
      listMs,
      detailMs: large.detailMs,
      detailBytes: large.detailBytes,
      intakeRatio: large.intakeMs / small.intakeMs,
      claimRatio: large.claimMs / small.claimMs,
      spreadPerSecond: spread.perSecond,
      spreadRatio: spread.ratio,
      salesSilentMs: spread.silentMs,
      lines: [
        `${String(options.mentions)} mentions into one story: ${rate.toFixed(0)}/s`,
        row('story of 10', small),
        row(`story of ${String(options.mentions)}`, large),
        `list ${listMs.toFixed(1)} ms`,
        `${String(options.spread)} mentions of ${String(options.textChars)} characters into one story with a wall and a desk open: ${spread.perSecond.toFixed(0)}/s, ${spread.ratio.toFixed(2)} × what mentions of no story take with nobody watching; today's sales silent for ${spread.silentMs.toFixed(0)} ms at most; the desk took ${(spread.deskBytes / 2 ** 20).toFixed(1)} MB`,
      ],
    };
  } finally {
    await room.dispose();
  }
}

/** A wall and a desk follow while a story spreads and orders come in; the desk asks for the story at every change it is told. */
async function spreading(room: WarRoom, { spread, textChars }: { spread: number; textChars: number }) {
  const connect = (view: string): Socket =>
    io(room.url, { transports: ['websocket'], query: { views: view, protocol: '2' }, forceNew: true, reconnection: false });
  const wall = connect('overview');
  const desk = connect('incidents');
  let lastSales = 0;
  let silentMs = 0;
  let deskBytes = 0;
  let reading = false;
  wall.on('patch', (message: Patch<'overview'>) => {
    if (message.groups.today === undefined) return;
    const now = performance.now();
    if (lastSales !== 0) silentMs = Math.max(silentMs, now - lastSales);
    lastSales = now;
  });
  desk.on('patch', (message: Patch<'incidents'>) => {
    deskBytes += Buffer.byteLength(JSON.stringify(message));
    if (reading) return;
    reading = true;
    void (async () => {
      const { incidents } = await room.get<{ incidents: readonly IncidentView[] }>('/api/incidents?limit=200');
      const id = incidents.find((incident) => incident.storyId === 'S-spread')?.id;
      if (id !== undefined) deskBytes += (await (await fetch(`${room.url}/api/incidents/${id}`)).arrayBuffer()).byteLength;
    })()
      .catch(() => undefined)
      .finally(() => (reading = false));
  });
  let selling = true;
  const sales = (async () => {
    for (let n = 0; selling; n++) {
      await submit(room, [order(`o-${String(n)}`)]);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  await eventually('sales are on the wall', async () => (lastSales > 0 ? true : undefined), 30_000);
  silentMs = 0;
  const text = '漏'.repeat(textChars);
  const perSecond = await fill(room, 'S-spread', spread, { text });
  selling = false;
  await sales;
  wall.disconnect();
  desk.disconnect();
  const plain = await fill(room, 'S-praise', spread, { text, label: 'positive' });
  return { perSecond, ratio: perSecond / plain, silentMs, deskBytes };
}
