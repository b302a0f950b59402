/** Whether somebody is at the wall: a pointer moved, a finger touched or a key was pressed within the last seconds. */
import { useEffect, useState } from 'react';

/** Long enough to choose, short enough that nobody at five metres wonders what the bar is for. */
const AFTER_MS = 6_000;

export function useInUse(): boolean {
  const [inUse, setInUse] = useState(false);
  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    let timer = 0;
    let place = '';
    const used = (): void => {
      setInUse(true);
      window.clearTimeout(timer);
      timer = window.setTimeout(() => setInUse(false), AFTER_MS);
    };
    // A pointer at rest is told of a move whenever the picture below it changes.
    const moved = ({ screenX, screenY }: MouseEvent): void => {
      const now = `${screenX},${screenY}`;
      if (place !== '' && place !== now) used();
      place = now;
    };
    document.addEventListener('mousemove', moved, { signal, passive: true });
    for (const name of ['pointerdown', 'keydown', 'focusin'] as const) document.addEventListener(name, used, { signal, passive: true });
    return () => {
      ended.abort();
      window.clearTimeout(timer);
    };
  }, []);
  return inUse;
}
