/** Runs one screen while it is mounted: the store, the connection that fills it, and the timer that ticks each second. */
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { ViewName } from '../../shared/wire/views/all.ts';
import { ScreenContext } from '../state/screen-context.tsx';
import { createScreenStore } from '../state/screen-store.ts';
import { runScreen } from './run-screen.ts';

export function ScreenProvider({ view, children }: { readonly view: ViewName; readonly children: ReactNode }): ReactNode {
  const [store] = useState(() => createScreenStore(Math.floor(Date.now() / 1000) * 1000));
  useEffect(() => runScreen(view, store), [view, store]);
  return <ScreenContext value={store}>{children}</ScreenContext>;
}
