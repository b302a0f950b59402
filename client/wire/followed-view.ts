/** One view of a page: its numbered stream as far as it has come, and whether a revision is missing [S1]. */
import type { Heartbeat, Patch, Position, Snapshot } from '../../shared/wire/protocol.ts';
import type { ViewName } from '../../shared/wire/views/all.ts';
import { fellBehind, takePatch, takeSnapshot } from './stream.ts';
import type { Taken, ViewSnapshot } from './stream.ts';

/** `gap`: only a new connection can bring the view up to date. */
export interface FollowedView {
  snapshot(message: Snapshot): void;
  patch(message: Patch): 'fine' | 'gap';
  heartbeat(message: Heartbeat): 'fine' | 'gap';
  /** The next heartbeat belongs to another connection than the last one. */
  forgetHeartbeat(): void;
  /** A new connection stands; what is held came by an earlier one until its snapshot comes. */
  reconnected(): void;
  /** Something is held and no snapshot of the present connection has confirmed it yet. */
  unconfirmed(): boolean;
}

export function followView<V extends ViewName>(
  view: V,
  onSnapshot: <W extends ViewName>(view: W, snapshot: ViewSnapshot<W>) => void,
): FollowedView {
  let held: ViewSnapshot<V> | null = null;
  let before: Position | null = null;
  let confirmed = false;

  function take(taken: Taken<V>): 'fine' | 'gap' {
    if (taken.outcome === 'applied') {
      held = taken.snapshot;
      onSnapshot(view, held);
    }
    return taken.outcome === 'gap' ? 'gap' : 'fine';
  }

  return {
    snapshot: (message) => {
      confirmed = true;
      take(takeSnapshot(view, message));
    },
    patch: (message) => take(takePatch(view, held, message)),
    heartbeat: (message) => {
      const behind = fellBehind(view, held, before, message);
      before = held?.position ?? null;
      return behind ? 'gap' : 'fine';
    },
    forgetHeartbeat: () => {
      before = null;
    },
    reconnected: () => {
      confirmed = false;
    },
    unconfirmed: () => held !== null && !confirmed,
  };
}
