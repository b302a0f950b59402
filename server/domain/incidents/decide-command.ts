/** What a person's command makes happen to an incident, or why not. */
import { isClosedStatus } from '../../../shared/incidents/status.ts';
import type { ClockName, IncidentCommand } from '../../../shared/incidents/types.ts';
import { belowFloor, overridden } from '../severity/in-force.ts';
import { currentClock, generationOf, type Sla } from './clocks.ts';
import type { IncidentEvent, Outcome } from './events.ts';
import { evolve } from './evolve.ts';
import { decidePause, endOfPause, PAUSE_MAX_MS } from './pause.ts';
import { refuse, type IncidentRefusal } from './refusal.ts';
import type { Incident } from './types.ts';

export interface CommandContext {
  /** Server time the request arrived, UTC ms, taken before any queue [T6]. */
  readonly arrivedAt: number;
  readonly sla: Sla & { readonly pauseMaxMs?: number | undefined };
  /** Code of the story that carries a merged one on. */
  readonly carriedBy?: string;
}

/** Commands that concern one story alone; merge and split concern two, and are decided in files of their own. */
export type SingleCommand = Exclude<IncidentCommand, { type: 'merge' | 'split' }>;

/** Evidence of one round in all: it comes with the story whenever somebody opens it. */
const MOST_EVIDENCE = 100;

/** What may be done to a closed story. */
const afterwards: readonly IncidentCommand['type'][] = ['reopen', 'note', 'evidence'];

function wrongState(incident: Incident, { type }: IncidentCommand, carriedBy: string): IncidentRefusal | null {
  const { status } = incident;
  if (status === 'merged') return refuse('already_merged', `The story was merged into ${carriedBy}, which carries it on.`);
  const closed = isClosedStatus(status);
  if (type === 'reopen') return closed ? null : refuse('not_closed', 'The incident is still open.');
  return closed && !afterwards.includes(type) ? refuse('already_closed', `The incident is closed (${status}).`) : null;
}

function wrongTurn(incident: Incident, command: IncidentCommand): IncidentRefusal | null {
  const { status, owner, respondedBy, response, evidence } = incident;
  switch (command.type) {
    case 'claim':
      if (status === 'responded') return refuse('already_answered', `${respondedBy ?? owner ?? 'Somebody'} has already answered.`);
      return status === 'claimed' ? refuse('already_claimed', `${owner} has claimed it.`) : null;
    case 'hand_over':
      return owner === command.to ? refuse('already_claimed', `${owner} has it already.`) : null;
    case 'respond':
      return status === 'responded' ? refuse('already_answered', `${respondedBy ?? owner ?? 'Somebody'} has already answered.`) : null;
    case 'evidence':
      if (response === null) return refuse('answer_first', 'Answer the story before adding evidence of an answer.');
      if (evidence.length + command.evidence.length <= MOST_EVIDENCE) return null;
      return refuse('too_much_evidence', `An answer holds at most ${MOST_EVIDENCE} pieces of evidence.`, 422);
    case 'resolve':
      return status === 'responded' ? null : refuse('answer_first', 'Answer the story before resolving it.');
    case 'pause':
      return incident.pause === null ? null : refuse('already_paused', `${incident.pause.by} has paused it already.`);
    case 'severity': {
      const { floor } = incident.severity;
      if (!belowFloor(incident.severity, command.grade)) return null;
      return refuse('below_floor', `A story about ${floor?.topic} is never below ${floor?.grade}.`, 422);
    }
    case 'resume':
      return incident.pause === null ? refuse('not_paused', 'Its disposal clock is not paused.') : null;
    default:
      return null;
  }
}

/**
 * Why the command cannot happen, or null. The command's own rule comes before the version check: a loser of a race is told
 * who won, not that a number differs.
 */
