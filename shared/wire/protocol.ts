/**
 * The push protocol. Sockets only push: a client says in its handshake which view
 * it shows and never sends again. One numbered stream per view (epoch, revision):
 * a snapshot, then patches; a gap in `from` means: connect again for a snapshot [S1].
 *
 * PROTOCOL_VERSION must rise with any change of the shapes; a test compares their hash.
 * History: 1 · overview and incidents views, heartbeat.
 */
import type { SourceHealth, StreamFreshness } from './freshness.ts';
import type { IncidentsState } from './incidents-view.ts';
import type { OverviewState } from './overview.ts';

export const PROTOCOL_VERSION = 1;
export const HEARTBEAT_MS = 5_000;
/** Without a heartbeat for this long a screen turns amber, then grey [S2]. */
export const AMBER_AFTER_MS = 10_000;
export const GREY_AFTER_MS = 30_000;

export interface Views {
  readonly overview: OverviewState;
  readonly incidents: IncidentsState;
}
export type ViewName = keyof Views;
export const viewNames = ['overview', 'incidents'] as const satisfies readonly ViewName[];

export interface Position {
  /** Changes when the server's numbering starts over. */
  readonly epoch: string;
  readonly revision: number;
}

export interface Snapshot<V extends ViewName = ViewName> extends Position {
  readonly view: V;
  readonly state: Views[V];
  readonly sentAt: number;
}

export interface Patch<V extends ViewName = ViewName> extends Position {
  readonly view: V;
  /** The revision this patch builds on; anything but the client's own is a gap. */
  readonly from: number;
  /** Groups that changed, whole. */
  readonly groups: Partial<Views[V]>;
  /** Commit time of the oldest change in here, so that measured lag stays honest. */
  readonly oldestAt: number;
  readonly sentAt: number;
}

export interface Heartbeat {
  readonly protocol: number;
  readonly build: string;
  readonly serverNow: number;
  readonly positions: Readonly<Record<ViewName, Position>>;
  readonly streams: readonly StreamFreshness[];
  readonly sources: readonly SourceHealth[];
  /** What is wrong right now, by code; empty when all is well. */
  readonly problems: readonly string[];
}

/** Why the server ends a connection; always sent before it does. */
export interface Goodbye {
  readonly reason: 'too_slow' | 'server_stopping' | 'bad_view';
  /** Wait this long before connecting again, ms. */
  readonly retryAfterMs: number;
}

export interface ServerToClientEvents {
  snapshot: (message: Snapshot) => void;
  patch: (message: Patch) => void;
  heartbeat: (message: Heartbeat) => void;
  goodbye: (message: Goodbye) => void;
}
/** Sockets only push. */
export type ClientToServerEvents = Record<string, never>;
