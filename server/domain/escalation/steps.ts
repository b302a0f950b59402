/**
 * The steps by which a story calls people, as rows with a deadline each: made when the story opens or re-opens, moved with
 * its response clock, stopped when what they wait for can no longer come true. Whom a step calls is decided when it fires.
 */
import { stepConditions, type Ladder, type RosterRole } from '../../../shared/incidents/ladder.ts';
import { currentClock, generationOf } from '../incidents/clocks.ts';
import { SYSTEM, type IncidentEvent } from '../incidents/events.ts';
import type { Clock, Incident } from '../incidents/types.ts';

/** idle: whoever claimed the story has done nothing about it since. */
export const stepWaits = [...stepConditions, 'idle'] as const;
export type StepWaitsFor = (typeof stepWaits)[number];
export const stepStates = ['armed', 'fired', 'stopped'] as const;
export type StepState = (typeof stepStates)[number];

export interface EscalationStep {
  readonly incidentId: string;
  readonly generation: number;
  /** `ladder:<n>` · `nudge` · `again` · `breach:<clock>`: which one within the generation. */
  readonly name: string;
  /** Rises when a step that fired or was stopped runs anew, so that its messages are no repeats of the earlier ones. */
  readonly round: number;
  readonly when: StepWaitsFor;
  readonly roles: readonly RosterRole[];
  /** What the step counts from: the duty's beginning, or the last thing its owner did. UTC ms. */
  readonly startedAt: number;
  readonly afterMs: number;
  readonly dueAt: number;
  readonly state: StepState;
  readonly firedAt: number | null;
  /** Ids of the people it called when it fired. */
  readonly people: readonly string[];
}

/** A claim without a sign of progress is remembered after so long, and no longer counts as taken care of after so long. */
export const NUDGE_MS = 30 * 60_000;
export const AGAIN_MS = 45 * 60_000;

/** Whether the step may still have to call somebody: what it waits for is true of the story, or may become true. */
function mayCall(when: StepWaitsFor, { status }: Incident): boolean {
  switch (when) {
    case 'always':
      return status === 'open' || status === 'claimed' || status === 'responded';
    case 'unclaimed':
      return status === 'open';
    case 'unanswered':
    case 'breached':
      return status === 'open' || status === 'claimed';
    case 'idle':
      return status === 'claimed';
  }
}

/** Whether a step whose time has come calls people. */
export function holds(step: Pick<EscalationStep, 'when' | 'generation'>, incident: Incident): boolean {
  if (step.generation !== generationOf(incident) || !mayCall(step.when, incident)) return false;
  return step.when !== 'breached' || currentClock(incident, 'response').state === 'fired';
}

/** A step that waits for the breach comes with the breach, however short or long the promise is. */
function dueOf({ when, afterMs }: Pick<EscalationStep, 'when' | 'afterMs'>, response: Clock): number {
  const due = response.startedAt + afterMs;
  return when === 'breached' ? Math.max(due, response.dueAt) : due;
}

function ladderSteps(incident: Incident, { steps }: Ladder): EscalationStep[] {
  const response = currentClock(incident, 'response');
  return steps.map(({ afterMs, when, to }, i) => ({
    incidentId: incident.id,
    generation: response.generation,
    name: `ladder:${i}`,
    round: 1,
    when,
    roles: to,
    startedAt: response.startedAt,
    afterMs,
    dueAt: dueOf({ when, afterMs }, response),
    state: 'armed' as const,
    firedAt: null,
    people: [],
  }));
}

function ownerSteps(incident: Incident, known: readonly EscalationStep[], startedAt: number): EscalationStep[] {
  const generation = generationOf(incident);
  return [['nudge', NUDGE_MS] as const, ['again', AGAIN_MS] as const].map(([name, afterMs]) => ({
    incidentId: incident.id,
    generation,
    name,
    round: (known.find((step) => step.name === name && step.generation === generation)?.round ?? 0) + 1,
    when: 'idle' as const,
    roles: [],
    startedAt,
    afterMs,
    dueAt: startedAt + afterMs,
    state: 'armed' as const,
    firedAt: null,
    people: [],
  }));
}

/**
 * What a step of our own clock means to the steps of a story [T8]: what counts from a stamp of ours moves with the stamp.
 * A step that fired under the wrong time, before it was due, is armed anew: its people were called too early.
 */
export function correctSteps(
  steps: readonly EscalationStep[],
  incident: Incident,
  correct: (stamp: number) => number,
): readonly EscalationStep[] {
  const generation = generationOf(incident);
  return steps.flatMap((step): readonly EscalationStep[] => {
    if (step.generation !== generation || step.state === 'stopped' || step.name.startsWith('breach:')) return [];
    const idle = step.when === 'idle';
    const response = currentClock(incident, 'response');
    const startedAt = idle ? correct(step.startedAt) : response.startedAt;
    const dueAt = idle ? startedAt + step.afterMs : dueOf(step, response);
    if (step.state === 'armed') return step.dueAt === dueAt ? [] : [{ ...step, startedAt, dueAt }];
    const firedAt = step.firedAt === null ? null : correct(step.firedAt);
    if (firedAt === null || firedAt >= dueAt || !mayCall(step.when, incident))
      return firedAt === step.firedAt ? [] : [{ ...step, startedAt, dueAt, firedAt }];
    return [{ ...step, startedAt, dueAt, state: 'armed', round: step.round + 1, firedAt: null }];
  });
}

const keyOf = ({ generation, name }: EscalationStep): string => `${generation} ${name}`;

export interface Followed {
  readonly before: Incident | undefined;
  readonly after: Incident;
  readonly events: readonly IncidentEvent[];
  /** The stored steps of the incident. */
  readonly steps: readonly EscalationStep[];
  /** In force now; a generation that runs already keeps the steps it has. */
  readonly ladder: Ladder;
}

/** The steps that are new or differ once these events have happened. */
export function followSteps({ before, after, events, steps, ladder }: Followed): readonly EscalationStep[] {
  const now = new Map(steps.map((step) => [keyOf(step), step]));
  const put = (step: EscalationStep) => now.set(keyOf(step), step);
  const generation = generationOf(after);
  if (before === undefined || generationOf(before) < generation) ladderSteps(after, ladder).forEach(put);

  const response = currentClock(after, 'response');
  const overturned = events.some((e) => e.action === 'breach_overturned' && e.detail.clock === 'response') && response.state === 'armed';
  for (const step of now.values()) {
    if (step.generation !== generation || step.when === 'idle' || !step.name.startsWith('ladder:')) continue;
    const startedAt = response.startedAt;
    const dueAt = dueOf(step, response);
    // The breach it told of never was; the clock runs again, and so does the step.
    if (overturned && step.when === 'breached' && step.state === 'fired')
      put({ ...step, startedAt, dueAt, state: 'armed', round: step.round + 1, firedAt: null });
    else if (step.state === 'armed' && (step.startedAt !== startedAt || step.dueAt !== dueAt)) put({ ...step, startedAt, dueAt });
  }

  const progress = events.filter(({ actor }) => actor !== SYSTEM).at(-1);
  if (after.status === 'claimed' && progress !== undefined) ownerSteps(after, steps, progress.at).forEach(put);

  for (const step of now.values()) {
    if (step.state === 'armed' && (step.generation !== generation || !mayCall(step.when, after))) put({ ...step, state: 'stopped' });
  }
  const stored = new Map(steps.map((step) => [keyOf(step), step]));
  return [...now.values()].filter((step) => stored.get(keyOf(step)) !== step);
}