export function forbidden(incident: Incident, command: IncidentCommand, carriedBy = 'another story'): IncidentRefusal | null {
  const refusal = wrongState(incident, command, carriedBy) ?? wrongTurn(incident, command);
  if (refusal !== null || command.expectedVersion === incident.version) return refusal;
  const seen = command.expectedVersion;
  return refuse('version_mismatch', `The incident has changed: it is at version ${incident.version}, the command saw ${seen}.`);
}

/**
 * How an answer that arrived at `arrivedAt` stops a clock. In time is `arrivedAt <= dueAt`. A late answer to a clock the
 * scanner has not reached yet still leaves its breach [T7]; one that came in time after the breach was written withdraws it.
 */
function stopping(incident: Incident, name: ClockName, actor: string, at: number): { outcome: Outcome; also: readonly IncidentEvent[] } {
  const { dueAt, generation, state, firedAt } = currentClock(incident, name);
  if (at > dueAt) {
    const fired: IncidentEvent = {
      action: 'clock_fired',
      at,
      actor: 'system',
      detail: { clock: name, generation, dueAt, latenessMs: at - dueAt },
    };
    return { outcome: 'late', also: state === 'armed' ? [fired] : [] };
  }
  if (state !== 'fired') return { outcome: 'met', also: [] };
  const overturned: IncidentEvent = {
    action: 'breach_overturned',
    at,
    actor,
    detail: { clock: name, generation, dueAt, arrivedAt: at, firedAt },
  };
  return { outcome: 'overturned', also: [overturned] };
}

function eventsOf(incident: Incident, command: SingleCommand, context: CommandContext): readonly IncidentEvent[] | IncidentRefusal {
  const at = context.arrivedAt;
  const { actor } = command;
  const generation = generationOf(incident);
  switch (command.type) {
    case 'claim':
      return [{ action: 'claimed', at, actor, detail: { owner: actor } }];
    case 'hand_over':
      return [{ action: 'handed_over', at, actor, detail: { from: incident.owner, to: command.to } }];
    case 'note':
      return [{ action: 'noted', at, actor, detail: { text: command.text } }];
    case 'respond': {
      const { outcome, also } = stopping(incident, 'response', actor, at);
      const { evidence = [] } = command;
      // An answer that is only a link is told by the link.
      const text = command.text || (evidence[0]?.value ?? '');
      // Whoever answers an unclaimed story owns it from then on.
      const detail = { text, evidence, owner: incident.owner ?? actor, generation, outcome };
      return [...also, { action: 'responded', at, actor, detail }];
    }
    case 'evidence':
      return [{ action: 'evidence_added', at, actor, detail: { evidence: command.evidence } }];
    case 'resolve': {
      const ended = endOfPause(incident, actor, at);
      const resumed = ended.reduce<Incident>((state, event) => evolve(state, event), incident);
      const { outcome, also } = stopping(resumed, 'disposal', actor, at);
      return [...ended, ...also, { action: 'resolved', at, actor, detail: { note: command.note ?? null, generation, outcome } }];
    }
    case 'false_alarm':
      return [...endOfPause(incident, actor, at), { action: 'false_alarm', at, actor, detail: { reason: command.reason, generation } }];
    case 'reopen': {
      const { responseMs, disposalMs } = context.sla;
      const detail = { reason: command.reason, generation: generation + 1, startedAt: at, sla: { responseMs, disposalMs } };
      return [{ action: 'reopened', at, actor, detail }];
    }
    case 'pause':
      return decidePause(incident, command, { at, pauseMaxMs: context.sla.pauseMaxMs ?? PAUSE_MAX_MS });
    case 'resume':
      return endOfPause(incident, actor, at);
    case 'severity': {
      const { grade, reason } = command;
      const severity = overridden(incident.severity, { grade, by: actor, reason, at });
      return [{ action: 'severity_set', at, actor, detail: { grade, reason, was: incident.severity.grade, severity } }];
    }
  }
}

export function decideCommand(
  incident: Incident,
  command: SingleCommand,
  context: CommandContext,
): readonly IncidentEvent[] | IncidentRefusal {
  return forbidden(incident, command, context.carriedBy) ?? eventsOf(incident, command, context);
}
