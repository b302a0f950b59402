/**
 * All campaigns of a list, read page by page and read again from time to time. Rows keep the order they were last sorted in:
 * what changes meanwhile changes in place, and is counted, until somebody asks to sort again.
 */
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { CampaignPage, CampaignRow } from '../../shared/kpi/campaigns.ts';
import { nextFrame } from '../desk-kit/next-frame.ts';
import type { AskFault } from '../desk-kit/use-asked.ts';
import { heldRows } from '../state/same-value.ts';
import { useScreen } from '../state/screen-context.tsx';
import { ask, type Answer } from '../wire/ask.ts';
import { nothing, shownFrom, takingIn, type CampaignList, type Shown, type Taking } from './campaign-order.ts';

/** As many as a slow machine reads from their text beside the rest of a frame; further pages cost the server little. */
const PAGE_ROWS = 100;
/** A short list is read again every five seconds; one of many pages less often, because each reading costs the server a whole sum. */
const REFRESH_MS = 5_000;
const LONG_LIST = 1_000;
const LONG_REFRESH_MS = 30_000;

export interface LiveCampaigns {
  readonly value: CampaignList | null;
  readonly fault: AskFault | null;
  /** Campaigns that have changed since the rows were sorted. */
  readonly changed: ReadonlySet<string>;
  readonly sortAgain: () => void;
  readonly again: () => void;
  /** null: there is no answer yet. */
  readonly answeredAt: number | null;
}

interface Reading {
  readonly path: string;
  readonly signal: AbortSignal;
  /** The rows as they were last read, by their campaign. */
  readonly known: Map<string, CampaignRow>;
  readonly taking: Taking | null;
}

/** Each page is compared with what was known, and put in its place, when it comes: rows that say the same stay the objects they were. */
async function readAll({ path, signal, known, taking }: Reading): Promise<Answer<CampaignList>> {
  const rows: CampaignRow[] = [];
  let cursor: string | null = null;
  for (;;) {
    const from: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer: Answer<CampaignPage> = await ask<CampaignPage>(`${path}&limit=${PAGE_ROWS}${from}`, { signal });
    if (answer.outcome !== 'ok') return answer;
    const { rows: found, next, ...head } = answer.value;
    const held = heldRows(known, found, ({ campaignId }) => campaignId);
    for (const row of held) known.set(row.campaignId, row);
    taking?.add(held);
    rows.push(...held);
    if (next === null) return { outcome: 'ok', value: { head, rows } };
    cursor = next;
    await nextFrame();
  }
}

interface Kept {
  readonly path: string;
  /** As it was read. */
  readonly value: CampaignList;
  readonly sorted: CampaignList;
  readonly shown: Shown;
  readonly at: number;
}

/** @param path of the list, with at least one parameter */
export function useCampaigns(path: string): LiveCampaigns {
  const [kept, setKept] = useState<Kept | null>(null);
  const [fault, setFault] = useState<AskFault | null>(null);
  const [attempt, setAttempt] = useState(0);
  const long = useRef(false);
  const known = useRef(new Map<string, CampaignRow>());
  const latest = useRef<Kept | null>(null);
  useEffect(() => {
    latest.current = kept;
  }, [kept]);
  const tick = useScreen((screen) => Math.floor(screen.now / (long.current ? LONG_REFRESH_MS : REFRESH_MS)));
  const live = useScreen((screen) => screen.phase === 'live');

  const running = useRef<AbortController | null>(null);
  const read = useEffectEvent(async (): Promise<void> => {
    if (document.hidden) return;
    const ended = new AbortController();
    running.current = ended;
    const sorted = latest.current?.path === path ? latest.current.sorted : null;
    const taking = sorted === null ? null : takingIn(sorted);
    const answer = await readAll({ path, signal: ended.signal, known: known.current, taking });
    if (ended.signal.aborted) return;
    running.current = null;
    if (answer.outcome !== 'ok') {
      setFault(answer);
      return;
    }
    setFault(null);
    const { value } = answer;
    long.current = value.rows.length > LONG_LIST;
    // Campaigns that are gone, and those of another list.
    if (known.current.size > value.rows.length) known.current = new Map(value.rows.map((row) => [row.campaignId, row]));
    setKept((last) => {
      const order = last?.path === path ? last.sorted : value;
      // Somebody may have sorted again meanwhile.
      const shown = taking?.sorted === order ? taking.shown(value.head) : shownFrom(value, order);
      return { path, value, sorted: order, shown, at: Date.now() };
    });
  });
  useEffect(() => {
    void read();
    return () => {
      running.current?.abort();
      running.current = null;
    };
  }, [path, attempt, live]);
  useEffect(() => {
    // A reading of many pages may take longer than the time between two: begun anew at each tick it would never end.
    if (running.current === null) void read();
  }, [tick]);

  const again = useCallback(() => setAttempt((n) => n + 1), []);
  const sortAgain = useCallback(
    () => setKept((last) => last && { ...last, sorted: last.value, shown: shownFrom(last.value, last.value) }),
    [],
  );
  const own = kept?.path === path ? kept : null;
  return {
    value: own?.shown.list ?? null,
    changed: own?.shown.changed ?? nothing,
    answeredAt: own?.at ?? null,
    ...{ fault, again, sortAgain },
  };
}
