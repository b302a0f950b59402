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
/** Stands between ids, none of which holds one. */
const BREAK = '\n';

/** The list of before where it holds the same objects. */
const sameRows = (before: readonly IncidentView[], now: readonly IncidentView[]): readonly IncidentView[] =>
  before.length === now.length && now.every((row, i) => row === before[i]) ? before : now;

/**
 * The first page, in which stories that say the same as before are the objects of before, so that only the others are put in order
 * and drawn again. A page that comes anew is read in one frame, compared in the next and shown in the one after it: all three in
 * one are too much for whoever scrolls meanwhile. What comes while one is compared is taken next, and of several the newest.
 */
function useFirstPage(first: IncidentPage | undefined): IncidentPage | undefined {
  const [shown, setShown] = useState(first);
  const newest = useRef(first);
  /** What was compared last, as it came; and with the objects of before in it. */
  const compared = useRef(first);
  const held = useRef(first?.incidents ?? NONE);
  const taking = useRef(false);
  useEffect(() => {
    newest.current = first;
    if (taking.current) return;
    const take = async (): Promise<void> => {
      taking.current = true;
      while (newest.current !== compared.current) {
        await nextFrame();
        const page: IncidentPage | undefined = newest.current;
        const incidents = keptRows(held.current, page?.incidents ?? NONE, keyOf);
        compared.current = page;
        held.current = incidents;
        await nextFrame();
        setShown(page && { ...page, incidents });
      }
      taking.current = false;
    };
    void take();
  }, [first]);
  // Nothing is held back of the first page that comes.
  return shown ?? first;
}

export function useAllOpen(pushed: IncidentPage | undefined): AllOpen {
  const first = useFirstPage(pushed);
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

  const ahead = first?.incidents ?? NONE;
  const apart = useMemo(() => joinPages(NONE, behind, keyOf), [behind]);
  // Which stories the first page holds changes seldom, what it says of them with each patch.
  const names = ahead.map(keyOf).join(BREAK);
  const rest = useMemo(() => {
    const ids = new Set(names.split(BREAK));
    return apart.filter(({ id }) => !ids.has(id));
  }, [names, apart]);
  const stories = useMemo(() => [...ahead, ...rest], [ahead, rest]);
  return { stories, total: first?.total ?? 0, partial: partial || (more && behind.length === 0) };
}
