/** Requests of the desk for incidents to the server. */
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
import { ask, type Answer } from '../wire/ask.ts';
import type { RowsPage } from './use-more-pages.ts';

export const fetchIncident = (id: string): Promise<Answer<IncidentDetail>> => ask(`/api/incidents/${encodeURIComponent(id)}`);
export const sendCommand = (id: string, command: IncidentCommand): Promise<Answer<IncidentDetail>> =>
  ask(`/api/incidents/${encodeURIComponent(id)}/commands`, { body: command });
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
  ask('/api/incidents/history-pending/commands', { body: command });
