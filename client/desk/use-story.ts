/** One story: requested from the server, requested again when it changes, and kept so that it can be read without a connection. */
import { useCallback, useEffect, useState } from 'react';
import type { IncidentDetail } from '../../shared/incidents/types.ts';
import { useAsked, type AskFault } from '../desk-kit/use-asked.ts';
import { useScreen } from '../state/screen-context.tsx';
import { incidentPath } from './api.ts';

/** Stories that were opened on this page, the newest last. */
const opened = new Map<string, { readonly detail: IncidentDetail; readonly at: number }>();
const MOST_KEPT = 40;

function keep(detail: IncidentDetail, at: number): void {
  opened.delete(detail.id);
  opened.set(detail.id, { detail, at });
  for (const oldest of opened.keys()) {
    if (opened.size <= MOST_KEPT) break;
    opened.delete(oldest);
  }
}

export interface OpenStory {
  readonly detail: IncidentDetail | null;
  readonly fault: AskFault | null;
  /** When what is shown was current, UTC ms; null while it is current. */
  readonly oldSince: number | null;
  readonly put: (detail: IncidentDetail) => void;
  readonly again: () => void;
}

/** The server does not push changes of stories behind the first page, so they are requested again from time to time. */
const POLL_MS = 10_000;

/** @param version the version that the queue names; null if the queue does not contain the story */
export function useStory(id: string, version: number | null): OpenStory {
  const asked = useAsked<IncidentDetail>(incidentPath(id), { version: String(version), everyMs: version === null ? POLL_MS : 0 });
  const [own, setOwn] = useState<IncidentDetail | null>(null);
  const now = useScreen((screen) => screen.heartbeatAt);
  const put = useCallback((detail: IncidentDetail) => setOwn(detail), []);
  const mine = own?.id === id ? own : null;
  const fresh = mine && (asked.value === null || mine.version >= asked.value.version) ? mine : asked.value;
  const current = fresh && asked.fault?.outcome !== 'unreachable' ? fresh : null;
  useEffect(() => {
    if (current) keep(current, now ?? Date.now());
  }, [current, now]);
  const kept = opened.get(id);
  const unreachable = asked.fault?.outcome === 'unreachable';
  return {
    detail: fresh ?? (unreachable ? (kept?.detail ?? null) : null),
    fault: asked.fault,
    oldSince: unreachable ? (kept?.at ?? null) : null,
    put,
    again: asked.again,
  };
}
