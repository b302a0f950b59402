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

/** What there is of a view; null before the first snapshot. */
export function useView<V extends ViewName>(view: V): Partial<Views[V]> | null {
  return useScreen((screen) => screen.views[view] ?? null);
}

/** One group of a view; undefined while the server cannot compute it. */
export function useGroupIfThere<V extends ViewName, G extends keyof Views[V]>(view: V, group: G): Views[V][G] | undefined {
  return useScreen((screen) => {
    const state: Partial<Views[V]> | undefined = screen.views[view];
    return state?.[group];
  });
}

/** One group of a view. Components that use it are drawn only once the group has come. */
export function useGroup<V extends ViewName, G extends keyof Views[V]>(view: V, group: G): Views[V][G] {
  const found = useGroupIfThere(view, group);
  if (found === undefined) throw new Error(`group ${String(group)} of ${view} was drawn before it came`);
  return found;
}

/** Name, time zone and currency of the workspace. Components that use them are drawn only after the welcome message. */
export function useWorkspace(): Workspace {
  return useScreen((screen) => {
    if (!screen.workspace) throw new Error('the workspace was asked for before the connection');
    return screen.workspace;
  });
}
