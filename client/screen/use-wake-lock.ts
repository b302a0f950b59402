/** Asks the machine behind a wall not to switch its display off. The lock is lost whenever the page is hidden, so it is asked for again. */
import { useEffect } from 'react';

export function useWakeLock(): void {
  useEffect(() => {
    // Missing on plain http from elsewhere and on old browsers: then the machine's own settings decide.
    if (!('wakeLock' in navigator)) return undefined;
    let ended = false;
    let lock: WakeLockSentinel | null = null;
    const hold = async (): Promise<void> => {
      if (document.hidden) return;
      try {
        const held = await navigator.wakeLock.request('screen');
        if (ended) await held.release();
        else lock = held;
      } catch {
        // Refused, for instance on low battery; asked again when the page is next shown.
      }
    };
    const shown = (): void => void hold();
    void hold();
    document.addEventListener('visibilitychange', shown);
    return () => {
      ended = true;
      document.removeEventListener('visibilitychange', shown);
      void lock?.release();
    };
  }, []);
}
