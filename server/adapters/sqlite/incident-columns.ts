/** Incidents, their clocks and the steps of their escalation as rows, for what writes them and for what lays out an earlier moment. */
import type { EscalationStep } from '../../domain/escalation/steps.ts';
import { owedClock } from '../../domain/incidents/owed-clock.ts';
import type { Clock, Incident } from '../../domain/incidents/types.ts';
import type { Primitive } from './steps.ts';

/** Behind every deadline: for an open story without a clock. */
const NO_DEADLINE = Number.MAX_SAFE_INTEGER;

/** Columns that change with an incident, in the order of `incidentValues`. */
export const incidentColumns =
  `version, status, title, brand, story_id, opened_at, published_at, detected_at, owner, response, resolved_at, due_at,
  received_at, classified_at, routed_at, responded_by, evidence, severity, topic, kind, product, merged_into, pause, pause_until, drill`
    .split(',')
    .map((column) => column.trim());

export function incidentValues(incident: Incident): Primitive[] {
  return [
    incident.version,
    incident.status,
    incident.title,
    incident.brand,
    incident.storyId,
    incident.openedAt,
    incident.publishedAt,
    incident.detectedAt,
    incident.owner,
    incident.response,
    incident.resolvedAt,
    owedClock(incident)?.dueAt ?? NO_DEADLINE,
    incident.hops.receivedAt,
    incident.hops.classifiedAt,
    incident.hops.routedAt,
    incident.respondedBy,
    JSON.stringify(incident.evidence),
    JSON.stringify(incident.severity),
    incident.topic,
    incident.kind,
    incident.product,
    incident.mergedInto,
    incident.pause && JSON.stringify(incident.pause),
    incident.pause && incident.pause.until,
    Number(incident.drill),
  ];
}

/** In the order of `clockValues`. */
export const clockColumns = [
  'incident_id',
  'name',
  'generation',
  'started_at',
  'due_at',
  'state',
  'fired_at',
  'stopped_at',
  'paused_ms',
  'counts',
];

export function clockValues(incidentId: string, clock: Clock): Primitive[] {
  const { name, generation, startedAt, dueAt, state, firedAt, stoppedAt, pausedMs, counts } = clock;
  return [incidentId, name, generation, startedAt, dueAt, state, firedAt, stoppedAt, pausedMs, Number(counts)];
}

/** In the order of `stepValues`. */
export const stepColumns = [
  ...['incident_id', 'generation', 'name', 'round', 'waits_for', 'roles'],
  ...['started_at', 'after_ms', 'due_at', 'state', 'fired_at', 'people'],
];

export function stepValues(step: EscalationStep): Primitive[] {
  return [
    ...[step.incidentId, step.generation, step.name, step.round, step.when, JSON.stringify(step.roles)],
    ...[step.startedAt, step.afterMs, step.dueAt, step.state, step.firedAt, JSON.stringify(step.people)],
  ];
}
