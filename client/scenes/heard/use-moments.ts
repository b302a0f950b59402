/** The moment that is shown now, each once and for a few seconds, one after the other. */
import { useContext, useEffect, useState } from 'react';
import { ScreenContext } from '../../state/screen-context.tsx';
import { momentsBetween, queued } from './moments.ts';
import type { Moment } from './moments.ts';
import { createTold } from './told.ts';

/** Long enough to look up and read a line from five metres. */
const SHOWN_MS = 8_000;

export function useMoments(): Moment | null {
  const store = useContext(ScreenContext);
  const [waiting, setWaiting] = useState<readonly Moment[]>([]);
  const [told] = useState(createTold);
  useEffect(
    () =>
      store?.subscribe((after, before) => {
        const [now, then] = [after.views.overview, before.views.overview];
        // A state of another numbering may be another workspace's, or hours later.
        if (now === then || after.positions.overview?.epoch !== before.positions.overview?.epoch) return;
        const fresh = momentsBetween(then, now).filter(({ key }) => !told.has(key));
        if (fresh.length === 0) return;
        for (const { key } of fresh) told.add(key);
        setWaiting((others) => queued(others, fresh));
      }),
    [store, told],
  );
  const shown = waiting[0] ?? null;
  useEffect(() => {
    if (shown === null) return undefined;
    const timer = window.setTimeout(() => setWaiting((all) => all.slice(1)), SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [shown]);
  return shown;
}
