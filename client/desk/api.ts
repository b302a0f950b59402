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
  PendingMention,
  PendingPage,
} from '../../shared/incidents/types.ts';
import { ask, type Answer } from '../wire/ask.ts';
import type { RowsPage } from './use-more-pages.ts';

export const incidentPath = (id: string): string => `/api/incidents/${encodeURIComponent(id)}`;
export const sendCommand = (id: string, command: IncidentCommand): Promise<Answer<IncidentDetail>> =>
  ask(`${incidentPath(id)}/commands`, { body: command });
/** The number of rows requested at once. */
const PAGE_ROWS = { incidents: 200, mentions: 50, audit: 50, pending: 50 } as const;

const mapped = <A, B>(answer: Answer<A>, to: (value: A) => B): Answer<B> =>
  answer.outcome === 'ok' ? { outcome: 'ok', value: to(answer.value) } : answer;
const after = (cursor: string | null): string => (cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`);

export async function fetchIncidents(state: 'open' | 'closed', cursor: string): Promise<Answer<RowsPage<IncidentView>>> {
  const answer = await ask<IncidentPage>(`/api/incidents?state=${state}&limit=${PAGE_ROWS.incidents}${after(cursor)}`);
  return mapped(answer, ({ incidents, next }) => ({ rows: incidents, next }));
}
export interface MentionsQuery {
  readonly order: MentionOrder;
  /** Words that the mentions hold; empty = all mentions. */
  readonly search: string;
}
export function mentionsAddress(id: string, { order, search }: MentionsQuery, cursor: string | null): string {
  const wanted = search === '' ? '' : `&search=${encodeURIComponent(search)}`;
  return `${incidentPath(id)}/mentions?order=${order}&limit=${PAGE_ROWS.mentions}${wanted}${after(cursor)}`;
}
export async function fetchMentions(id: string, query: MentionsQuery, cursor: string | null): Promise<Answer<RowsPage<IncidentMention>>> {
  const answer = await ask<MentionPage>(mentionsAddress(id, query, cursor));
  return mapped(answer, ({ mentions, next }) => ({ rows: mentions, next }));
}
/** The mention with its whole text. */
export const fetchMention = (id: string, { source, mentionId }: IncidentMention): Promise<Answer<IncidentMention>> =>
  ask(`${incidentPath(id)}/mentions/${encodeURIComponent(`${source} ${mentionId}`)}`);
export async function fetchAudit(id: string, cursor: string | null): Promise<Answer<RowsPage<AuditLine>>> {
  const answer = await ask<AuditPage>(`${incidentPath(id)}/audit?limit=${PAGE_ROWS.audit}${after(cursor)}`);
  return mapped(answer, ({ audit, next }) => ({ rows: audit, next }));
}
const PENDING_LIST = '/api/incidents/history-pending';
/** The first page of what waits for a decision. */
export const PENDING = `${PENDING_LIST}?limit=${PAGE_ROWS.pending}`;
export async function fetchPending(cursor: string): Promise<Answer<RowsPage<PendingMention>>> {
  return mapped(await ask<PendingPage>(`${PENDING}${after(cursor)}`), ({ rows, next }) => ({ rows, next }));
}
interface Decision {
  readonly commandId: string;
  readonly actor: string;
}
export const openPending = (command: Decision & { mentionKey: string }): Promise<Answer<IncidentDetail>> =>
  ask(`${PENDING_LIST}/commands`, { body: command });
export type DismissedMentions = { readonly mentionKeys: readonly string[] } | { readonly all: true };
export const dismissPending = (
  command: Decision & DismissedMentions & { reason: string },
): Promise<Answer<{ readonly dismissed: number }>> => ask(`${PENDING_LIST}/dismiss`, { body: command });
