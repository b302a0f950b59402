/** Finds what to show to a person when another person acted first [C2]. Pure. */
import type { AuditLine, IncidentDetail, IncidentView } from '../../shared/incidents/types.ts';

/** The newest action of a person. */
export function lastHumanAct(detail: IncidentDetail): AuditLine | null {
  return detail.audit.findLast((line) => line.actor !== 'system') ?? null;
}

/**
 * True if since `seen` the incident was changed by no person, only by joining mentions or firing clocks.
 * The person's decision still holds then, and the command may be sent again with the new version. A
 * spreading story changes every few seconds; without this rule nobody could respond to it.
 */
export function sameForPeople(seen: IncidentView, present: IncidentView): boolean {
  return seen.status === present.status && seen.owner === present.owner && seen.response === present.response;
}

export function isIncidentDetail(value: unknown): value is IncidentDetail {
  return typeof value === 'object' && value !== null && Array.isArray((value as IncidentDetail).audit);
}
