/**
 * A value that is requested from the server and requested again when its version changes; the earlier value is shown
 * until the new answer arrives.
 */
import { useCallback, useEffect, useState } from 'react';
import type { Answer } from '../wire/ask.ts';

export interface Fetched<T> {
  readonly value: T | null;
  readonly failed: boolean;
  /** Sets a newer value that came in another way, such as the answer to a command. */
  readonly put: (value: T) => void;
  readonly again: () => void;
}

/**
 * @param subject what the value belongs to, passed to `ask`; a value of another subject is never shown
 * @param version the value is requested again when this changes
 * @param ask must be the same function on every render
 */
export function useFetched<T>(subject: string, version: string, ask: (subject: string) => Promise<Answer<T>>): Fetched<T> {
  const [fetched, setFetched] = useState<{ subject: string; value: T } | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let current = true;
    void ask(subject).then((answer) => {
      if (!current) return;
      if (answer.outcome === 'ok') setFetched({ subject, value: answer.value });
      setFailed(answer.outcome === 'ok' ? null : subject);
    });
    return () => {
      current = false;
    };
  }, [ask, subject, version, attempt]);

  const put = useCallback((value: T) => setFetched({ subject, value }), [subject]);
  const again = useCallback(() => setAttempt((n) => n + 1), []);
  return { value: fetched?.subject === subject ? fetched.value : null, failed: failed === subject, put, again };
}
