/** An incident as it was, made from its audit trail alone: what had happened to it by a moment, and how many mentions it had. */
import { followSteps, type EscalationStep } from './steps.ts';
import type { Ladder } from '../../../shared/incidents/ladder.ts';
import { evolve } from '../incidents/evolve.ts';
import type { IncidentEvent } from '../incidents/events.ts';
import type { Incident } from '../incidents/types.ts';

/** The events of an incident in the order of its trail, as far as they are known; undefined before it was opened. */
export function foldTrail(events: readonly IncidentEvent[]): Incident | undefined {
  let incident: Incident | undefined;
  for (const event of events) incident = evolve(incident, event);
  return incident && { ...incident, version: events.length };
}

/** How many mentions belonged to it. */
export function mentionsIn(events: readonly IncidentEvent[]): number {
  let count = 0;
  for (const { action, detail } of events) {
    if (action === 'opened' || action === 'mention_added') count += detail.count ?? detail.mentions.length;
    else if (action === 'absorbed') count += detail.count;
    else if (action === 'split') count -= detail.count;
    else if (action === 'merged') count = 0;
  }
  return count;
}

const keyOf = ({ generation, name }: Pick<EscalationStep, 'generation' | 'name'>): string => `${generation} ${name}`;

/**
 * The steps of its escalation as they were. `stored`: the steps as they are now, which alone know whom a step called;
 * `ladder`: the one in force.
 */
export function stepsOfTrail(
  events: readonly IncidentEvent[],
  stored: readonly EscalationStep[],
  ladder: Ladder,
): readonly EscalationStep[] {
  const steps = new Map<string, EscalationStep>();
  const called = new Map(stored.map((step) => [keyOf(step), step.people]));
  let before: Incident | undefined;
  for (const together of changes(events)) {
    let after = before;
    for (const event of together) after = evolve(after, event);
    if (after === undefined) continue;
    for (const step of followSteps({ before, after, events: together, steps: [...steps.values()], ladder })) steps.set(keyOf(step), step);
    for (const { action, at, detail } of together) {
      if (action !== 'escalated') continue;
      const key = keyOf({ generation: detail.generation, name: detail.step });
      const step = steps.get(key);
      if (step) steps.set(key, { ...step, state: 'fired', firedAt: at, people: called.get(key) ?? [] });
    }
    before = after;
  }
  return [...steps.values()];
}

/** Events of one change have one instant. */
function changes(events: readonly IncidentEvent[]): readonly (readonly IncidentEvent[])[] {
  const groups: IncidentEvent[][] = [];
  for (const event of events) {
    const last = groups.at(-1);
    if (last?.[0]?.at === event.at) last.push(event);
    else groups.push([event]);
  }
  return groups;
}
