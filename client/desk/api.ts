/** What desk pages ask of the server. Every outcome is a value; a server that does not answer is one of them. */
import type { IncidentCommand, IncidentDetail, IncidentMention } from '../../shared/incidents/types.ts';

export interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly present?: unknown;
}
export type Answer<T> =
  | { readonly outcome: 'ok'; readonly value: T }
  /** 409: somebody was first; `present` is the state now. */
  | { readonly outcome: 'conflict'; readonly problem: Problem }
  | { readonly outcome: 'refused'; readonly problem: Problem }
  | { readonly outcome: 'unreachable' };

/** Longer than any commit takes; a person should not wait longer to hear that nothing answers. */
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
    // No network, no answer in time, or an answer that is not JSON (a proxy's page): for the person all the same.
    return { outcome: 'unreachable' };
  }
}

export interface PendingMention extends IncidentMention {
  readonly key: string;
  readonly brand: string;
}
export interface PendingList {
  readonly total: number;
  readonly rows: readonly PendingMention[];
}

/** How many of the waiting mentions are listed; the rest is a number. */
const PENDING_SHOWN = 50;

export const fetchIncident = (id: string): Promise<Answer<IncidentDetail>> => ask(`/api/incidents/${encodeURIComponent(id)}`);
export const sendCommand = (id: string, command: IncidentCommand): Promise<Answer<IncidentDetail>> =>
  ask(`/api/incidents/${encodeURIComponent(id)}/commands`, command);
export const fetchPending = (): Promise<Answer<PendingList>> => ask(`/api/incidents/history-pending?limit=${PENDING_SHOWN}`);
export const openPending = (command: { commandId: string; actor: string; mentionKey: string }): Promise<Answer<IncidentDetail>> =>
  ask('/api/incidents/history-pending/commands', command);
export const startRealWorkspace = (): Promise<Answer<{ started: true }>> => ask('/api/workspace/start-real', {});
