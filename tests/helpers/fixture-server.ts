/**
 * Serves the built client with the policy headers of the product and a socket that sends a
 * made-up day. For looking at screens and testing their layout without a store or a broker.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { Server } from 'socket.io';
import { clientPage } from '../../server/adapters/http/client-files.ts';
import { securityHeaders } from '../../server/adapters/http/security-headers.ts';
import { carriedBy, rowLists } from '../../server/pipeline/push/row-lists.ts';
import type { ListShape } from '../../shared/wire/list-change.ts';
import type { ScreenMessage } from '../../shared/screens/screen-message.ts';
import type { SourceHealth, StreamFreshness } from '../../shared/wire/freshness.ts';
import type { OverviewState } from '../../shared/wire/views/overview.ts';
import { PROTOCOL_VERSION } from '../../shared/wire/constants.ts';
import type { ClientToServerEvents, Heartbeat, ServerToClientEvents } from '../../shared/wire/protocol.ts';
import type { Workspace } from '../../shared/wire/workspace.ts';
import { viewNames, type ViewName, type Views } from '../../shared/wire/views/all.ts';
import { everyView } from './every-view.ts';

export interface FixtureScene extends Views {
  readonly workspace: Workspace;
  readonly streams: (now: number) => readonly StreamFreshness[];
  readonly sources: (now: number) => readonly SourceHealth[];
  readonly problems: readonly string[];
  readonly quarantinedMentions?: number;
  readonly rosterGap?: Heartbeat['rosterGap'];
}

export interface FixtureServer {
  readonly url: string;
  /** What newcomers see; those connected get it as a new snapshot. */
  show(scene: FixtureScene): void;
  /** Changes groups of the overview by a patch. */
  patch(groups: Partial<OverviewState>): void;
  /** Changes groups of a view by a patch. */
  patchView<V extends ViewName>(view: V, groups: Partial<Views[V]>): void;
  /** What the server's clock says, UTC ms. */
  now(): number;
  /** The number of the newest patch or snapshot of a view. */
  revision(view: ViewName): number;
  /** Sends a patch that builds on a revision nobody holds. */
  tearStream(): void;
  /** Heartbeats carry another build from now on. */
  rebuild(build: string): void;
  /** No heartbeat any more, as if the server hung. */
  silence(): void;
  speak(): void;
  /** Connections made since the start. */
  connections(): number;
  /** Reports of screens, in the order they came. */
  readonly painted: { readonly id: string; readonly body: unknown }[];
  /** Sends every page what a screen is told of itself. */
  tell(message: ScreenMessage): void;
  /** Answers an API route; `undefined` = 404. */
  answer: (method: string, path: string, body: unknown, query: URLSearchParams) => { status: number; body: unknown } | undefined;
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};
const HEARTBEAT_MS = 1_000;

