/**
 * Screens over Socket.IO: server to client only, one room per view, one encoded broadcast per patch. A client that cannot
 * keep up leaves the room and gets a snapshot when its queue is empty, so memory per client is bounded and what it sees
 * next is the newest state [S4]. Compression and recovery stay off: both lose the encode-once path (performance.md, 5).
 */
import type { Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type {
  ClientToServerEvents,
  Goodbye,
  Heartbeat,
  Patch,
  ServerToClientEvents,
  Snapshot,
  Position,
} from '../../../shared/wire/protocol.ts';
import type { ScreenMessage } from '../../../shared/screens/screen-message.ts';
import { screenId } from '../../../shared/screens/screen-report.ts';
import { decideAccess } from '../../domain/access.ts';
import { callerOf } from '../system/caller.ts';
import type { ViewName } from '../../../shared/wire/views/all.ts';
import { viewNames } from '../../../shared/wire/views/all.ts';
import type { Workspace } from '../../../shared/wire/workspace.ts';
import type { Logger } from '../../pipeline/ports/logger.ts';
import type { Metrics } from '../../pipeline/ports/metrics.ts';
import { cut } from './backlog.ts';
import { Client, slowLimits, type SlowLimits, type WireSocket } from './client.ts';

/** How often slow clients are looked at. */
const SWEEP_MS = 200;
const SNAPSHOT_RETRY_MS = 1_000;
/** Between a goodbye and the end of the connection: long enough for a reader that reads. */
const GOODBYE_MS = 500;

export interface SocketsParts {
  readonly http: HttpServer;
  /** Origin people use, or null. */
  readonly publicUrl: string | null;
  /** The streams of the workspace shown at the time of the call. */
  readonly streams: () => {
    snapshot(view: ViewName): Promise<Snapshot>;
    positions(): Readonly<Record<ViewName, Position>>;
    welcome(): Promise<Workspace>;
    /** What a screen is told of itself; null where it is not known. */
    screen(id: string): Promise<ScreenMessage | null>;
  };
  /** The newest heartbeat, for a newcomer. */
  readonly heartbeat: () => Heartbeat | null;
  readonly metrics: Pick<Metrics, 'clients' | 'pushed' | 'dropped'>;
  readonly logger: Logger;
  /** Monotonic ms. */
  readonly monotonic: () => number;
  /** 0 ≤ random < 1: spreads the return of all screens after a restart. */
  readonly random: () => number;
  readonly limits?: SlowLimits;
}

export interface Sockets {
  publish(patch: Patch): void;
  /** To every screen that keeps up. */
  beat(heartbeat: Heartbeat): void;
  /** To every screen that keeps up; the others get it with their next snapshot. */
  welcome(workspace: Workspace): void;
  watched(view: ViewName): boolean;
  /** To the pages of one screen. */
  tell(screenId: string, message: ScreenMessage): void;
  /** Says goodbye and ends every connection; the HTTP server stays its owner's to close. */
  close(): Promise<void>;
}

/** Views have rooms of their own names, which hold no colon. */
const roomOf = (id: string): string => `screen:${id}`;

export function createSockets(parts: SocketsParts): Sockets {
  const { http, publicUrl, streams, heartbeat, metrics, logger, monotonic, random, limits = slowLimits } = parts;
  const clients = new Set<Client>();
  let closing = false;

  const io = new Server<ClientToServerEvents, ServerToClientEvents>(http, {
    serveClient: false,
    // Websocket first: polling is for networks that break it.
    transports: ['websocket', 'polling'],
    allowRequest: (request, answer) => answer(null, !closing && decideAccess('subscribe', callerOf(request), publicUrl) === null),
    // Clients send nothing but the handshake.
    maxHttpBufferSize: 16 * 1_024,
    perMessageDeflate: false,
    httpCompression: false,
    connectTimeout: 10_000,
    pingInterval: 10_000,
    pingTimeout: 5_000,
  });

  const following = (view: ViewName): readonly Client[] => [...clients].filter((client) => client.view === view && client.following);
  const count = (view: ViewName): void => metrics.clients(view, [...clients].filter((client) => client.view === view).length);

  function isNow(view: ViewName, position: Position): boolean {
    const now = streams().positions()[view];
    return now.epoch === position.epoch && now.revision === position.revision;
  }

  /** Both of one workspace, also when another one is shown meanwhile. */
  async function newest(view: ViewName): Promise<[Workspace, Snapshot]> {
    const shown = streams();
    return [await shown.welcome(), await shown.snapshot(view)];
  }

  function goodbye(client: Client | { socket: WireSocket }, reason: Goodbye['reason'], retryAfterMs: number): void {
    client.socket.emit('goodbye', { reason, retryAfterMs: Math.round(retryAfterMs) });
  }

  function unfollow(client: Client): void {
    client.following = false;
    void client.socket.leave(client.view);
  }

  /** Gives a client the newest state and lets it follow from exactly there. */
  async function raise(client: Client): Promise<void> {
    if (client.raising || client.leaving || monotonic() < client.retryAt) return;
    client.raising = true;
    try {
      let [welcome, snapshot] = await newest(client.view);
      // A patch may have gone out between the snapshot's making and now; following from an older revision would be a gap.
      while (!isNow(client.view, snapshot)) [welcome, snapshot] = await newest(client.view);
      if (!client.socket.connected || client.leaving) return;
      const latest = heartbeat();
      if (latest !== null) client.socket.emit('heartbeat', latest);
      client.socket.emit('welcome', welcome);
      client.socket.emit('snapshot', snapshot);
      client.following = true;
      client.epoch = snapshot.epoch;
      void client.socket.join(client.view);
      metrics.pushed('snapshot', 1);
    } catch (error) {
      // The store is away for now; a bug is reported by the stream itself, which ends the process.
      client.retryAt = monotonic() + SNAPSHOT_RETRY_MS;
      logger.warn({ view: client.view, error }, 'a screen waits for its first state');
    } finally {
      client.raising = false;
    }
  }

  /** A page that says which screen it is hears its name, and whatever it is told later. */
  async function introduce(socket: WireSocket): Promise<void> {
    const id = screenId.safeParse(socket.handshake.query['screen']);
    if (!id.success) return;
    void socket.join(roomOf(id.data));
    try {
      const message = await streams().screen(id.data);
      if (message !== null) socket.emit('screen', message);
    } catch (error) {
      // The store is away; the answer to the next report says the same.
      logger.warn({ error }, 'a screen is not told its name yet');
    }
  }

  function end(client: Client): void {
    client.leaving = true;
    unfollow(client);
    metrics.dropped('client', 1);
    logger.warn({ view: client.view, stuckMs: Math.round(client.stuckMs()) }, 'a screen stopped reading and was disconnected');
    goodbye(client, 'too_slow', 5_000 + random() * 10_000);
    setTimeout(() => cut(client.socket.conn), GOODBYE_MS).unref();
  }

  const sweep = setInterval(() => {
    for (const client of clients) {
      if (client.leaving) continue;
      // Another workspace is shown: its numbering has nothing to do with what the screen holds.
      if (client.following && client.epoch !== streams().positions()[client.view].epoch) unfollow(client);
      if (client.stuckMs() >= limits.stalledMs) end(client);
      else if (!client.following && client.isCaughtUp()) void raise(client);
    }
  }, SWEEP_MS);
  sweep.unref();

  io.on('connection', (socket) => {
    const view = viewNames.find((name) => name === socket.handshake.query['view']);
    if (view === undefined) {
      goodbye({ socket }, 'bad_view', 60_000);
      setTimeout(() => socket.disconnect(true), GOODBYE_MS).unref();
      return;
    }
    const client = new Client(socket, view, monotonic);
    clients.add(client);
    count(view);
    // Sockets only push: whoever sends is no screen of ours.
    socket.onAny(() => socket.disconnect(true));
    socket.on('disconnect', () => {
      clients.delete(client);
      count(view);
    });
    void raise(client);
    void introduce(socket);
  });

  return {
    publish(patch) {
      // The last words of a workspace that is no longer shown.
      if (patch.epoch !== streams().positions()[patch.view].epoch) return;
      let missed = 0;
      for (const client of clients) {
        if (client.view !== patch.view) continue;
        if (client.following && client.isBehind(limits)) unfollow(client);
        if (!client.following) missed++;
      }
      if (missed > 0) metrics.dropped('packet', missed);
      const reached = following(patch.view).length;
      if (reached === 0) return;
      io.to(patch.view).emit('patch', patch);
      metrics.pushed('patch', reached);
    },
    beat(message) {
      for (const view of viewNames) {
        const reached = following(view).length;
        if (reached === 0) continue;
        io.to(view).emit('heartbeat', message);
        metrics.pushed('heartbeat', reached);
      }
    },
    welcome(message) {
      for (const view of viewNames) if (following(view).length > 0) io.to(view).emit('welcome', message);
    },
    tell: (id, message) => void io.to(roomOf(id)).emit('screen', message),
    watched: (view) => [...clients].some((client) => client.view === view),
    async close() {
      closing = true;
      clearInterval(sweep);
      for (const client of clients) {
        client.leaving = true;
        goodbye(client, 'server_stopping', 500 + random() * 4_500);
      }
      const deadline = monotonic() + GOODBYE_MS;
      while (monotonic() < deadline && [...clients].some((client) => !client.isCaughtUp())) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      for (const client of clients) client.socket.disconnect(true);
      io.engine.close();
    },
  };
}
