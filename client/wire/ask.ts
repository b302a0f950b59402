/** Requests of pages to the server. Every outcome is returned as a value, also that the server did not answer. */
export interface Problem {
  readonly code: string;
  readonly detail: string;
  /** The field or parameter at fault. */
  readonly path?: string;
  readonly present?: unknown;
}
export type Answer<T> =
  | { readonly outcome: 'ok'; readonly value: T }
  /** Status 409: another person acted first; `present` is the current state. */
  | { readonly outcome: 'conflict'; readonly problem: Problem }
  | { readonly outcome: 'refused'; readonly problem: Problem }
  | { readonly outcome: 'unreachable' };

export interface AskOptions {
  /** POST when there is a body, else GET. */
  readonly method?: 'POST' | 'PUT';
  /** Sent as JSON; a Blob is sent as it is, with its own type. */
  readonly body?: unknown;
  /** Ends the request early; the answer is then `unreachable` and nobody should wait for it. */
  readonly signal?: AbortSignal;
  /** For a question that takes longer than any commit. */
  readonly patienceMs?: number;
}

/** Longer than any commit takes. After this time the person is informed that the server does not answer. */
const PATIENCE_MS = 15_000;

const sent = (body: unknown): RequestInit =>
  body instanceof Blob ? { body } : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };

/** The answer of a route is trusted to have the shape that the server's schemas say. */
export async function ask<T>(path: string, { method, body, signal, patienceMs = PATIENCE_MS }: AskOptions = {}): Promise<Answer<T>> {
  const patience = AbortSignal.timeout(patienceMs);
  try {
    const response = await fetch(path, {
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
      ...(body === undefined ? {} : { method: method ?? 'POST', ...sent(body) }),
    });
    const value: unknown = await response.json();
    if (response.ok) return { outcome: 'ok', value: value as T };
    const problem = value as Problem;
    if (response.status === 409) return { outcome: 'conflict', problem };
    return response.status >= 500 ? { outcome: 'unreachable' } : { outcome: 'refused', problem };
  } catch {
    // No network, no answer in time, and an answer that is not JSON (the page of a proxy) are the same to the person.
    return { outcome: 'unreachable' };
  }
}