async function sendFile(root: string, path: string, response: ServerResponse): Promise<void> {
  const wanted = normalize(join(root, path));
  const isAsset = wanted.startsWith(root) && extname(wanted) in types;
  if (!isAsset) {
    const page = clientPage(root);
    response.writeHead(page.status, page.headers).end(page.body);
    return;
  }
  try {
    const bytes = await readFile(wanted);
    response.writeHead(200, { 'content-type': types[extname(wanted)] ?? 'text/html', ...securityHeaders(null) });
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

export interface FixtureOptions {
  /** 0: any that is free. */
  readonly port?: number;
  /** How many times as fast as time does the server's clock goes. */
  readonly rate?: number;
}

/** `startAt`: what the server's clock says at the start, UTC ms. */
export async function startFixtureServer(
  root: string,
  scene: FixtureScene,
  startAt: number,
  { port = 0, rate = 1 }: FixtureOptions = {},
): Promise<FixtureServer> {
  const startedAt = Date.now();
  const now = (): number => startAt + Math.round((Date.now() - startedAt) * rate);
  let shown = scene;
  const revisions: Record<ViewName, number> = everyView(() => 1);
  let build = 'fixture-1';
  let silent = false;
  let connections = 0;

  const http = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (!pathname.startsWith('/api/')) {
      void sendFile(root, pathname, response);
      return;
    }
    void bodyOf(request).then((body) => {
      const painted = /^\/api\/screens\/([^/]+)\/painted$/u.exec(pathname);
      if (painted) server.painted.push({ id: painted[1] ?? '', body });
      const found = painted
        ? { status: 200, body: { name: null, identify: false } }
        : server.answer(request.method ?? 'GET', pathname, body, searchParams);
      response.writeHead(found?.status ?? 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(found?.body ?? { code: 'not_found', detail: 'nothing here' }));
    });
  });
  const io = new Server<ClientToServerEvents, ServerToClientEvents>(http, { serveClient: false });

  const heartbeat = (): Heartbeat => {
    const at = now();
    return {
      protocol: PROTOCOL_VERSION,
      build,
      serverNow: at,
      positions: everyView((view) => ({ epoch: 'fixture', revision: revisions[view] })),
      streams: shown.streams(at),
      sources: shown.sources(at),
      problems: shown.problems,
      quarantinedMentions: shown.quarantinedMentions ?? 0,
      rosterGap: shown.rosterGap ?? null,
    };
  };
  const send = <V extends ViewName>(view: V, groups: Partial<Views[V]>): void => {
    const from = revisions[view];
    const revision = from + 1;
    revisions[view] = revision;
    const shapes: Readonly<Record<string, ListShape>> = rowLists[view] ?? {};
    const before: Readonly<Record<string, unknown>> = shown[view];
    const carried = carriedBy(
      Object.entries(groups).map(([name, value]) => ({ name, lastSent: before[name], pending: { value } })),
      shapes,
    );
    shown = { ...shown, [view]: { ...shown[view], ...groups } };
    io.to(view).emit('patch', { view, epoch: 'fixture', revision, from, ...carried, oldestAt: now(), sentAt: now() });
  };
  const snapshotFor = (view: ViewName) => ({ view, epoch: 'fixture', revision: revisions[view], state: shown[view], sentAt: now() });

  io.on('connection', (socket) => {
    connections += 1;
    const asked = String(socket.handshake.query['views']).split(',');
    const shownViews = viewNames.filter((name) => asked.includes(name));
    for (const view of shownViews) void socket.join(view);
    if (silent) return;
    socket.emit('heartbeat', heartbeat());
    socket.emit('welcome', shown.workspace);
    for (const view of shownViews) socket.emit('snapshot', snapshotFor(view));
  });
  const beat = setInterval(() => {
    if (!silent) io.emit('heartbeat', heartbeat());
  }, HEARTBEAT_MS);

  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  const server: FixtureServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    show(next) {
      shown = next;
      for (const view of viewNames) revisions[view] += 1;
      io.emit('welcome', shown.workspace);
      for (const view of viewNames) io.to(view).emit('snapshot', snapshotFor(view));
      io.emit('heartbeat', heartbeat());
    },
    patch(groups) {
      send('overview', groups);
    },
    patchView(view, groups) {
      send(view, groups);
    },
    now,
    revision: (view) => revisions[view],
    tearStream() {
      revisions.overview += 5;
      io.to('overview').emit('patch', {
        view: 'overview',
        epoch: 'fixture',
        revision: revisions.overview,
        from: revisions.overview - 1,
        groups: {},
        oldestAt: now(),
        sentAt: now(),
      });
    },
    rebuild(next) {
      build = next;
      io.emit('heartbeat', heartbeat());
    },
    silence() {
      silent = true;
    },
    speak() {
      silent = false;
    },
    connections: () => connections,
    painted: [],
    tell: (message) => void io.emit('screen', message),
    answer: () => undefined,
    async close() {
      clearInterval(beat);
      await io.close();
      http.closeAllConnections();
    },
  };
  return server;
}
