/** A changed figure rolls once and stops: motion says what changed, then is gone. */
import { useEffect, useRef, useState } from 'react';

const ROLL_MS = 380;

function still(): boolean {
  return document.hidden || window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** The value to show at this frame; the true value from the first frame on when motion is not wanted. */
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
    return () => cancelAnimationFrame(frame);
  }, [value]);

  return shown;
}
