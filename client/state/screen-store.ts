/** One store per mounted screen: what the server said, and what time it is. Panels read it through selectors. */
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { SourceHealth, StreamFreshness } from '../../shared/wire/freshness.ts';
import type { Heartbeat } from '../../shared/wire/protocol.ts';
import type { Views } from '../../shared/wire/views/all.ts';
import type { Workspace } from '../../shared/wire/workspace.ts';
import type { Phase } from '../wire/connection.ts';

export interface Screen {
  /** What the page was told about its workspace; null before the connection. */
  readonly workspace: Workspace | null;
  /** The state of the view this page shows, by the view's name; empty before the first snapshot. */
  readonly views: Partial<Views>;
  readonly streams: readonly StreamFreshness[];
  readonly sources: readonly SourceHealth[];
  readonly problems: readonly string[];
  /** Quarantined mentions that wait for repair: an alarm may hide among them. */
  readonly quarantinedMentions: number;
  readonly phase: Phase;
  /** ms since the last heartbeat. */
  readonly silentMs: number;
  /** Server time at this tick, whole seconds in UTC ms; this machine's time before the first heartbeat. */
  readonly now: number;
  /** Server time at the last heartbeat; what the screen shows is true of this instant. */
  readonly heartbeatAt: number | null;
  readonly otherProtocol: boolean;
}

export type ScreenStore = StoreApi<Screen>;

export function createScreenStore(now: number): ScreenStore {
  return createStore<Screen>(() => ({
    workspace: null,
    views: {},
    streams: [],
    sources: [],
    problems: [],
    quarantinedMentions: 0,
    phase: 'starting',
    silentMs: 0,
    now,
    heartbeatAt: null,
    otherProtocol: false,
  }));
}

const same = (a: readonly unknown[], b: readonly unknown[]): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Keeps the old arrays where nothing changed, so that a heartbeat repaints nothing by itself. */
export function withHeartbeat(screen: Screen, heartbeat: Heartbeat): Partial<Screen> {
  return {
    streams: same(screen.streams, heartbeat.streams) ? screen.streams : heartbeat.streams,
    sources: same(screen.sources, heartbeat.sources) ? screen.sources : heartbeat.sources,
    problems: same(screen.problems, heartbeat.problems) ? screen.problems : heartbeat.problems,
    quarantinedMentions: heartbeat.quarantinedMentions,
    heartbeatAt: heartbeat.serverNow,
    otherProtocol: false,
  };
}
