/** What a person's command makes happen to an incident, or why not. */
import type { ClockName, IncidentCommand } from '../../../shared/incidents/types.ts';
import { currentClock, generationOf, type Sla } from './clocks.ts';
import type { IncidentEvent, Outcome } from './events.ts';
import type { Incident } from './types.ts';

export interface IncidentRefusal {
  readonly refused: true;
  readonly code: 'already_claimed' | 'already_answered' | 'already_closed' | 'answer_first' | 'not_closed' | 'version_mismatch';
  /** One sentence for people; names whoever was first [C2]. */
  readonly detail: string;
}
function refuse(code: IncidentRefusal['code'], detail: string): IncidentRefusal {
  return { refused: true, code, detail };
}

export interface CommandContext {
  /** Server time the request arrived, UTC ms, taken before any queue [T6]. */
  readonly arrivedAt: number;
  readonly sla: Sla;
}

/** The command's own rule comes before the version check: a loser of a race is told who won, not that a number differs. */
function forbidden(incident: Incident, command: IncidentCommand): IncidentRefusal | null {
  const { status, owner } = incident;
  if (command.type === 'reopen') {
    return status === 'resolved' || status === 'false_alarm' ? null : refuse('not_closed', 'The incident is still open.');
  }
  if (status === 'resolved' || status === 'false_alarm') return refuse('already_closed', `The incident is closed (${status}).`);
  if (status === 'responded' && (command.type === 'claim' || command.type === 'respond')) {
    return refuse('already_answered', `${owner ?? 'Somebody'} has already answered.`);
  }
  if (status === 'claimed' && command.type === 'claim') return refuse('already_claimed', `${owner} has claimed it.`);
  if (status !== 'responded' && command.type === 'resolve') return refuse('answer_first', 'Answer the story before resolving it.');
  return null;
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

function eventsOf(incident: Incident, command: IncidentCommand, context: CommandContext): readonly IncidentEvent[] {
  const at = context.arrivedAt;
  const { actor } = command;
  const generation = generationOf(incident);
  switch (command.type) {
    case 'claim':
      return [{ action: 'claimed', at, actor, detail: { owner: actor } }];
    case 'respond': {
      const { outcome, also } = stopping(incident, 'response', actor, at);
      // Whoever answers an unclaimed story owns it from then on.
      const detail = { text: command.text, evidence: command.evidence ?? [], owner: incident.owner ?? actor, generation, outcome };
      return [...also, { action: 'responded', at, actor, detail }];
    }
    case 'resolve': {
      const { outcome, also } = stopping(incident, 'disposal', actor, at);
      return [...also, { action: 'resolved', at, actor, detail: { note: command.note ?? null, generation, outcome } }];
    }
    case 'false_alarm':
      return [{ action: 'false_alarm', at, actor, detail: { reason: command.reason, generation } }];
    case 'reopen':
      return [
        { action: 'reopened', at, actor, detail: { reason: command.reason, generation: generation + 1, startedAt: at, sla: context.sla } },
      ];
  }
}

export function decideCommand(
  incident: Incident,
  command: IncidentCommand,
  context: CommandContext,
): readonly IncidentEvent[] | IncidentRefusal {
  const refusal = forbidden(incident, command);
  if (refusal !== null) return refusal;
  if (command.expectedVersion !== incident.version) {
    const seen = command.expectedVersion;
    return refuse('version_mismatch', `The incident has changed: it is at version ${incident.version}, the command saw ${seen}.`);
  }
  return eventsOf(incident, command, context);
}

export function isIncidentRefusal(answer: readonly IncidentEvent[] | IncidentRefusal): answer is IncidentRefusal {
  return !Array.isArray(answer);
}
