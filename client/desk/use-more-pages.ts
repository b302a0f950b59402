/** The second and further pages of a long list. The first page comes from elsewhere: from a live view, or from an answer. */
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Answer } from '../wire/ask.ts';

export interface RowsPage<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}
export interface MorePages<Row> {
  readonly rows: readonly Row[];
  /** The cursor of the page after the last shown one; null = there is none. */
  readonly next: string | null;
  readonly busy: boolean;
  readonly failed: boolean;
  readonly more: () => void;
}

/** While the first page keeps changing, the further pages are requested again at most this often, ms. */
const FOLLOW_MS = 2_000;

interface Loaded<Row> extends RowsPage<Row> {
  readonly start: string;
  readonly pages: number;
}

/** @param start the cursor of the second page, null while there is none; when it changes, the pages shown are requested again */
export function useMorePages<Row>(start: string | null, ask: (cursor: string) => Promise<Answer<RowsPage<Row>>>): MorePages<Row> {
  const [loaded, setLoaded] = useState<Loaded<Row> | null>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const asked = useRef(0);

  const load = async (from: string, before: Loaded<Row>, pages: number): Promise<void> => {
    const turn = ++asked.current;
    setBusy(true);
    let { rows, next }: RowsPage<Row> = before;
    let count = before.pages;
    for (let cursor: string | null = from; cursor !== null && count < pages; cursor = next) {
      const answer: Answer<RowsPage<Row>> = await ask(cursor);
      if (turn !== asked.current) return;
      if (answer.outcome !== 'ok') {
        setFailed(true);
        setBusy(false);
        return;
      }
      rows = [...rows, ...answer.value.rows];
      next = answer.value.next;
      count += 1;
    }
    setLoaded({ start: before.start, rows, next, pages: count });
    setFailed(false);
    setBusy(false);
  };

  const follow = useEffectEvent(() => {
    if (loaded === null || loaded.start === start) return;
    if (start === null) setLoaded(null);
    else void load(start, { start, rows: [], next: start, pages: 0 }, loaded.pages);
  });
  const pages = loaded?.pages ?? 0;
  useEffect(() => {
    if (pages === 0) return undefined;
    const timer = window.setTimeout(() => follow(), FOLLOW_MS);
    return () => window.clearTimeout(timer);
  }, [start, pages]);

  return {
    rows: loaded?.rows ?? [],
    next: loaded === null ? start : loaded.next,
    busy,
    failed,
    more: () => {
      if (busy || start === null) return;
      const before = loaded ?? { start, rows: [], next: start, pages: 0 };
      if (before.next !== null) void load(before.next, before, before.pages + 1);
    },
  };
}

/** The rows of the first page and of those after it; a row that has moved into the first page is shown only there. */
export function joinPages<Row>(first: readonly Row[], behind: readonly Row[], keyOf: (row: Row) => string): readonly Row[] {
  const seen = new Set<string>();
  return [...first, ...behind].filter((row) => {
    const key = keyOf(row);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
