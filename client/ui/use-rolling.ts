/** A figure that changes counts once from the old to the new value, so that people notice what changed. */
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

const ROLL_MS = 380;

function still(): boolean {
  return document.hidden || window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** The value to show in this frame; with reduced motion it is the new value at once. */
export function useRolling(value: number): number {
  const [shown, setShown] = useState(value);
  const from = useRef(value);

  useEffect(() => {
    const start = from.current;
    if (start === value) return undefined;
    if (still()) {
      from.current = value;
      setShown(value);
      return undefined;
    }
    let frame = 0;
    let begun: number | null = null;
    const step = (at: number): void => {
      begun ??= at;
      const part = Math.min(1, (at - begun) / ROLL_MS);
      const eased = 1 - (1 - part) ** 3;
      const now = part === 1 ? value : start + (value - start) * eased;
      from.current = now;
      setShown(now);
      if (part < 1) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    // No frame comes while the page is hidden: the first one after that would show the figure of before, however long ago that was.
    const finish = (): void => {
      cancelAnimationFrame(frame);
      from.current = value;
      flushSync(() => setShown(value));
    };
    document.addEventListener('visibilitychange', finish, { once: true });
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener('visibilitychange', finish);
    };
  }, [value]);

  return shown;
}
