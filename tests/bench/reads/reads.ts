/**
 * History at size, against the real server: a month of a million orders told through Kafka, then every KPI for the month beside
 * the same question in hand-written SQL on a bare DuckDB table of the same facts, in one run. Answers are compared, so that a
 * fast wrong answer is no result.
 */
import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { createCalendar, DAY_MS } from '../../../server/domain/time/calendar.ts';
import { startKafka } from '../../helpers/kafka-broker.ts';
import { warroom } from '../../helpers/program.ts';
import { warRoom, type WarRoom } from '../../helpers/war-room.ts';
import { followOrders, type Run } from '../latency.ts';
import { quantile } from '../statistics.ts';
import { createTopics } from '../topic.ts';
import { openBare } from './bare.ts';
import { benchOneCall } from './one-call.ts';
import { fillBare, sendPart } from './fill.ts';
import { benchInsights, type Timed } from './insights.ts';
import { OWN_BRAND, TRACKED_BRAND, type MonthOptions } from './month.ts';
import { askAll, type AskedCut, type CutReport } from './questions.ts';
import { benchYears } from './years.ts';
import { foldedAndMoved, filesOf, pause, readyz, residentMb } from './server-side.ts';

export interface ReadsOptions {
  readonly orders: number;
  /** Over three years, made in the ledger's file. */
  readonly yearsOrders: number;
  readonly seconds: number;
  readonly clients: number;
  readonly tries: number;
}
export interface ReadsReport {
  readonly misses: readonly string[];
}

const TIME_ZONE = 'Asia/Shanghai';

