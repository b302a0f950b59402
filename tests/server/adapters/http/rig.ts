/** A real server on a free port around fake services, its client folder, and the few calls tests make. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { eventExample } from '../../../../shared/events/json-schema.ts';
import { orderPaid } from '../../../../shared/events/order-paid.ts';
import { createHttpServer, type HttpServer } from '../../../../server/adapters/http/server.ts';
import { createMetrics, type MetricsRegistry } from '../../../../server/adapters/metrics/registry.ts';
import { randomId } from '../../../../server/adapters/system/identity.ts';
import { createLogger } from '../../../../server/adapters/system/logger.ts';
import type { Config } from '../../../../server/config.ts';
import { type FakeServices, fakeServices } from './fake-services.ts';

export interface Rig {
  readonly services: FakeServices;
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

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** 2026-11-23T12:00:00Z */
export const NOON = Date.UTC(2026, 10, 23, 12);

export async function startRig(config: Partial<Pick<Config, 'publicUrl' | 'kafka'>> = {}): Promise<Rig> {
  const staticDir = mkdtempSync(join(tmpdir(), 'client-'));
  mkdirSync(join(staticDir, 'assets'));
  writeFileSync(join(staticDir, 'index.html'), '<!doctype html><title>wall</title>');
  writeFileSync(join(staticDir, 'assets', 'app-1a2b3c.js'), 'export {};');
  writeFileSync(join(staticDir, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  const state = { now: NOON };
  const log: string[] = [];
  const bugs: unknown[] = [];
  const services = fakeServices(() => state.now);
  const metrics = createMetrics({ defaults: false });
  const http = createHttpServer({
    services: () => services,
    config: { host: '127.0.0.1', publicUrl: null, kafka: null, ...config },
    clock: { now: () => state.now, monotonic: () => performance.now() },
    logger: createLogger({ level: 'debug', write: (line) => log.push(line) }),
    metrics,
    exposition: metrics.exposition,
    newId: randomId,
    staticDir,
    build: '1.2.3',
    onBug: (error) => bugs.push(error),
  });
  const { port, url } = await http.start(0);
  open.push(async () => {
    await http.stop(100);
    metrics.stop();
    rmSync(staticDir, { recursive: true, force: true });
  });
  return {
    services,
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
