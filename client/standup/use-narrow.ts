/** Whether the meeting is run from a phone: one part at a time, person after person. */
import { useSyncExternalStore } from 'react';

/** The same condition as in standup.css. */
const NARROW = '(max-width: 760px)';

export function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(NARROW);
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => window.matchMedia(NARROW).matches,
  );
}
