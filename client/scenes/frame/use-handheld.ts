/** Whether the page is laid out in two lanes or one and scrolls, as on phones, tablets and small windows. */
import { useSyncExternalStore } from 'react';

/** The same condition as in reflow.css. */
export const HANDHELD = '(max-width: 1100px), (max-aspect-ratio: 13/10)';

export function useHandheld(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(HANDHELD);
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => window.matchMedia(HANDHELD).matches,
  );
}
