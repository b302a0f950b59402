/** The store of a mounted screen: what the server sent, and the current time. Panels read it through selectors. */
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { ScreenMessage } from '../../shared/screens/screen-message.ts';
import type { SourceHealth, StreamFreshness } from '../../shared/wire/freshness.ts';
import type { Heartbeat, Position } from '../../shared/wire/protocol.ts';
import type { ViewName, Views } from '../../shared/wire/views/all.ts';
import type { BoardGap } from '../../shared/screens/board.ts';
import type { Workspace } from '../../shared/wire/workspace.ts';
import type { Phase } from '../wire/connection.ts';

export interface Screen {
  /** The workspace as the welcome message describes it; null before that message. */
  readonly workspace: Workspace | null;
  /**
   * The states of the views that this page shows, under their names; a view is absent before its first snapshot, and a group
   * that the server cannot compute yet is absent from its view.
   */
  readonly views: { readonly [V in keyof Views]?: Partial<Views[V]> };
  /** How far the stream of each of these views has come. */
  readonly positions: { readonly [V in keyof Views]?: Position };
  readonly streams: readonly StreamFreshness[];
  readonly sources: readonly SourceHealth[];
  readonly problems: readonly string[];
  /** The number of quarantined mentions that wait for repair; one of them may be a negative mention that started no clock. */
  readonly quarantinedMentions: number;
  readonly rosterGap: Heartbeat['rosterGap'];
  readonly phase: Phase;
  /** ms since the last heartbeat. */
  readonly silentMs: number;
  /** Server time at this tick, in UTC ms of whole seconds; before the first heartbeat the time of this machine. */
  readonly now: number;
  /** Server time at the last heartbeat, the instant at which everything on the screen was current. */
  readonly heartbeatAt: number | null;
  readonly otherProtocol: boolean;
  /** The build of the server at the last heartbeat; null before it. */
  readonly build: string | null;
  /** What the server tells this screen of itself; null before it did. */
  readonly self: ScreenMessage | null;
  /** Views that are not from the server but from what this browser kept, and when (the clock of this machine); null without any. */
  readonly kept: { readonly at: number; readonly views: readonly ViewName[] } | null;
  /** Of a board of an earlier moment: the groups that cannot be told, with the reason. null on a live screen. */
  readonly gaps: Readonly<Record<string, BoardGap>> | null;
}

export type ScreenStore = StoreApi<Screen>;

export function createScreenStore(now: number): ScreenStore {
  return createStore<Screen>(() => ({
    workspace: null,
    views: {},
    positions: {},
    streams: [],
    sources: [],
    problems: [],
    quarantinedMentions: 0,
    rosterGap: null,
    phase: 'starting',
    silentMs: 0,
    now,
    heartbeatAt: null,
    otherProtocol: false,
    build: null,
    self: null,
    kept: null,
    gaps: null,
  }));
}

const same = (a: readonly unknown[], b: readonly unknown[]): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Keeps the earlier arrays where nothing changed, so that a heartbeat alone repaints nothing. */
export function withHeartbeat(screen: Screen, heartbeat: Heartbeat): Partial<Screen> {
  return {
    streams: same(screen.streams, heartbeat.streams) ? screen.streams : heartbeat.streams,
    sources: same(screen.sources, heartbeat.sources) ? screen.sources : heartbeat.sources,
    problems: same(screen.problems, heartbeat.problems) ? screen.problems : heartbeat.problems,
    quarantinedMentions: heartbeat.quarantinedMentions,
    rosterGap: JSON.stringify(screen.rosterGap) === JSON.stringify(heartbeat.rosterGap) ? screen.rosterGap : heartbeat.rosterGap,
    heartbeatAt: heartbeat.serverNow,
    build: heartbeat.build,
    otherProtocol: false,
  };
}
