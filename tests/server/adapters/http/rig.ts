/** A real server on a free port: the workspace's own services over the real store without its threads, a client folder, and the few calls tests make. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { eventExample } from '../../../../shared/events/json-schema.ts';
import { orderPaid } from '../../../../shared/events/order-paid.ts';
import type { HttpLimits } from '../../../../server/adapters/http/limits.ts';
import { createHttpServer, type HttpServer } from '../../../../server/adapters/http/server.ts';
import { createMetrics, type MetricsRegistry } from '../../../../server/adapters/metrics/registry.ts';
import { randomId } from '../../../../server/adapters/system/identity.ts';
import { createLogger } from '../../../../server/adapters/system/logger.ts';
import { systemTimers } from '../../../../server/adapters/system/timers.ts';
import { showWorkspace } from '../../../../server/compose/shown-workspace.ts';
import { loadConfig, type Config } from '../../../../server/config.ts';
import { nodesOf } from '../../../helpers/nodes.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import type { Services } from '../../../../server/pipeline/services/services.ts';
import { openStoreLedger } from '../../../helpers/store-ledger.ts';
import { sealBeginnings } from '../../../../server/adapters/secrets/secret-box.ts';
import { openThreadlessStore, removeStore, type ThreadlessStore } from '../../../helpers/threadless-store.ts';

export interface Rig {
  /** What the server asks, for a test that wants to ask the same. */
  readonly services: Services;
  readonly store: ThreadlessStore;
  /** From now on these parts of the services answer instead of the real ones: for faults the real ones cannot be brought to. */
  replace(services: Partial<Services>): void;
  readonly http: HttpServer;
  readonly url: string;
  readonly port: number;
  readonly metrics: MetricsRegistry;
  readonly bugs: unknown[];
  readonly log: string[];
  /** The clock's reading, UTC ms. */
  now: number;
  removeClient(): void;
}

/** 2026-11-23T12:00:00Z */
export const NOON = Date.UTC(2026, 10, 23, 12);