export async function benchReads(options: ReadsOptions): Promise<ReadsReport> {
  const month = lastMonth(options.orders);
  const broker = await startKafka({ jvm: 'full' });
  const folder = mkdtempSync(path.join(tmpdir(), 'warroom-bench-'));
  const topics = { sales: 'bench.reads', mentions: 'marketing.sentiment' };
  const kafka = new Kafka({ clientId: 'bench-reads', brokers: broker.brokers, logLevel: logLevel.NOTHING });
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  const room = await warRoom({
    env: { KAFKA_BROKERS: broker.brokers.join(), KAFKA_TOPIC_SALES: topics.sales, KAFKA_GROUP_ID: 'bench-reads' },
    startMs: 600_000,
  });
  const bare = await openBare(path.join(folder, 'bare.duckdb'), month);
  const misses: string[] = [];
  const say = (line: string, missed = false) => {
    if (missed) misses.push(line);
    process.stdout.write(`${missed ? '! ' : '  '}${line}\n`);
  };
  try {
    await createTopics(kafka, { [topics.sales]: 4 });
    await producer.connect();
    const events = await fillBare(bare, month);
    await sendPart(producer, topics, month, 1);
    await room.start();
    await settings(room, month);
    const first = await foldedAndMoved(room, events[1]);
    const knownAt = Date.now();
    await pause(1_000);
    await sendPart(producer, topics, month, 2);
    const second = await foldedAndMoved(room, events[1] + events[2]);
    const behind = Math.max(first.moved - first.folded, second.moved - second.folded);
    say(
      `the ledger has a backlog of ${String(events[1] + events[2])} events ${secs(behind)} after the last fold (must 60)`,
      behind > 60_000,
    );
    // The ledger gives memory back right after it has followed, as the bench of ingest measures it too.
    await pause(2_000);
    memory(say, room, `after ${String(events[1] + events[2])} events`, 600);

    const asOf = month.to - 10 * DAY_MS;
    const cuts: readonly AskedCut[] = [
      { name: 'now', cut: {}, query: '' },
      { name: 'asOf 10 days back', cut: { asOf }, query: `&asOf=${iso(asOf)}` },
      { name: 'knownAt the first part', cut: { firstPart: true }, query: `&knownAt=${iso(knownAt)}` },
    ];
    for (const cut of cuts) {
      const asked = await askAll(room, bare, { month: nameOf(month), cut, tries: options.tries });
      tell(say, asked, cut.query === '');
    }
    memory(say, room, 'after the reads', 800);

    const live = await whileFollowing(room, () => followOrders(room, producer, { ...options, topic: topics.sales, perSecond: 1_000 }));
    say(
      `event → socket with ${String(options.orders)} orders in the store, 1,000 ev/s, ${String(options.clients)} clients: p50 ${live.run.p50.toFixed(0)} ms, p99 ${live.run.p99.toFixed(0)} ms (must 250)`,
      live.run.p99 > 250,
    );
    say(
      `ledger behind the commit at 1,000 ev/s: p50 ${live.p50.toFixed(0)} ms, p99 ${live.p99.toFixed(0)} ms (must 1,000)`,
      live.p99 > 1_000,
    );
    await restarts(say, room, options.orders);
    await room.kill('SIGTERM');
    await verified(say, room);
    disk(say, room, options.orders + live.run.orders);
    await room.dispose();
    await oneCall(say, options);
    await insights(say, options);
    if (options.yearsOrders > 0) await years(say, options);
    return { misses };
  } finally {
    bare.close();
    await producer.disconnect();
    await room.dispose();
    await broker.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Say = (line: string, missed?: boolean) => void;

const iso = (at: number) => encodeURIComponent(new Date(at).toISOString());
const secs = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
const nameOf = (month: MonthOptions) => createCalendar(TIME_ZONE).formatDay(createCalendar(TIME_ZONE).dayOf(month.from)).slice(0, 7);

/** The last month that is over. */
function lastMonth(orders: number): MonthOptions {
  const calendar = createCalendar(TIME_ZONE);
  const firstOf = (at: number) => calendar.dayOf(at) - Number(calendar.formatDay(calendar.dayOf(at)).slice(8)) + 1;
  const to = calendar.startOfDay(firstOf(Date.now()));
  const from = calendar.startOfDay(firstOf(to - DAY_MS));
  return { orders, mentions: Math.ceil(orders / 20), seed: 20261123, from, to };
}

async function settings(room: WarRoom, month: MonthOptions): Promise<void> {
  const by = { owner: 'bench', reason: 'bench' };
  const brands = await room.send('PUT', '/api/policies/brands', { value: { own: [OWN_BRAND], tracked: [TRACKED_BRAND] }, ...by });
  const target = { kpi: 'net_sales', grain: 'month', period: nameOf(month), value: 100_000_000_000, ...by };
  const targets = await room.send('PUT', '/api/targets', { targets: [target] });
  if (brands.status !== 200 || targets.status !== 200) throw new Error('the bench could not set brands and targets');
}

function memory(say: Say, room: WarRoom, when: string, most: number): void {
  const { total, each } = residentMb(room);
  say(
    `resident ${when}, all processes: ${total.toFixed(0)} MB (${each.map((mb) => mb.toFixed(0)).join(' + ')}; must ${String(most)})`,
    total > most,
  );
}

function tell(say: Say, { name, measured, wrong, unknown }: CutReport, plain: boolean): void {
  let worstRatio = 0;
  let worstMs = 0;
  for (const { kpi: id, by, ms, bareMs } of measured) {
    const ratio = ms / bareMs;
    const compared = Number.isFinite(bareMs);
    const missed = plain ? (compared && bareMs > 20 ? ratio > 2 : ms > 60 && compared) : compared && (ms > 1_500 || (ratio > 3 && ms > 60));
    const beside = compared ? `${bareMs.toFixed(1)} ms by hand, ratio ${ratio.toFixed(2)}` : 'not written by hand';
    say(`${name} · ${id}${by === null ? '' : ` by ${by}`}: p95 ${ms.toFixed(1)} ms · ${beside}`, missed);
    if (compared && bareMs > 20) worstRatio = Math.max(worstRatio, ratio);
    worstMs = Math.max(worstMs, ms);
  }
  say(
    `${name}: slowest ${worstMs.toFixed(0)} ms; worst ratio where by hand takes over 20 ms: ${worstRatio.toFixed(2)} (must ${plain ? '2' : '3'})`,
  );
  if (unknown.length > 0) say(`${name}: measured without a query by hand: ${unknown.join(', ')}`);
  for (const text of wrong) say(`WRONG ${text}`, true);
  if (wrong.length === 0) say(`${name}: every answer equals the one by hand`);
}

async function oneCall(say: Say, { orders, tries }: ReadsOptions): Promise<void> {
  const { figures, first, coldP95, momentP95, warmP95, wrong } = await benchOneCall({ orders, tries });
  const what = `${String(figures)} figures of a month of ${String(orders)} orders in one call`;
  say(`${what}, the first since the start: ${first.toFixed(0)} ms (must 300)`, first > 300);
  say(`${what}, after a commit of orders of that month: p95 ${coldP95.toFixed(0)} ms (must 300)`, coldP95 > 300);
  say(`${what}, about another moment: p95 ${momentP95.toFixed(0)} ms (must 300)`, momentP95 > 300);
  say(`the same again, nothing changed since: p95 ${warmP95.toFixed(0)} ms (must 30)`, warmP95 > 30);
  for (const text of wrong) say(`WRONG ${text}`, true);
}

async function insights(say: Say, { orders, tries }: ReadsOptions): Promise<void> {
  const { explain, change, series, wrong } = await benchInsights({ orders, tries });
  const told = (what: string, { first, p95, slowest }: Timed, most: number): void =>
    say(
      `${what} of ${String(orders)} orders: p95 ${p95.toFixed(0)} ms (must ${String(most)}); slowest ${slowest}; the first of a figure up to ${first.toFixed(0)} ms`,
      p95 > most,
    );
  told('explain, first page', explain, 100);
  told('change between two moments', change, 300);
  told('series of 90 days', series, 200);
  for (const text of wrong) say(`WRONG ${text}`, true);
}

async function years(say: Say, { yearsOrders, tries }: ReadsOptions): Promise<void> {
  const { questions, p95, residentMb: mb, fillSeconds, wrong } = await benchYears({ orders: yearsOrders, tries });
  say(
    `three years, ${String(yearsOrders)} orders made in the ledger’s file in ${fillSeconds.toFixed(0)} s; resident after the reads ${mb.toFixed(0)} MB`,
  );
  for (const { name, p95: ms } of questions) say(`three years · a month’s ${name}: p95 ${ms.toFixed(0)} ms`, ms > 500);
  say(`three years · all of them: p95 ${p95.toFixed(0)} ms (must 500)`, p95 > 500);
  for (const text of wrong) say(`WRONG ${text}`, true);
}

/** Looks every few ms how long each commit waits for the ledger while orders come in. */
async function whileFollowing(room: WarRoom, work: () => Promise<Run>): Promise<{ run: Run; p50: number; p99: number }> {
  const waiting: { head: number; at: number }[] = [];
  const lags: number[] = [];
  let going = true;
  const looking = (async () => {
    let newest = 0;
    while (going) {
      const { ledger } = await readyz(room);
      const now = performance.now();
      if (ledger.head > newest) waiting.push({ head: (newest = ledger.head), at: now });
      while (waiting[0] && waiting[0].head <= ledger.position) lags.push(now - (waiting.shift()?.at ?? now));
      await pause(10);
    }
  })();
  try {
    const run = await work();
    return { run, p50: quantile(lags, 0.5), p99: quantile(lags, 0.99) };
  } finally {
    going = false;
    await looking;
  }
}

async function ready(room: WarRoom): Promise<{ readonly ms: number; readonly progress: number }> {
  const from = performance.now();
  const seen = new Set<number>();
  for (;;) {
    const state = await readyz(room);
    if (state.ledger.done !== undefined) seen.add(state.ledger.done);
    if (state.ready && state.ledger.state === 'ready') return { ms: performance.now() - from, progress: seen.size };
    await pause(20);
  }
}

async function restarts(say: Say, room: WarRoom, orders: number): Promise<void> {
  await room.kill('SIGTERM');
  const from = performance.now();
  await room.start();
  await ready(room);
  const restart = performance.now() - from;
  say(`start → ready with ${String(orders)} orders: ${secs(restart)} (must 3)`, restart > 3_000);

  await room.kill('SIGTERM');
  for (const name of filesOf(room.dataDir).keys())
    if (name.includes('.duckdb')) rmSync(path.join(room.dataDir, name), { recursive: true, force: true });
  const began = performance.now();
  await room.start();
  const served = performance.now() - began;
  const { progress } = await ready(room);
  const rebuilt = performance.now() - began;
  say(
    `the ledger's file was deleted: the wall answers after ${secs(served)}, the ledger is rebuilt after ${secs(rebuilt)} (must 120), progress told ${String(progress)} times`,
    rebuilt > 120_000 || (orders >= 100_000 && progress < 3),
  );
  memory(say, room, 'after the rebuild', 800);
}

async function verified(say: Say, room: WarRoom): Promise<void> {
  const from = performance.now();
  const run = await warroom(['verify'], { DATA_DIR: room.dataDir });
  say(`warroom verify: ${run.code === 0 ? 'equal' : run.output} (${secs(performance.now() - from)})`, run.code !== 0);
}

function disk(say: Say, room: WarRoom, orders: number): void {
  const files = [...filesOf(room.dataDir)].filter(([, bytes]) => bytes > 0);
  const total = files.reduce((sum, [, bytes]) => sum + bytes, 0);
  const perOrder = total / orders / 1_024;
  const each = files.map(([name, bytes]) => `${name} ${(bytes / 2 ** 20).toFixed(0)} MB`).join(', ');
  // 0.1 needed 0.72 KB for an order of two lines.
  say(`disk per order of two lines: ${perOrder.toFixed(2)} KB (${each}; must ${(0.72 * 1.25).toFixed(2)})`, perOrder > 0.72 * 1.25);
}
