/** Requests of desk pages to the server. Every outcome is returned as a value, also that the server did not answer. */
import type {
  AuditLine,
  AuditPage,
  IncidentCommand,
  IncidentDetail,
  IncidentMention,
  IncidentPage,
  IncidentView,
  MentionOrder,
  MentionPage,
  PendingPage,
} from '../../shared/incidents/types.ts';
import type { RowsPage } from './use-more-pages.ts';

export interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly present?: unknown;
}
export type Answer<T> =
  | { readonly outcome: 'ok'; readonly value: T }
  /** Status 409: another person acted first; `present` is the current state. */
  | { readonly outcome: 'conflict'; readonly problem: Problem }
  | { readonly outcome: 'refused'; readonly problem: Problem }
  | { readonly outcome: 'unreachable' };

/** Longer than any commit takes. After this time the person is informed that the server does not answer. */
const PATIENCE_MS = 15_000;

async function ask<T>(path: string, body?: unknown): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(path, {
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
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

export const fetchIncident = (id: string): Promise<Answer<IncidentDetail>> => ask(`/api/incidents/${encodeURIComponent(id)}`);
export const sendCommand = (id: string, command: IncidentCommand): Promise<Answer<IncidentDetail>> =>
  ask(`/api/incidents/${encodeURIComponent(id)}/commands`, command);
/** The number of rows requested at once. */
const PAGE_ROWS = { incidents: 100, mentions: 50, audit: 50, pending: 50 } as const;

const mapped = <A, B>(answer: Answer<A>, to: (value: A) => B): Answer<B> =>
  answer.outcome === 'ok' ? { outcome: 'ok', value: to(answer.value) } : answer;
const after = (cursor: string | null): string => (cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`);
const incidentPath = (id: string): string => `/api/incidents/${encodeURIComponent(id)}`;

export async function fetchIncidents(state: 'open' | 'closed', cursor: string): Promise<Answer<RowsPage<IncidentView>>> {
  const answer = await ask<IncidentPage>(`/api/incidents?state=${state}&limit=${PAGE_ROWS.incidents}${after(cursor)}`);
  return mapped(answer, ({ incidents, next }) => ({ rows: incidents, next }));
}
export async function fetchMentions(id: string, order: MentionOrder, cursor: string | null): Promise<Answer<RowsPage<IncidentMention>>> {
  const answer = await ask<MentionPage>(`${incidentPath(id)}/mentions?order=${order}&limit=${PAGE_ROWS.mentions}${after(cursor)}`);
  return mapped(answer, ({ mentions, next }) => ({ rows: mentions, next }));
}
/** The mention with its whole text. */
export const fetchMention = (id: string, { source, mentionId }: IncidentMention): Promise<Answer<IncidentMention>> =>
  ask(`${incidentPath(id)}/mentions/${encodeURIComponent(`${source} ${mentionId}`)}`);
export async function fetchAudit(id: string, cursor: string | null): Promise<Answer<RowsPage<AuditLine>>> {
  const answer = await ask<AuditPage>(`${incidentPath(id)}/audit?limit=${PAGE_ROWS.audit}${after(cursor)}`);
  return mapped(answer, ({ audit, next }) => ({ rows: audit, next }));
}
export const fetchPending = (cursor: string | null): Promise<Answer<PendingPage>> =>
  ask(`/api/incidents/history-pending?limit=${PAGE_ROWS.pending}${after(cursor)}`);
export const openPending = (command: { commandId: string; actor: string; mentionKey: string }): Promise<Answer<IncidentDetail>> =>
  ask('/api/incidents/history-pending/commands', command);
export const startRealWorkspace = (): Promise<Answer<{ started: true }>> => ask('/api/workspace/start-real', {});
