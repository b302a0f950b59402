/** One view's numbered stream [S1]: what a snapshot or patch does to the snapshot of a screen. Pure. */
import type { Heartbeat, Patch, Position, Snapshot } from '../../shared/wire/protocol.ts';
import type { ViewName, Views } from '../../shared/wire/views/all.ts';

export interface ViewSnapshot<V extends ViewName> {
  readonly position: Position;
  readonly state: Views[V];
}

export type Taken<V extends ViewName> =
  | { readonly outcome: 'applied'; readonly snapshot: ViewSnapshot<V> }
  /** Already applied, of another view, or before any snapshot: nothing to do. */
  | { readonly outcome: 'ignored' }
  /** Something is missing: only a new snapshot can help. */
  | { readonly outcome: 'gap' };

const positionOf = ({ epoch, revision }: Position): Position => ({ epoch, revision });

export function takeSnapshot<V extends ViewName>(view: V, message: Snapshot): Taken<V> {
  if (message.view !== view) return { outcome: 'ignored' };
  return { outcome: 'applied', snapshot: { position: positionOf(message), state: message.state as Views[V] } };
}

export function takePatch<V extends ViewName>(view: V, snapshot: ViewSnapshot<V> | null, message: Patch): Taken<V> {
  if (message.view !== view || !snapshot) return { outcome: 'ignored' };
  if (message.epoch !== snapshot.position.epoch) return { outcome: 'gap' };
  if (message.revision <= snapshot.position.revision) return { outcome: 'ignored' };
  if (message.from !== snapshot.position.revision) return { outcome: 'gap' };
  return {
    outcome: 'applied',
    snapshot: { position: positionOf(message), state: { ...snapshot.state, ...(message.groups as Partial<Views[V]>) } },
  };
}

/**
 * True when the server has been ahead for a whole heartbeat without anything arriving here.
 * `before` is the position held at the heartbeat before this one: a patch under way at
 * one heartbeat is normal, at two it is lost.
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
