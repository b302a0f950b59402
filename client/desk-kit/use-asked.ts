/**
 * The answer of a route for as long as a component shows it. While a newer answer is on its way the earlier one stays; an
 * answer of another address is never shown. With `everyMs` the question is asked again while the page is visible.
 */
import { useCallback, useEffect, useState } from 'react';
import { useScreen } from '../state/screen-context.tsx';
import { ask, type Answer } from '../wire/ask.ts';

export type AskFault = Exclude<Answer<unknown>, { outcome: 'ok' }>;

export interface Asked<T> {
  /** null: there is none yet. */
  readonly value: T | null;
  /** Why the latest question had no answer; null when it had one, and before the first. */
  readonly fault: AskFault | null;
  readonly busy: boolean;
  /** Server time of the answer, UTC ms. */
  readonly answeredAt: number | null;
  readonly again: () => void;
}

interface Kept<T> {
  readonly path: string;
  readonly value: T | null;
  readonly fault: AskFault | null;
  readonly answeredAt: number | null;
}

/** @param path the address to ask; null asks nothing yet */
export function useAsked<T>(path: string | null, { everyMs = 0, version = '' }: { everyMs?: number; version?: string } = {}): Asked<T> {
  const [kept, setKept] = useState<Kept<T> | null>(null);
  const [busy, setBusy] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const now = useScreen((screen) => (everyMs > 0 ? Math.floor(screen.now / everyMs) : 0));
  const live = useScreen((screen) => screen.phase === 'live');

  useEffect(() => {
    if (path === null || (now > 0 && document.hidden)) return undefined;
    const ended = new AbortController();
    setBusy(true);
    void ask<T>(path, { signal: ended.signal }).then((answer) => {
      if (ended.signal.aborted) return;
      setBusy(false);
      setKept((before) =>
        answer.outcome === 'ok'
          ? { path, value: answer.value, fault: null, answeredAt: Date.now() }
          : { path, value: before?.path === path ? before.value : null, fault: answer, answeredAt: before?.answeredAt ?? null },
      );
    });
    return () => ended.abort();
    // `live`: after a lost connection everything may have changed.
  }, [path, version, attempt, now, live]);

  const again = useCallback(() => setAttempt((n) => n + 1), []);
  const own = kept?.path === path ? kept : null;
  return { value: own?.value ?? null, fault: own?.fault ?? null, busy, answeredAt: own?.answeredAt ?? null, again };
}
