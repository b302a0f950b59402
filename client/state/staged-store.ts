/**
 * The store from which one panel of a wall, or a later part of one, is drawn: the figures as of its last turn, and all else of the
 * screen as it is. What says whether figures are current (the connection, the time, the freshness of the streams) never waits for a turn,
 * and a screen that becomes live again is drawn whole before it is called live.
 */
import { createStore } from 'zustand/vanilla';
import type { ViewName } from '../../shared/wire/views/all.ts';
import type { Screen, ScreenStore } from './screen-store.ts';

/** Whether old figures may stand beside new ones until their turn comes. */
function mayWait(next: Screen, held: Screen, view: ViewName): boolean {
  const [to, from] = [next.positions[view], held.positions[view]];
  const goesOn = to !== undefined && from !== undefined && to.epoch === from.epoch;
  return goesOn && next.phase === 'live' && held.phase === 'live' && next.kept === held.kept && next.workspace === held.workspace;
}

export interface StagedStore {
  readonly store: ScreenStore;
  /** Takes in what is newest. */
  readonly take: () => void;
  /** Follows the screen until the returned function is called; asks for a turn where figures of the view have changed. */
  readonly follow: (ask: () => void) => () => void;
}

/** Of a part: whether the figures it holds may stand beside newer ones of the rest of its panel. */
export type MayLag = (next: Screen, held: Screen) => boolean;

const always: MayLag = () => true;

/** @param screen the screen; of a part the store of its panel, so that a part is never ahead of its panel */
export function stageStore(screen: ScreenStore, view: ViewName, mayLag: MayLag = always): StagedStore {
  const store = createStore<Screen>(() => screen.getState());
  const take = (): void => {
    if (store.getState() !== screen.getState()) store.setState(screen.getState(), true);
  };
  return {
    store,
    take,
    follow: (ask) => {
      take();
      return screen.subscribe((next) => {
        const held = store.getState();
        if (next.views[view] === held.views[view] || !mayWait(next, held, view) || !mayLag(next, held)) return store.setState(next, true);
        store.setState({ ...next, views: held.views, positions: held.positions }, true);
        ask();
      });
    },
  };
}
