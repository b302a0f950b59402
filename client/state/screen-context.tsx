/** Hands one screen's store to everything drawn on it. */
import { createContext, useContext, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { OverviewState } from '../../shared/wire/overview.ts';
import type { ViewName } from '../../shared/wire/protocol.ts';
import { runScreen } from '../screen/run-screen.ts';
import { createScreenStore } from './screen-store.ts';
import type { Screen, ScreenStore } from './screen-store.ts';

const Context = createContext<ScreenStore<ViewName> | null>(null);

export function ScreenProvider<V extends ViewName>({ view, children }: { readonly view: V; readonly children: ReactNode }): ReactNode {
  const [store] = useState(() => createScreenStore<V>(Math.floor(Date.now() / 1000) * 1000));
  useEffect(() => runScreen(view, store), [view, store]);
  return <Context value={store as unknown as ScreenStore<ViewName>}>{children}</Context>;
}

function useScreenStore<V extends ViewName>(): ScreenStore<V> {
  const store = useContext(Context);
  if (!store) throw new Error('a panel was drawn outside of a screen');
  return store as unknown as ScreenStore<V>;
}

/** What every page shows, whatever its view: connection, time, freshness. */
export function useScreen<T>(select: (screen: Omit<Screen<ViewName>, 'view'>) => T): T {
  return useStore(useScreenStore<ViewName>(), select);
}

export function useView<V extends ViewName, T>(select: (view: Screen<V>['view']) => T): T {
  return useStore(useScreenStore<V>(), (screen) => select(screen.view));
}

/** One group of the overview; only drawn once there is a snapshot. */
export function useGroup<G extends keyof OverviewState>(group: G): OverviewState[G] {
  return useStore(useScreenStore<'overview'>(), (screen) => {
    if (!screen.view) throw new Error(`group ${group} was drawn before the first snapshot`);
    return screen.view[group];
  });
}
