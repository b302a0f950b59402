/**
 * The answer of a route for as long as a component shows it. While a newer answer is on its way the earlier one stays; an
 * answer of another address is never shown. With `everyMs` the question is asked again while the page is visible.
 */
import { useCallback, useContext, useEffect, useState } from 'react';
import { sameValue } from '../state/same-value.ts';
import { ScreenContext, useScreen } from '../state/screen-context.tsx';
import { ask, type Answer } from '../wire/ask.ts';

export type AskFault = Exclude<Answer<unknown>, { outcome: 'ok' }>;

export interface Asked<T> {
  /** null: there is none yet. */
  readonly value: T | null;
  /** Why the latest question had no answer; null when it had one, and before the first. */
  readonly fault: AskFault | null;
  readonly again: () => void;
}

interface Kept<T> {
  readonly path: string;
  readonly value: T | null;
  readonly fault: AskFault | null;
}

/** An answer that says the same as the one before draws nothing: what is shown is asked for again and again. */
function taken<T>(before: Kept<T> | null, path: string, answer: Answer<T>): Kept<T> {
  const shown = before?.path === path ? before : null;
  if (answer.outcome !== 'ok') return { path, value: shown?.value ?? null, fault: answer };
  const same = shown !== null && sameValue(shown.value, answer.value);
  if (same && shown.fault === null) return shown;
  return { path, value: same ? shown.value : answer.value, fault: null };
}

/** @param path the address to ask; null asks nothing yet */
export function useAsked<T>(path: string | null, { everyMs = 0, version = '' }: { everyMs?: number; version?: string } = {}): Asked<T> {
  const [kept, setKept] = useState<Kept<T> | null>(null);
  const [attempt, setAttempt] = useState(0);
  const live = useScreen((screen) => screen.phase === 'live');
  const screen = useContext(ScreenContext);

  useEffect(() => {
    if (path === null || screen === null) return undefined;
    let ended = new AbortController();
    const askNow = (): void => {
      ended.abort();
      const own = new AbortController();
      ended = own;
      void ask<T>(path, { signal: own.signal }).then((answer) => {
        if (!own.signal.aborted) setKept((before) => taken(before, path, answer));
      });
    };
    const turnOf = (now: number): number => (everyMs > 0 ? Math.floor(now / everyMs) : 0);
    let turn = turnOf(screen.getState().now);
    if (turn === 0 || !document.hidden) askNow();
    // The page is not drawn for a question, only for an answer that says something else.
    const unsubscribe = screen.subscribe(({ now }) => {
      if (turnOf(now) === turn) return;
      turn = turnOf(now);
      if (!document.hidden) askNow();
    });
    return () => {
      unsubscribe();
      ended.abort();
    };
    // `live`: after a lost connection everything may have changed.
  }, [path, version, attempt, live, everyMs, screen]);

  const again = useCallback(() => setAttempt((n) => n + 1), []);
  const own = kept?.path === path ? kept : null;
  return { value: own?.value ?? null, fault: own?.fault ?? null, again };
}
