/**
 * All campaigns of a list, read page by page and read again from time to time. Rows keep the order they were last sorted in:
 * what changes meanwhile changes in place, and is counted, until somebody asks to sort again.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { CampaignPage, CampaignRow } from '../../shared/kpi/campaigns.ts';
import type { AskFault } from '../desk-kit/use-asked.ts';
import { heldRows } from '../state/same-value.ts';
import { useScreen } from '../state/screen-context.tsx';
import { ask, type Answer } from '../wire/ask.ts';
import { changedBetween, inOrderOf, nothing, type CampaignList } from './campaign-order.ts';

/** As many as are read from their text within a frame of a slow machine; further pages cost the server little. */
const PAGE_ROWS = 400;
const NO_ROWS: readonly CampaignRow[] = [];
const keyOf = ({ campaignId }: CampaignRow): string => campaignId;
/** A short list is read again every five seconds; one of many pages less often, because each reading costs the server a whole sum. */
const REFRESH_MS = 5_000;
const LONG_LIST = 1_000;
const LONG_REFRESH_MS = 30_000;

export interface LiveCampaigns {
  readonly value: CampaignList | null;
  readonly fault: AskFault | null;
  readonly busy: boolean;
  /** Campaigns that have changed since the rows were sorted. */
  readonly changed: ReadonlySet<string>;
  readonly sortAgain: () => void;
  readonly again: () => void;
  /** null: there is no answer yet. */
  readonly answeredAt: number | null;
}

/** Each page is compared with what was known when it comes, while there is time: rows that say the same stay the objects they were. */
async function readAll(path: string, signal: AbortSignal, before: readonly CampaignRow[]): Promise<Answer<CampaignList>> {
  const known = new Map(before.map((row) => [keyOf(row), row]));
  const rows: CampaignRow[] = [];
  let cursor: string | null = null;
  for (;;) {
    const from: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer: Answer<CampaignPage> = await ask<CampaignPage>(`${path}&limit=${PAGE_ROWS}${from}`, { signal });
    if (answer.outcome !== 'ok') return answer;
    const { rows: found, next, ...head } = answer.value;
    rows.push(...heldRows(known, found, keyOf));
    if (next === null) return { outcome: 'ok', value: { head, rows } };
    cursor = next;
  }
}

/** @param path of the list, with at least one parameter */
export function useCampaigns(path: string): LiveCampaigns {
  const [kept, setKept] = useState<{ path: string; value: CampaignList; sorted: CampaignList; at: number } | null>(null);
  const [fault, setFault] = useState<AskFault | null>(null);
  const [busy, setBusy] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const long = useRef(false);
  const before = useRef(NO_ROWS);
  const tick = useScreen((screen) => Math.floor(screen.now / (long.current ? LONG_REFRESH_MS : REFRESH_MS)));
  const live = useScreen((screen) => screen.phase === 'live');

  useEffect(() => {
    if (document.hidden) return undefined;
    const ended = new AbortController();
    setBusy(true);
    void readAll(path, ended.signal, before.current).then((answer) => {
      if (ended.signal.aborted) return;
      setBusy(false);
      if (answer.outcome !== 'ok') {
        setFault(answer);
        return;
      }
      setFault(null);
      long.current = answer.value.rows.length > LONG_LIST;
      before.current = answer.value.rows;
      setKept((last) => ({ path, value: answer.value, sorted: last?.path === path ? last.sorted : answer.value, at: Date.now() }));
    });
    return () => ended.abort();
  }, [path, attempt, tick, live]);

  const again = useCallback(() => setAttempt((n) => n + 1), []);
  const sortAgain = useCallback(() => setKept((last) => last && { ...last, sorted: last.value }), []);
  const own = kept?.path === path ? kept : null;
  // The table is drawn anew only for another list.
  const [value, changed] = useMemo(
    () => (own === null ? [null, nothing] : [inOrderOf(own.value, own.sorted), changedBetween(own.sorted, own.value)]),
    [own],
  );
  return {
    ...{ value, changed },
    answeredAt: own?.at ?? null,
    ...{ fault, busy, again, sortAgain },
  };
}
