/**
 * Two stories turn out to be one [C3]: one carries the other on, with every mention, its earliest deadline and every breach.
 * What of the merged story was settled without a breach stays with it in its audit.
 */
import { gradeRank } from '../../../shared/incidents/grades.ts';
import { isClosedStatus } from '../../../shared/incidents/status.ts';
import type { ClockName } from '../../../shared/incidents/types.ts';
import { currentClock, generationOf } from './clocks.ts';
import { firstNamed } from './decide-mentions.ts';
import type { ClockStamps, IncidentEvent, TakenOver } from './events.ts';
import { evolve } from './evolve.ts';
import { endOfPause } from './pause.ts';
import { refuse, type IncidentRefusal } from './refusal.ts';
import { incidentCode } from './story.ts';
import type { Clock, Incident } from './types.ts';

/** Why `incident` cannot be merged into `target`, or null. */
export function unfitTarget(incident: Incident, target: Incident | undefined): IncidentRefusal | null {
  if (target === undefined) return refuse('unknown_target', 'There is no story with this id to merge into.', 422);
  const code = incidentCode(target.number);
  if (target.id === incident.id) return refuse('unknown_target', 'A story cannot be merged into itself.', 422);
  if (target.drill !== incident.drill) return refuse('drill_apart', 'A drill and a real story are never merged.', 422);
  if (isClosedStatus(target.status)) return refuse('target_closed', `${code} is closed; open it again before merging into it.`);
  return null;
}

export interface Merge {
  readonly actor: string;
  readonly at: number;
  /** How many mentions move. */
  readonly count: number;
}

/** What happens to the merged story and to its target. */
export function decideMerge(
  incident: Incident,
  target: Incident,
  { actor, at, count }: Merge,
): { readonly merged: readonly IncidentEvent[]; readonly target: readonly IncidentEvent[] } {
  const ended = endOfPause(incident, actor, at);
  const source = ended.reduce<Incident>((state, event) => evolve(state, event), incident);
  const into = { into: target.id, code: incidentCode(target.number), generation: generationOf(incident) };
  const absorbed: IncidentEvent = {
    action: 'absorbed',
    at,
    actor,
    detail: {
      from: source.id,
      code: incidentCode(source.number),
      count,
      publishedAt: source.publishedAt,
      detectedAt: source.detectedAt,
      receivedAt: source.hops.receivedAt,
      classifiedAt: source.hops.classifiedAt,
      ...firstNamed(target, source.product),
      clocks: (['response', 'disposal'] as const).flatMap((name) => takenOver(source, target, name)),
    },
  };
  return { merged: [...ended, { action: 'merged', at, actor, detail: into }], target: [absorbed, ...graver(source, target, at)] };
}

const stampsOf = ({ startedAt, dueAt, firedAt, stoppedAt, state }: Clock): ClockStamps => ({ startedAt, dueAt, firedAt, stoppedAt, state });

/** The earlier of two running deadlines; and a breach stays a breach [T7], also where the target had answered in time. */
function takenOver(source: Incident, target: Incident, name: ClockName): readonly TakenOver[] {
  const theirs = currentClock(source, name);
  const own = currentClock(target, name);
  const was = stampsOf(own);
  const { startedAt, dueAt, firedAt } = theirs;
  const sooner = dueAt < own.dueAt;
  const breach = theirs.state === 'fired' && (own.state !== 'fired' || sooner);
  const running = theirs.state === 'armed' && own.state === 'armed' && sooner;
  if (!breach && !running) return [];
  const now: ClockStamps = { ...was, startedAt, dueAt, ...(breach && { state: 'fired' as const, firedAt }) };
  return [{ clock: name, generation: own.generation, was, now }];
}

/** The target is at least as grave as what it carries on, until its severity is computed anew from all its mentions. */
function graver(source: Incident, target: Incident, at: number): readonly IncidentEvent[] {
  if (gradeRank(source.severity.grade) <= gradeRank(target.severity.grade) || target.severity.override !== null) return [];
  const detail = { severity: { ...source.severity, override: null }, topic: source.topic };
  return [{ action: 'severity_changed', at, actor: 'system', detail }];
}
