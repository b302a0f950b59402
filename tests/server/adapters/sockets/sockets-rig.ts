/** A real HTTP server with the sockets on it, a stream moved by hand, and real clients. */
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { slowLimits, type SlowLimits } from '../../../../server/adapters/sockets/client.ts';
import { createSockets, type Sockets } from '../../../../server/adapters/sockets/sockets.ts';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import type { ScreenMessage } from '../../../../shared/screens/screen-message.ts';
import type { Goodbye, Heartbeat, Patch, Snapshot } from '../../../../shared/wire/protocol.ts';
import { PROTOCOL_VERSION } from '../../../../shared/wire/constants.ts';
import type { Workspace } from '../../../../shared/wire/workspace.ts';
import type { ViewName } from '../../../../shared/wire/views/all.ts';
import { everyView } from '../../../helpers/every-view.ts';
import { usualWorkspace } from '../../../helpers/overview-fixture.ts';
import { silentLogger } from '../../../helpers/silent-logger.ts';

type Message =
  | ['welcome', Workspace]
  | ['snapshot', Snapshot]
  | ['patch', Patch]
  | ['heartbeat', Heartbeat]
  | ['goodbye', Goodbye]
  | ['screen', ScreenMessage]
  | ['disconnect', string];

export interface TestScreen {
  readonly socket: Socket;
  readonly got: Message[];
  names(): readonly string[];
  /** Stops taking bytes from the network, as a hung television does, and goes on again. */
  stall(): void;
  resume(): void;
}

export interface SocketsRig {
  readonly sockets: Sockets;
  readonly port: number;
  readonly counted: Record<string, number>;
  away: boolean;
  /** One view that cannot be read, as the ledger of one may be behind. */
  unreadable: ViewName | null;
  /** Snapshots that were asked for in vain while the store was away. */
  readonly refused: () => number;
  epoch: string;
  /** The next patch of the overview, carrying `value` as one of its groups. */
  patch(value: unknown): void;
  /** A heartbeat to all, with this time of the server. */
  beat(serverNow: number): void;
  readonly revision: () => number;
  readonly value: () => unknown;
  connect(options?: { views?: string; transports?: string[]; origin?: string; screen?: string }): Promise<TestScreen>;
  close(): Promise<void>;
}

export async function until(what: () => boolean, ms = 10_000): Promise<void> {
  const deadline = performance.now() + ms;
  while (!what()) {
    if (performance.now() > deadline) throw new Error(`not within ${ms} ms: ${what.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export async function socketsRig(limits: Partial<SlowLimits> = {}, publicUrl: string | null = null): Promise<SocketsRig> {
  const http: HttpServer = createServer((_request, response) => response.end());
  await new Promise<void>((resolve) => void http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const counted: Record<string, number> = {};
  const add = (name: string, count: number): void => {
    counted[name] = (counted[name] ?? 0) + count;
  };
  let revision = 1;
  let value: unknown = 0;
  let refused = 0;
  const screens: TestScreen[] = [];
  const state = (): Snapshot => ({ view: 'overview', epoch: rig.epoch, revision, sentAt: 0, state: { today: value } as never });
  const positions = () => everyView(() => ({ epoch: rig.epoch, revision }));
  const heartbeat = (): Heartbeat => ({
    protocol: PROTOCOL_VERSION,
    build: 'b',
    serverNow: 0,
    positions: positions(),
    streams: [],
    sources: [],
    problems: [],
    quarantinedMentions: 0,
    rosterGap: null,
  });

  const sockets = createSockets({
    http,
    publicUrl,
    streams: () => ({
      snapshot: async (view: ViewName) => {
        if (rig.away || view === rig.unreadable) {
          refused += 1;
          throw new Unavailable('away', 'the store is away');
        }
        return { ...state(), view };
      },
      positions,
      welcome: async () => ({ ...usualWorkspace, name: rig.epoch }),
      screen: async (id) => (id === 'unknown-screen' ? null : { name: `name of ${id}`, identify: false }),
    }),
    heartbeat,
    metrics: {
      clients: (view, count) => {
        counted[`clients ${view}`] = count;
      },
      pushed: (kind, count) => add(`pushed ${kind}`, count),
      dropped: (kind, count) => add(`dropped ${kind}`, count),
    },
    logger: silentLogger,
    monotonic: () => performance.now(),
    random: () => 0.5,
    limits: { ...slowLimits, ...limits },
  });

  const rig: SocketsRig = {
    sockets,
    port,
    counted,
    away: false,
    unreadable: null,
    refused: () => refused,
    epoch: 'e',
    revision: () => revision,
    value: () => value,
    patch(next) {
      const from = revision++;
      value = next;
      sockets.publish({ view: 'overview', epoch: rig.epoch, from, revision, groups: { today: next } as never, oldestAt: 1, sentAt: 2 });
    },
    beat: (serverNow) => sockets.beat({ ...heartbeat(), serverNow }),
    async connect({ views = 'overview', transports = ['websocket'], origin, screen: screenId } = {}) {
      const socket = io(`http://127.0.0.1:${port}`, {
        query: { views, ...(screenId === undefined ? {} : { screen: screenId }) },
        transports,
        extraHeaders: origin === undefined ? {} : { origin },
        reconnection: false,
        forceNew: true,
      });
      const got: Message[] = [];
      for (const name of ['welcome', 'snapshot', 'patch', 'heartbeat', 'goodbye', 'screen'] as const) {
        socket.on(name, (message: unknown) => got.push([name, message] as Message));
      }
      socket.on('disconnect', (reason) => got.push(['disconnect', reason]));
      const tcp = () => (socket.io.engine.transport as unknown as { ws: { _socket: { pause(): void; resume(): void } } }).ws._socket;
      const screen: TestScreen = {
        socket,
        got,
        names: () => got.map(([name]) => name),
        stall: () => tcp().pause(),
        resume: () => tcp().resume(),
      };
      screens.push(screen);
      await new Promise<void>((resolve, reject) => {
        socket.on('connect', resolve);
        socket.on('connect_error', reject);
      });
      return screen;
    },
    async close() {
      for (const { socket } of screens) socket.disconnect();
      await sockets.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
  return rig;
}
