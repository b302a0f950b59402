/**
 * All open stories. The server pushes the first page; the pages behind it are read one after the other, and read again
 * from time to time while there are any, so that the order and the filters hold for every story [S7].
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { IncidentPage, IncidentView } from '../../shared/incidents/types.ts';
import { nextFrame } from '../desk-kit/next-frame.ts';
import { heldRows, keptRows } from '../state/same-value.ts';
import { useScreen } from '../state/screen-context.tsx';
import { fetchIncidents } from './api.ts';
import { joinPages } from './use-more-pages.ts';

/** A reading of many pages costs the server more, so it is repeated less often. */
const SHORT_REFRESH_MS = 10_000;
const LONG_REFRESH_MS = 60_000;
const LONG_QUEUE = 1_000;

export interface AllOpen {
  readonly stories: readonly IncidentView[];
  readonly total: number;
  /** True while some of the pages have not come yet. */
  readonly partial: boolean;
}

const keyOf = (story: IncidentView): string => story.id;
const NONE: readonly IncidentView[] = [];

/** The list of before where it holds the same objects. */
const sameRows = (before: readonly IncidentView[], now: readonly IncidentView[]): readonly IncidentView[] =>
  before.length === now.length && now.every((row, i) => row === before[i]) ? before : now;

/** Stories that say the same as before stay the objects of before, so that only the others are put in order and drawn again. */
function useKept(stories: readonly IncidentView[]): readonly IncidentView[] {
  const before = useRef(NONE);
  return useMemo(() => {
    before.current = keptRows(before.current, stories, keyOf);
    return before.current;
  }, [stories]);
}

export function useAllOpen(first: IncidentPage | undefined): AllOpen {
  const [behind, setBehind] = useState<readonly IncidentView[]>([]);
  const [partial, setPartial] = useState(false);
  const next = first?.next ?? null;
  const more = next !== null;
  const every = (first?.total ?? 0) > LONG_QUEUE ? LONG_REFRESH_MS : SHORT_REFRESH_MS;
  const tick = useScreen((screen) => (more ? Math.floor(screen.now / every) : 0));
  const live = useScreen((screen) => screen.phase === 'live');

  /** Those behind the first page as they were last read. */
  const known = useRef(new Map<string, IncidentView>());
  const startsAt = useRef(next);
  useEffect(() => {
    startsAt.current = next;
  }, [next]);
  useEffect(() => {
    if (!more) {
      setBehind([]);
      setPartial(false);
      return undefined;
    }
    if (!live || document.hidden) return undefined;
    let ended = false;
    const read = async (): Promise<void> => {
      let rows: readonly IncidentView[] = [];
      for (let cursor = startsAt.current; cursor !== null;) {
        const answer = await fetchIncidents('open', cursor);
        if (ended) return;
        if (answer.outcome !== 'ok') {
          setPartial(true);
          return;
        }
        // Compared page by page, as they come, so that nothing is left to do for all of them at the end.
        const page = heldRows(known.current, answer.value.rows, keyOf);
        for (const row of page) known.current.set(row.id, row);
        rows = [...rows, ...page];
        cursor = answer.value.next;
        const sofar = rows;
        // The first reading shows what has come; a later one replaces the rows at once, so that none is missing in between.
        setBehind((before) => (before.length > sofar.length && cursor !== null ? before : sameRows(before, sofar)));
        setPartial(cursor !== null);
        await nextFrame();
        if (ended) return;
      }
      known.current = new Map(rows.map((row) => [row.id, row]));
    };
    void read();
    return () => {
      ended = true;
    };
    // The cursor moves with every change of the first page; the ticks are often enough.
  }, [more, tick, live]);

  // The first page comes anew with every change of one of its stories.
  const ahead = useKept(first?.incidents ?? NONE);
  const apart = useMemo(() => joinPages(NONE, behind, keyOf), [behind]);
  const stories = useMemo(() => {
    const ids = new Set(ahead.map(keyOf));
    return [...ahead, ...apart.filter(({ id }) => !ids.has(id))];
  }, [ahead, apart]);
  return { stories, total: first?.total ?? 0, partial: partial || (more && behind.length === 0) };
}
