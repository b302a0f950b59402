/** The step of the ladder that calls before its time, because nobody can have seen the story on a wall [SC2]. */
import type { Incident } from '../incidents/types.ts';
import { holds, type EscalationStep } from './steps.ts';

/**
 * The next rung that may call now; null where none is left but those that wait for the breach, which comes within minutes or
 * has come. `steps`: those of the incident.
 */
export function nextRung(steps: readonly EscalationStep[], incident: Incident): EscalationStep | null {
  const waiting = steps.filter(
    (step) => step.name.startsWith('ladder:') && step.state === 'armed' && step.when !== 'breached' && holds(step, incident),
  );
  return waiting.toSorted((a, b) => a.dueAt - b.dueAt || a.afterMs - b.afterMs)[0] ?? null;
}

/** The step as if this had been its time: a later correction of our clock must not take it for one that fired by mistake [T8]. */
export function early(step: EscalationStep, at: number): EscalationStep {
  if (at >= step.dueAt) return step;
  return { ...step, afterMs: Math.max(1, at - step.startedAt), dueAt: at };
}
