/** Runs one screen while it is mounted: the store, the connection that fills it, and the timer that ticks each second. */
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { ViewName } from '../../shared/wire/views/all.ts';
import { ScreenContext } from '../state/screen-context.tsx';
import { createScreenStore } from '../state/screen-store.ts';
import { runScreen } from './run-screen.ts';
import type { RunningScreen } from './run-screen.ts';

export interface ScreenProviderProps {
  /** The views that the page shows. Views that are added later are followed too; none is dropped. */
  readonly views: readonly ViewName[];
  /** The page is a wall. */
  readonly wall?: boolean;
  readonly children: ReactNode;
}

export function ScreenProvider({ views, wall = false, children }: ScreenProviderProps): ReactNode {
  const [store] = useState(() => createScreenStore(Math.floor(Date.now() / 1000) * 1000));
  const running = useRef<RunningScreen | null>(null);
  const names = views.join();
  const latest = useRef(views);
  latest.current = views;
  useEffect(() => {
    const screen = runScreen(latest.current, store, wall);
    running.current = screen;
    return () => {
      running.current = null;
      screen.stop();
    };
  }, [store, wall]);
  useEffect(() => running.current?.follow(latest.current), [names]);
  return <ScreenContext value={store}>{children}</ScreenContext>;
}
