/** What a person is told when somebody else was faster [C2]. Pure. */
import type { AuditLine, IncidentDetail, IncidentView } from '../../shared/incidents/types.ts';

/** The last thing a person did. */
export function lastHumanAct(detail: IncidentDetail): AuditLine | null {
  return detail.audit.findLast((line) => line.actor !== 'system') ?? null;
}

/**
 * True when the incident changed only by itself since the person looked (a mention joined,
 * a clock fired): what the person decided still holds, and the command may be sent again with the
 * new version. A spreading story changes every few seconds; nobody could answer it otherwise.
 */
export function sameForPeople(seen: IncidentView, present: IncidentView): boolean {
  return seen.status === present.status && seen.owner === present.owner && seen.response === present.response;
}

export function isIncidentDetail(value: unknown): value is IncidentDetail {
  return typeof value === 'object' && value !== null && Array.isArray((value as IncidentDetail).audit);
}
