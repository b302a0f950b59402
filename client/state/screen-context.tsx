/** Provides the store of a screen to all components on it. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { ViewName, Views } from '../../shared/wire/views/all.ts';
import type { Workspace } from '../../shared/wire/workspace.ts';
import type { Screen, ScreenStore } from './screen-store.ts';

export const ScreenContext = createContext<ScreenStore | null>(null);

/** The state that every page shows, whatever its view: connection, time, freshness. */
export function useScreen<T>(select: (screen: Screen) => T): T {
  const store = useContext(ScreenContext);
  if (!store) throw new Error('a panel was drawn outside of a screen');
  return useStore(store, select);
}

/** The whole state of a view; null before the first snapshot. */
export function useView<V extends ViewName>(view: V): Views[V] | null {
  return useScreen((screen) => screen.views[view] ?? null);
}

/** One group of a view. Components that use it are drawn only after the first snapshot. */
export function useGroup<V extends ViewName, G extends keyof Views[V]>(view: V, group: G): Views[V][G] {
  return useScreen((screen) => {
    const state: Views[V] | undefined = screen.views[view];
    if (!state) throw new Error(`group ${String(group)} of ${view} was drawn before the first snapshot`);
    return state[group];
  });
}

/** Name, time zone and currency of the workspace. Components that use them are drawn only after the welcome message. */
export function useWorkspace(): Workspace {
  return useScreen((screen) => {
    if (!screen.workspace) throw new Error('the workspace was asked for before the connection');
    return screen.workspace;
  });
}
