/** Hands one screen's store to everything drawn on it. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { ViewName, Views } from '../../shared/wire/views/all.ts';
import type { Workspace } from '../../shared/wire/workspace.ts';
import type { Screen, ScreenStore } from './screen-store.ts';

export const ScreenContext = createContext<ScreenStore | null>(null);

/** What every page shows, whatever its view: connection, time, freshness. */
export function useScreen<T>(select: (screen: Screen) => T): T {
  const store = useContext(ScreenContext);
  if (!store) throw new Error('a panel was drawn outside of a screen');
  return useStore(store, select);
}

/** The whole state of a view; null before the first snapshot. */
export function useView<V extends ViewName>(view: V): Views[V] | null {
  return useScreen((screen) => screen.views[view] ?? null);
}

/** One group of a view; only drawn once there is a snapshot. */
export function useGroup<V extends ViewName, G extends keyof Views[V]>(view: V, group: G): Views[V][G] {
  return useScreen((screen) => {
    const state: Views[V] | undefined = screen.views[view];
    if (!state) throw new Error(`group ${String(group)} of ${view} was drawn before the first snapshot`);
    return state[group];
  });
}

/** Name, time zone, currency of the workspace; only drawn once the page was told. */
export function useWorkspace(): Workspace {
  return useScreen((screen) => {
    if (!screen.workspace) throw new Error('the workspace was asked for before the connection');
    return screen.workspace;
  });
}
