/**
 * Screens over Socket.IO: server to client only, one room per view. A patch is encoded once and written at once to each screen
 * for which nothing waits; the others get it through their queues. A screen shows one or several views over its one
 * connection, each of them a numbered stream of its own. A client that cannot keep up leaves all its rooms and gets snapshots
 * when its queue is empty, so memory per client is bounded and what it sees next is the newest state [S4]. Compression and recovery stay off: both lose the encode-once path (performance.md, 5).
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
import { textFrame } from './text-frame.ts';

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

/** An event as a frame on its own: engine.io's 4 (message), socket.io's 2 (event) of its main namespace, name and payload. */
const eventFrame = <E extends keyof ServerToClientEvents>(event: E, ...payload: Parameters<ServerToClientEvents[E]>): Buffer =>
  textFrame(`42${JSON.stringify([event, ...payload])}`);

/** Views have rooms of their own names, which hold no colon. */
const roomOf = (id: string): string => `screen:${id}`;

/** The views that a handshake names, each once; null where one of them is none or there is none at all. */
function viewsAsked(asked: unknown): readonly ViewName[] | null {
  const names = typeof asked === 'string' ? asked.split(',') : [];
  const views = viewNames.filter((view) => names.includes(view));
  return views.length > 0 && views.length === new Set(names).size ? views : null;
}

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

  /** The clients that show a view, whether or not they keep up. */
  const showing = new Map<ViewName, Set<Client>>(viewNames.map((view) => [view, new Set()]));
  const clientsOf = (view: ViewName): ReadonlySet<Client> => showing.get(view) ?? new Set();
  const count = (view: ViewName): void => metrics.clients(view, clientsOf(view).size);

  function reachable(): number {
    let reached = 0;
    for (const client of clients) if (client.following.size > 0) reached++;
    return reached;
  }

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

  function unfollow(client: Client, view: ViewName): void {
    client.following.delete(view);
    void client.socket.leave(view);
  }

  function unfollowAll(client: Client): void {
    for (const view of client.views) unfollow(client, view);
    client.welcomedTo = null;
  }

  /** Gives a client the newest state of a view and lets it follow from exactly there. */
  async function raiseTo(client: Client, view: ViewName): Promise<void> {
    let [welcome, snapshot] = await newest(view);
    // A patch may have gone out between the snapshot's making and now; following from an older revision would be a gap.
    while (!isNow(view, snapshot)) [welcome, snapshot] = await newest(view);
    if (!client.socket.connected || client.leaving) return;
    if (client.welcomedTo !== snapshot.epoch) {
      const latest = heartbeat();
      if (latest !== null) client.socket.emit('heartbeat', latest);
      client.socket.emit('welcome', welcome);
      client.welcomedTo = snapshot.epoch;
    }
    client.socket.emit('snapshot', snapshot);
    client.following.set(view, snapshot.epoch);
    void client.socket.join(view);
    metrics.pushed('snapshot', 1);
  }

  /** The views do not wait for each other: one that cannot be read yet keeps no other from a screen. */
  async function raise(client: Client): Promise<void> {
    if (client.raising || client.leaving || monotonic() < client.retryAt) return;
    client.raising = true;
    const attempt = (view: ViewName): Promise<void> =>
      raiseTo(client, view).catch((error: unknown) => {
        // The store is away for now; a bug is reported by the stream itself, which ends the process.
        client.retryAt = monotonic() + SNAPSHOT_RETRY_MS;
        logger.warn({ view, error }, 'a screen waits for its first state');
      });
    await Promise.all(client.missing().map(attempt));
    client.raising = false;
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
    unfollowAll(client);
    metrics.dropped('client', 1);
    logger.warn({ views: client.views, stuckMs: Math.round(client.stuckMs()) }, 'a screen stopped reading and was disconnected');
    goodbye(client, 'too_slow', 5_000 + random() * 10_000);
    setTimeout(() => cut(client.socket.conn), GOODBYE_MS).unref();
  }

  const sweep = setInterval(() => {
    for (const client of clients) {
      if (client.leaving) continue;
      // Another workspace is shown: its numbering has nothing to do with what the screen holds.
      const positions = streams().positions();
      for (const [view, epoch] of client.following) if (epoch !== positions[view].epoch) unfollow(client, view);
      if (client.stuckMs() >= limits.stalledMs) end(client);
      else if (client.following.size < client.views.length && client.isCaughtUp()) void raise(client);
    }
  }, SWEEP_MS);
  sweep.unref();

  io.on('connection', (socket) => {
    const views = viewsAsked(socket.handshake.query['views']);
    if (views === null) {
      goodbye({ socket }, 'bad_view', 60_000);
      setTimeout(() => socket.disconnect(true), GOODBYE_MS).unref();
      return;
    }
    const client = new Client(socket, views, monotonic);
    clients.add(client);
    for (const view of views) {
      showing.get(view)?.add(client);
      count(view);
    }
    // Sockets only push: whoever sends is no screen of ours.
    socket.onAny(() => socket.disconnect(true));
    socket.on('disconnect', () => {
      clients.delete(client);
      for (const view of views) {
        showing.get(view)?.delete(client);
        count(view);
      }
    });
    void raise(client);
    void introduce(socket);
  });

  return {
    publish(patch) {
      // The last words of a workspace that is no longer shown.
      if (patch.epoch !== streams().positions()[patch.view].epoch) return;
      const shown = clientsOf(patch.view);
      let frame: Buffer | undefined;
      let reached = 0;
      /** Sockets whose queue is not empty, or that poll. */
      const queued: string[] = [];
      for (const client of shown) {
        if (!client.following.has(patch.view)) continue;
        frame ??= eventFrame('patch', patch);
        if (!client.write(frame)) {
          if (client.isBehind(limits)) {
            unfollowAll(client);
            continue;
          }
          queued.push(client.socket.id);
        }
        reached++;
      }
      if (queued.length > 0) io.to(queued).emit('patch', patch);
      if (reached < shown.size) metrics.dropped('packet', shown.size - reached);
      if (reached > 0) metrics.pushed('patch', reached);
    },
    beat(message) {
      const reached = reachable();
      if (reached === 0) return;
      // A client that is in several of these rooms gets it once.
      io.to([...viewNames]).emit('heartbeat', message);
      metrics.pushed('heartbeat', reached);
    },
    welcome(message) {
      if (reachable() > 0) io.to([...viewNames]).emit('welcome', message);
    },
    tell: (id, message) => void io.to(roomOf(id)).emit('screen', message),
    watched: (view) => clientsOf(view).size > 0,
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
