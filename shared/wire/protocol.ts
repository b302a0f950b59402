/**
 * The push protocol. Sockets only push: a client says in its handshake which view
 * it shows and never sends again. First comes the workspace, then one numbered stream per view
 * (epoch, revision): a snapshot, then patches; a gap in `from` means: connect again for a snapshot [S1].
 * See constants.ts for the version.
 */
import * as z from 'zod';
import { screenMessage, type ScreenMessage } from '../screens/screen-message.ts';
import { sourceHealth, streamFreshness } from './freshness.ts';
import type { ListChange } from './list-change.ts';
import { group, instant, list } from './shape.ts';
import type { ViewName, Views } from './views/all.ts';
import { workspace, type Workspace } from './workspace.ts';

export const position = group({
  /** Changes when the server's numbering starts over. */
  epoch: z.string(),
  revision: z.int(),
});
export type Position = z.infer<typeof position>;

/** A name of views/all.ts; not an enumeration here, so that a new view changes no message. */
const viewName = z.string();
/** The state of a view and its groups have schemas of their own, one for each view (views/all.ts). */
const groups = z.record(z.string(), z.unknown());
const row = z.record(z.string(), z.unknown()).readonly();

/** What has changed in a group that is a list of rows (list-change.ts). */
const listChange: z.ZodType<ListChange> = group({
  list: z.string(),
  key: z.string(),
  order: list(z.string()).nullable(),
  rows: list(row),
  rest: row,
});

export const snapshot = group({ ...position.unwrap().shape, view: viewName, state: groups, sentAt: instant });
export interface Snapshot<V extends ViewName = ViewName> extends Omit<z.infer<typeof snapshot>, 'view' | 'state'> {
  readonly view: V;
  /** Groups that cannot be computed yet are absent, and come by a patch. */
  readonly state: Partial<Views[V]>;
}

export const patch = group({
  ...position.unwrap().shape,
  view: viewName,
  /** The revision this patch builds on; anything but the client's own is a gap. */
  from: z.int(),
  /** Groups that changed, whole. */
  groups,
  /** Groups that changed and are lists, by what changed in them; one that does not fit what the screen holds is a gap. */
  lists: z.record(z.string(), listChange).readonly().exactOptional(),
  /** Commit time of the oldest change in here, so that measured lag stays honest. */
  oldestAt: instant,
  sentAt: instant,
});
export interface Patch<V extends ViewName = ViewName> extends Omit<z.infer<typeof patch>, 'view' | 'groups'> {
  readonly view: V;
  readonly groups: Partial<Views[V]>;
}

export const heartbeat = group({
  protocol: z.int(),
  build: z.string(),
  serverNow: instant,
  positions: z.record(viewName, position).readonly(),
  streams: list(streamFreshness),
  sources: list(sourceHealth),
  /** What is wrong right now, by code; empty when all is well. */
  problems: list(z.string()),
  /** Quarantined records that are or may be mentions and wait for repair: an alarm may hide among them [I9]. */
  quarantinedMentions: z.int(),
  /** The first hours of the coming week with nobody on duty, and how many more gaps it has; null without a gap or a roster. */
  rosterGap: group({ from: instant, to: instant, more: z.int() }).nullable(),
});
export interface Heartbeat extends Omit<z.infer<typeof heartbeat>, 'positions'> {
  readonly positions: Readonly<Record<ViewName, Position>>;
}

/** Why the server ends a connection; always sent before it does. */
export const goodbye = group({
  reason: z.enum(['too_slow', 'server_stopping', 'bad_view']),
  /** Wait this long before connecting again, ms. */
  retryAfterMs: z.number(),
});
export type Goodbye = z.infer<typeof goodbye>;

/** Every message by its event's name. */
export const messages = { welcome: workspace, snapshot, patch, heartbeat, goodbye, screen: screenMessage } as const;

export interface ServerToClientEvents {
  welcome: (message: Workspace) => void;
  snapshot: (message: Snapshot) => void;
  patch: (message: Patch) => void;
  heartbeat: (message: Heartbeat) => void;
  goodbye: (message: Goodbye) => void;
  /** What this screen is told of itself; only to pages that say their screen's id in the handshake. */
  screen: (message: ScreenMessage) => void;
}
/** Sockets only push. */
export type ClientToServerEvents = Record<string, never>;
