/** The pages behind the first of a long list. The first page is somebody else's: a live view's, or an answer's. */
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Answer } from './api.ts';

export interface RowsPage<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}
export interface MorePages<Row> {
  readonly rows: readonly Row[];
  /** Where the page after the last shown one begins; null = there is none. */
  readonly next: string | null;
  readonly busy: boolean;
  readonly failed: boolean;
  readonly more: () => void;
}

/** A first page that keeps changing is followed this often, ms. */
const FOLLOW_MS = 2_000;

interface Held<Row> extends RowsPage<Row> {
  readonly start: string;
  readonly pages: number;
}

/** `start`: where the second page begins, null while there is none. When it moves, the pages shown are asked for again. */
export function useMorePages<Row>(start: string | null, ask: (cursor: string) => Promise<Answer<RowsPage<Row>>>): MorePages<Row> {
  const [held, setHeld] = useState<Held<Row> | null>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const asked = useRef(0);

  const load = async (from: string, before: Held<Row>, pages: number): Promise<void> => {
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
    setHeld({ start: before.start, rows, next, pages: count });
    setFailed(false);
    setBusy(false);
  };

  const follow = useEffectEvent(() => {
    if (held === null || held.start === start) return;
    if (start === null) setHeld(null);
    else void load(start, { start, rows: [], next: start, pages: 0 }, held.pages);
  });
  const pages = held?.pages ?? 0;
  useEffect(() => {
    if (pages === 0) return undefined;
    const timer = window.setTimeout(() => follow(), FOLLOW_MS);
    return () => window.clearTimeout(timer);
  }, [start, pages]);

  return {
    rows: held?.rows ?? [],
    next: held === null ? start : held.next,
    busy,
    failed,
    more: () => {
      if (busy || start === null) return;
      const before = held ?? { start, rows: [], next: start, pages: 0 };
      if (before.next !== null) void load(before.next, before, before.pages + 1);
    },
  };
}

/** The first page, then what lies behind it; a row that moved into the first page is shown there alone. */
export function joinPages<Row>(first: readonly Row[], behind: readonly Row[], keyOf: (row: Row) => string): readonly Row[] {
  const seen = new Set<string>();
  return [...first, ...behind].filter((row) => {
    const key = keyOf(row);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
