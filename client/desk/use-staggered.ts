/**
 * The state of the screen a few frames late, for the rows of a long list: the clocks of all rows tick at the same instant, and
 * drawn in one frame together with a scroll and everything else that ticks, they are felt as a jerk every second.
 */
import { useContext, useEffect, useState } from 'react';
import { createStore } from 'zustand/vanilla';
import { nextFrame } from '../desk-kit/next-frame.ts';
import { ScreenContext } from '../state/screen-context.tsx';
import type { Screen, ScreenStore } from '../state/screen-store.ts';

/**
 * Stores that take in what the screen says one after the other, one a frame. Nothing is held back where the screen is not live,
 * or where it has just become so, and none where no frame is painted: what is shown must not look newer than it is [S2].
 */
export function useStaggered(count: number): readonly ScreenStore[] {
  const screen = useContext(ScreenContext);
  if (!screen) throw new Error('a list was drawn outside of a screen');
  const [stores] = useState(() => Array.from({ length: count }, () => createStore<Screen>(() => screen.getState())));
  useEffect(() => {
    let ended = false;
    let passing = false;
    const take = (store: ScreenStore): void => {
      if (store.getState() !== screen.getState()) store.setState(screen.getState(), true);
    };
    const pass = async (): Promise<void> => {
      passing = true;
      for (let behind = true; behind;) {
        for (const store of stores) {
          await nextFrame();
          if (ended) return;
          take(store);
        }
        behind = stores.some((store) => store.getState() !== screen.getState());
      }
      passing = false;
    };
    stores.forEach(take);
    const leave = screen.subscribe((next, before) => {
      if (next.phase !== 'live' || before.phase !== 'live' || document.hidden) stores.forEach(take);
      else if (!passing) void pass();
    });
    return () => {
      ended = true;
      leave();
    };
  }, [screen, stores]);
  return stores;
}
