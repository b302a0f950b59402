/**
 * Keeps the views of a page up to date over one connection: it connects, applies what it receives, and connects again when a
 * revision of any of them is missing. Its only timer is the one for connecting again; the tick of the screen asks for the
 * status when it paints. Socket and clocks are arguments, so tests can run it with fake ones.
 */
import { AMBER_AFTER_MS } from '../../shared/wire/constants.ts';
import type { ScreenMessage } from '../../shared/screens/screen-message.ts';
import type { Goodbye, Heartbeat, Patch, Snapshot } from '../../shared/wire/protocol.ts';
import type { ViewName } from '../../shared/wire/views/all.ts';
import type { Workspace } from '../../shared/wire/workspace.ts';
import { connectionAt } from './connection.ts';
import type { ConnectionStatus, Contact } from './connection.ts';
import { followView } from './followed-view.ts';
import type { FollowedView } from './followed-view.ts';
import type { LocalTime } from './local-time.ts';
import { learnServerTime, serverNowAt } from './server-clock.ts';
import type { ServerClock } from './server-clock.ts';
import type { ViewSnapshot } from './stream.ts';
import { judgeVersion } from './version.ts';

/** The part of a socket that is used; `socket.ts` provides it over socket.io-client. */
export interface Line {
  /** Ends the present connection and starts a new one that asks for these views. */
  restart(views: readonly ViewName[]): void;
  close(): void;
}
export interface LineEvents {
  /** A new connection stands: nothing that comes by it was kept back on the way. */
  connected(): void;
  welcome(workspace: Workspace): void;
  snapshot(message: Snapshot): void;
  patch(message: Patch): void;
  heartbeat(message: Heartbeat): void;
  goodbye(message: Goodbye): void;
  screen(message: ScreenMessage): void;
}

export interface LiveOptions {
  readonly views: readonly ViewName[];
  readonly open: (views: readonly ViewName[], events: LineEvents) => Line;
  readonly time: () => LocalTime;
  readonly after: (ms: number, run: () => void) => () => void;
  readonly onWelcome: (workspace: Workspace) => void;
  readonly onSnapshot: <V extends ViewName>(view: V, snapshot: ViewSnapshot<V>) => void;
  readonly onHeartbeat: (heartbeat: Heartbeat) => void;
  /** What this screen is told of itself. */
  readonly onScreen?: (message: ScreenMessage) => void;
  /** The build this page was loaded from; absent: that of its first heartbeat. */
  readonly build?: string;
  /** Called when the page has another build or protocol than the server. */
  readonly onOutdated: (why: 'new_build' | 'other_protocol', build: string) => void;
}

export interface Live {
  status(): ConnectionStatus;
  /** Server time, UTC ms; null before the first heartbeat. */
  serverNow(): number | null;
  /** Server time at the last heartbeat. */
  serverHeartbeatAt(): number | null;
  /** Follows these views too from now on; what is held of the others stays while the connection is made anew. */
  follow(views: readonly ViewName[]): void;
  /** Call when the page wakes (shown, online, restored): a connection that has become silent is then replaced at once. */
  wake(): void;
  stop(): void;
}

interface Heard {
  readonly message: Heartbeat;
  readonly at: LocalTime;
}

/** Limits how often the page connects again, in case the server answers each connection with a gap. */
const RESTART_PAUSE_MS = 1_000;
/** A heartbeat that comes later than this after it was due by the server's clock tells of the past. */
const LATE_MS = 5_000;

export function goLive(options: LiveOptions): Live {
  const followed = new Map<ViewName, FollowedView>();
  let clock: ServerClock = [];
  let contact: Contact = { startedAt: options.time(), heartbeatAt: null };
  let serverHeartbeatAt: number | null = null;
  let ownBuild: string | null = options.build ?? null;
  /** No heartbeat has come by the present connection yet. */
  let newlyConnected = true;
  /** A heartbeat that waits for the snapshots of its connection. */
  let heard: Heard | null = null;
  let cancelRestart: (() => void) | null = null;

  const add = (views: readonly ViewName[]): boolean => {
    const fresh = views.filter((view) => !followed.has(view));
    for (const view of fresh) followed.set(view, followView(view, options.onSnapshot));
    return fresh.length > 0;
  };
  add(options.views);

  const restart = (): void => {
    for (const view of followed.values()) view.forgetHeartbeat();
    line.restart([...followed.keys()]);
  };
  const restartIn = (ms: number): void => {
    if (cancelRestart) return;
    cancelRestart = options.after(ms, () => {
      cancelRestart = null;
      restart();
    });
  };
  const check = (outcome: 'fine' | 'gap'): void => {
    if (outcome === 'gap') restartIn(RESTART_PAUSE_MS);
  };

  /**
   * Heartbeats kept back on the way (a line that hung, a buffer that grew) would call figures current that are as old as they
   * are. A server whose clock was set back sends such heartbeats too; those of a new connection are believed.
   */
  const keptBack = (serverNow: number): boolean => {
    const expected = serverNowAt(clock, options.time());
    const late = expected !== null && expected - serverNow > LATE_MS;
    const believed = newlyConnected;
    newlyConnected = false;
    return late && !believed;
  };

  const believe = ({ message, at }: Heard): void => {
    clock = learnServerTime(clock, message.serverNow, at);
    contact = { ...contact, heartbeatAt: at };
    serverHeartbeatAt = message.serverNow;
    for (const view of followed.values()) check(view.heartbeat(message));
    options.onHeartbeat(message);
  };
  /** The first heartbeat of a connection overtakes its snapshots: believed at once, it would call the figures of before current. */
  const believeOnceConfirmed = (): void => {
    if (!heard || [...followed.values()].some((view) => view.unconfirmed())) return;
    const confirmed = heard;
    heard = null;
    believe(confirmed);
  };

  const line = options.open(options.views, {
    connected: () => {
      newlyConnected = true;
      heard = null;
      for (const view of followed.values()) view.reconnected();
    },
    welcome: options.onWelcome,
    snapshot: (message) => {
      followed.get(message.view)?.snapshot(message);
      believeOnceConfirmed();
    },
    patch: (message) => check(followed.get(message.view)?.patch(message) ?? 'fine'),
    heartbeat: (message) => {
      const verdict = judgeVersion(ownBuild, message);
      ownBuild ??= message.build;
      if (verdict !== 'same') options.onOutdated(verdict, message.build);
      // Figures of another protocol must not be shown; without heartbeats the screen turns grey by itself.
      if (verdict === 'other_protocol') return;
      if (keptBack(message.serverNow)) {
        restartIn(RESTART_PAUSE_MS);
        return;
      }
      heard = { message, at: options.time() };
      believeOnceConfirmed();
    },
    screen: (message) => options.onScreen?.(message),
    goodbye: (message) => restartIn(Math.max(RESTART_PAUSE_MS, message.retryAfterMs)),
  });

  const status = (): ConnectionStatus => connectionAt(contact, options.time());
  return {
    status,
    serverNow: () => serverNowAt(clock, options.time()),
    serverHeartbeatAt: () => serverHeartbeatAt,
    follow: (views) => {
      if (add(views)) restart();
    },
    wake: () => {
      if (status().silentMs >= AMBER_AFTER_MS) restart();
    },
    stop: () => {
      cancelRestart?.();
      line.close();
    },
  };
}
