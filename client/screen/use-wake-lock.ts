/**
 * Keeps the display of a wall on. The browser releases the lock when the page is hidden, so it is requested again each
 * time the page is shown.
 */
import { useEffect } from 'react';

export function useWakeLock(): void {
  useEffect(() => {
    // Pages over plain http from another machine and old browsers have no wake lock; the settings of the machine then decide.
    if (!('wakeLock' in navigator)) return undefined;
    let ended = false;
    let lock: WakeLockSentinel | null = null;
    const request = async (): Promise<void> => {
      if (document.hidden) return;
      try {
        const granted = await navigator.wakeLock.request('screen');
        if (ended) await granted.release();
        else lock = granted;
      } catch {
        // The browser refused, for instance because the battery is low; the lock is requested again when the page is next shown.
      }
    };
    const shown = (): void => void request();
    void request();
    document.addEventListener('visibilitychange', shown);
    return () => {
      ended = true;
      document.removeEventListener('visibilitychange', shown);
      void lock?.release();
    };
  }, []);
}
