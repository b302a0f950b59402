/** The numbered stream of a view [S1]: how a snapshot or a patch changes the state of a screen. Pure. */
import { withListChange } from '../../shared/wire/list-change.ts';
import type { Heartbeat, Patch, Position, Snapshot } from '../../shared/wire/protocol.ts';
import type { ViewName, Views } from '../../shared/wire/views/all.ts';

export interface ViewSnapshot<V extends ViewName> {
  readonly position: Position;
  readonly state: Partial<Views[V]>;
}

export type Taken<V extends ViewName> =
  | { readonly outcome: 'applied'; readonly snapshot: ViewSnapshot<V> }
  /** The patch was applied already, belongs to another view, or came before any snapshot, so nothing changes. */
  | { readonly outcome: 'ignored' }
  /** A revision is missing, or does not fit what is held, so a new snapshot is needed. */
  | { readonly outcome: 'gap' };

const positionOf = ({ epoch, revision }: Position): Position => ({ epoch, revision });

export function takeSnapshot<V extends ViewName>(view: V, message: Snapshot): Taken<V> {
  if (message.view !== view) return { outcome: 'ignored' };
  return { outcome: 'applied', snapshot: { position: positionOf(message), state: message.state as Partial<Views[V]> } };
}

export function takePatch<V extends ViewName>(view: V, snapshot: ViewSnapshot<V> | null, message: Patch): Taken<V> {
  if (message.view !== view || !snapshot) return { outcome: 'ignored' };
  if (message.epoch !== snapshot.position.epoch) return { outcome: 'gap' };
  if (message.revision <= snapshot.position.revision) return { outcome: 'ignored' };
  if (message.from !== snapshot.position.revision) return { outcome: 'gap' };
  const groups = changedGroups(snapshot.state, message);
  if (groups === null) return { outcome: 'gap' };
  return {
    outcome: 'applied',
    snapshot: { position: positionOf(message), state: { ...snapshot.state, ...(groups as Partial<Views[V]>) } },
  };
}

/** The groups of a patch as they are after it; null where a change of a list does not fit the list that is held. */
function changedGroups(held: Readonly<Record<string, unknown>>, { groups, lists = {} }: Patch): Readonly<Record<string, unknown>> | null {
  const changed: Record<string, unknown> = { ...groups };
  for (const [name, change] of Object.entries(lists)) {
    const after = withListChange(held[name], change);
    if (after === null) return null;
    changed[name] = after;
  }
  return changed;
}

/**
 * True if the server has been ahead for a whole heartbeat interval and nothing has arrived here.
 * `before` is the position of this page at the previous heartbeat: a patch that is under way at one
 * heartbeat is normal, but one that is still missing at the next is lost.
 */
export function fellBehind<V extends ViewName>(
  view: V,
  snapshot: ViewSnapshot<V> | null,
  before: Position | null,
  heartbeat: Heartbeat,
): boolean {
  if (!snapshot || !before) return false;
  const theirs = heartbeat.positions[view];
  if (theirs.epoch !== snapshot.position.epoch) return true;
  const stoodStill = before.epoch === snapshot.position.epoch && before.revision === snapshot.position.revision;
  return stoodStill && theirs.revision > snapshot.position.revision;
}