/** It is closed after the case that asked for it. */
export async function startRig(
  config: Partial<Pick<Config, 'publicUrl' | 'kafka' | 'channelAllow'>> = {},
  limits: Partial<HttpLimits> = {},
): Promise<Rig> {
  const staticDir = mkdtempSync(join(tmpdir(), 'client-'));
  mkdirSync(join(staticDir, 'assets'));
  writeFileSync(join(staticDir, 'index.html'), '<!doctype html><title>wall</title>');
  writeFileSync(join(staticDir, 'assets', 'app-1a2b3c.js'), 'export {};');
  writeFileSync(join(staticDir, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  const state = { now: NOON };
  const log: string[] = [];
  const bugs: unknown[] = [];
  const onBug = (error: unknown) => bugs.push(error);
  // All faces of the clock stand still together and go on together: a wall clock that does so alone would be one that was set.
  const clock = { now: () => state.now, monotonic: () => state.now - NOON };
  const logger = createLogger({ level: 'debug', write: (line) => log.push(line) });
  const metrics = createMetrics({ defaults: false, keepMs: 0 });
  const settings = loadConfig({ DEMO: 'off' });
  if ('error' in settings) throw new Error(settings.error);
  const keys = [Buffer.alloc(32, 7)];
  const store = openThreadlessStore({ now: clock.now, timeZone: settings.timeZone, opens: sealBeginnings(keys) });
  const shown = showWorkspace(
    // The embedded log whatever the description of the topics says.
    {
      ...{
        config: { ...settings, kafka: null, channelAllow: config.channelAllow ?? [] },
        clock,
        machine: { uptime: clock.monotonic, boot: 'boot' },
        timers: systemTimers,
        logger,
        metrics,
        build: '1.2.3',
      },
      calendar: createCalendar(settings.timeZone),
      nodesOf,
      createKafkaLog: null,
      openLedger: openStoreLedger,
      secretKeys: () => keys,
    },
    { store, demo: false },
    onBug,
  );
  let replaced: Partial<Services> = {};
  const http = createHttpServer({
    services: () => ({ ...shown.services(), ...replaced }),
    config: { host: '127.0.0.1', publicUrl: null, kafka: null, ...config },
    clock,
    logger,
    metrics,
    exposition: metrics.exposition,
    newId: randomId,
    staticDir,
    build: '1.2.3',
    limits,
    onBug,
  });
  const { port, url } = await http.start(0);
  shown.start({ publish: () => undefined, watched: () => false, beat: () => undefined, welcome: () => undefined, tell: () => undefined });
  onTestFinished(async () => {
    store.fault = null;
    await http.stop(100);
    await shown.stop();
    metrics.stop();
    removeStore(store);
    rmSync(staticDir, { recursive: true, force: true });
  });
  return {
    services: shown.services(),
    store,
    replace(services) {
      replaced = services;
    },
    http,
    url,
    port,
    metrics,
    bugs,
    log,
    removeClient: () => rmSync(staticDir, { recursive: true }),
    get now() {
      return state.now;
    },
    set now(value) {
      state.now = value;
    },
  };
}

/** Waits until everything taken is folded. */
export async function folded(rig: Rig): Promise<void> {
  const deadline = performance.now() + 20_000;
  while ((await rig.services.readiness()).lag !== 0) {
    if (performance.now() > deadline) throw new Error('what was taken was not folded in time');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** How many facts of a kind are stored, once everything taken is folded. */
export async function orders(rig: Rig): Promise<number> {
  await folded(rig);
  return (await rig.store.reads.counts())['order'] ?? 0;
}

export function mention(id: string, change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    ...{ specversion: '1.0', id, source: '/monitor', type: 'sentiment.mention', time: '2026-11-23T19:50:00+08:00', subject: id },
    data: { mentionId: id, version: 1, platform: '微博', brand: '山澜', text: '漏水', label: 'negative', reach: 10, ...change },
  };
}

export interface Seeded {
  /** An open incident. */
  readonly incident: string;
  /** A mention too old to open one by itself. */
  readonly history: string;
  /** A quarantined record. */
  readonly row: number;
}

/** One open incident, one mention that waits for a decision, one quarantined record. */
export async function seed(rig: Rig): Promise<Seeded> {
  const policy = await rig.services.policies.put('brands', { value: { own: ['山澜'], tracked: [] }, owner: '林悦', reason: '首次设定' });
  if ('refused' in policy) throw new Error(policy.detail);
  const old = { ...mention('M-88001', { detectedAt: '2026-11-01T10:00:00+08:00' }), time: '2026-11-01T10:00:00+08:00' };
  const items = [mention('M-1'), old, order('bad', { type: 'sales.order.lost' })];
  const answers = results(await postEvents(rig, JSON.stringify(items), BATCH)).map((r) => r.outcome);
  if (answers.join() !== 'accepted,accepted,quarantined') throw new Error(`seeding was answered ${answers.join()}`);
  await folded(rig);
  const list = JSON.parse((await raw(rig, 'GET', '/api/incidents')).body) as { incidents: { id: string }[] };
  const rows = JSON.parse((await raw(rig, 'GET', '/api/quarantine')).body) as { rows: { id: number }[] };
  return { incident: list.incidents[0]?.id ?? '', history: '/monitor M-88001', row: rows.rows[0]?.id ?? 0 };
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

/** A request with exactly these headers, which `fetch` would not send. Repeat a header by an array; a list holds names and values in turn. */
export function raw(
  rig: Rig,
  method: string,
  path: string,
  headers: Record<string, string | string[]> | readonly string[] = {},
  body: Uint8Array | string = '',
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const call = httpRequest({ port: rig.port, host: '127.0.0.1', method, path, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    call.on('error', reject);
    // As bytes: Node sends the head in the encoding of a first chunk of text.
    call.end(Buffer.from(body));
  });
}

/** Bytes as they are, for what no HTTP client would say; resolves with all that comes back. */
export function wire(rig: Rig, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(rig.port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString('utf8')));
    socket.on('close', () => resolve(answer));
    // A server that has heard enough may cut the line: what came before counts.
    socket.on('error', () => resolve(answer));
    setTimeout(() => socket.end(), 300).unref();
  });
}

const STRUCTURED = 'application/cloudevents+json';
export const BATCH = 'application/cloudevents-batch+json';
export const LINES = 'application/x-ndjson';

export function postEvents(rig: Rig, body: Uint8Array | string, type: string = STRUCTURED, headers: Record<string, string> = {}) {
  return raw(rig, 'POST', '/api/events', { 'content-type': type, ...headers }, body);
}

export function order(id: string, change: Record<string, unknown> = {}): Record<string, unknown> {
  return { ...eventExample(orderPaid), id, time: '2026-11-23T12:00:00+08:00', data: { ...orderPaid.example, orderId: id }, ...change };
}

export function results(answer: RawAnswer): { index: number; id: string | null; outcome: string; code?: string; path?: string }[] {
  if (answer.status !== 202) throw new Error(`expected 202, got ${answer.status}: ${answer.body}`);
  return (JSON.parse(answer.body) as { results: ReturnType<typeof results> }).results;
}

/** The problem document of a refusal, after checking its shape (RFC 9457). */
export function problemOf(answer: RawAnswer): {
  status: number;
  code: string;
  detail: string;
  path?: string;
  present?: unknown;
  instance?: string;
} {
  const type = String(answer.headers['content-type']);
  if (!type.startsWith('application/problem+json')) throw new Error(`not a problem but ${type}: ${answer.body}`);
  const problem = JSON.parse(answer.body) as ReturnType<typeof problemOf> & { type: string; title: string };
  if (problem.status !== answer.status) throw new Error(`the document says ${problem.status}, the answer ${answer.status}`);
  for (const field of ['type', 'title', 'detail', 'code'] as const)
    if (typeof problem[field] !== 'string' || problem[field] === '') throw new Error(`a problem without ${field}: ${answer.body}`);
  if (/\bat .*\.ts:\d+|node_modules/.test(answer.body)) throw new Error(`a stack in the answer: ${answer.body}`);
  return problem;
}
