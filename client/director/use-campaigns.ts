/**
 * All campaigns of a list, read page by page and read again from time to time. Rows keep the order they were last sorted in:
 * what changes meanwhile changes in place, and is counted, until somebody asks to sort again.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CampaignPage, CampaignRow } from '../../shared/kpi/campaigns.ts';
import type { AskFault } from '../desk-kit/use-asked.ts';
import { useScreen } from '../state/screen-context.tsx';
import { ask, type Answer } from '../wire/ask.ts';
import { changedBetween, inOrderOf, type CampaignList } from './campaign-order.ts';

const PAGE_ROWS = 2_000;
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

async function readAll(path: string, signal: AbortSignal): Promise<Answer<CampaignList>> {
  let rows: CampaignRow[] = [];
  let cursor: string | null = null;
  for (;;) {
    const from: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer: Answer<CampaignPage> = await ask<CampaignPage>(`${path}&limit=${PAGE_ROWS}${from}`, { signal });
    if (answer.outcome !== 'ok') return answer;
    const { rows: found, next, ...head } = answer.value;
    rows = [...rows, ...found];
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
  const tick = useScreen((screen) => Math.floor(screen.now / (long.current ? LONG_REFRESH_MS : REFRESH_MS)));
  const live = useScreen((screen) => screen.phase === 'live');

  useEffect(() => {
    if (document.hidden) return undefined;
    const ended = new AbortController();
    setBusy(true);
    void readAll(path, ended.signal).then((answer) => {
      if (ended.signal.aborted) return;
      setBusy(false);
      if (answer.outcome !== 'ok') {
        setFault(answer);
        return;
      }
      setFault(null);
      long.current = answer.value.rows.length > LONG_LIST;
      setKept((before) => ({ path, value: answer.value, sorted: before?.path === path ? before.sorted : answer.value, at: Date.now() }));
    });
    return () => ended.abort();
  }, [path, attempt, tick, live]);

  const again = useCallback(() => setAttempt((n) => n + 1), []);
  const sortAgain = useCallback(() => setKept((before) => before && { ...before, sorted: before.value }), []);
  const own = kept?.path === path ? kept : null;
  return {
    value: own && inOrderOf(own.value, own.sorted),
    changed: own ? changedBetween(own.sorted, own.value) : new Set(),
    answeredAt: own?.at ?? null,
    ...{ fault, busy, again, sortAgain },
  };
}
