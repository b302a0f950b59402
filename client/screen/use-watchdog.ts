/** A page that is visible and paints no frame for half a minute is loaded anew, once: a lost picture does not come back by itself. */
import { useEffect } from 'react';
import { lastReload, reloadNow } from './reload.ts';

const REMEMBERED = 'warroom.watchdogAt';
const LOOK_MS = 5_000;
const STUCK_MS = 30_000;
/** A reload that did not help is not repeated sooner. */
const AGAIN_AFTER_MS = 15 * 60_000;

export interface Watch {
  /** Monotonic ms of the last frame, or of when the page was shown. */
  readonly paintedAt: number;
  readonly now: number;
  readonly hidden: boolean;
  /** ms since the watchdog reloaded this page; null = never. */
  readonly sinceReload: number | null;
}

export function isStuck({ paintedAt, now, hidden, sinceReload }: Watch): boolean {
  return !hidden && now - paintedAt >= STUCK_MS && (sinceReload === null || sinceReload >= AGAIN_AFTER_MS);
}

export function useWatchdog(): void {
  useEffect(() => {
    let paintedAt = performance.now();
    let lookedAt = paintedAt;
    const painted = (): void => {
      paintedAt = performance.now();
    };
    const look = (): void => {
      const now = performance.now();
      // A machine that slept, or timers that were held back, are no proof that nothing is painted.
      if (now - lookedAt > LOOK_MS * 3) paintedAt = now;
      lookedAt = now;
      const last = lastReload(REMEMBERED);
      if (isStuck({ paintedAt, now, hidden: document.hidden, sinceReload: last === null ? null : Date.now() - last }))
        reloadNow(REMEMBERED);
      window.requestAnimationFrame(painted);
    };
    const timer = window.setInterval(look, LOOK_MS);
    document.addEventListener('visibilitychange', painted);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', painted);
    };
  }, []);
}
