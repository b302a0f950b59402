/**
 * One conditional transaction in which the next step of the ladder is called before its time [SC2]: for a red story that no
 * screen has painted within its budget. It happens once for each generation of a story, also across restarts [T4].
 */
import { early, nextRung } from '../../domain/escalation/early.ts';
import { generationOf } from '../../domain/incidents/clocks.ts';
import type { Commit } from '../ports/commit.ts';
import type { OutboxMessage } from '../ports/outbox.ts';
import type { StoryRound } from '../ports/screen-store.ts';
import { incidentBatch } from './batch.ts';
import { callPeople, rosterOf } from './call-people.ts';

export interface EarlyCall {
  readonly incidentId: string;
  /** null: no step was left that may call before the breach. */
  readonly step: string | null;
}

/** `now` is UTC ms. Answers what was called; a story that is claimed, painted or was called for meanwhile is left out. */
export async function fireEarly(commit: Commit, stories: readonly StoryRound[], now: number): Promise<readonly EarlyCall[]> {
  return commit(async (tx, touch) => {
    const ids = stories.map(({ incidentId }) => incidentId);
    const [incidents, stored, book] = await Promise.all([tx.incidentsById(ids), tx.escalationSteps(ids), rosterOf(tx)]);
    const stepsOf = Map.groupBy(stored, ({ incidentId }) => incidentId);
    const batch = incidentBatch();
    const messages: OutboxMessage[] = [];
    const called: EarlyCall[] = [];
    for (const story of stories) {
      const incident = incidents.get(story.incidentId);
      if (incident === undefined || incident.status !== 'open' || generationOf(incident) !== story.generation) continue;
      if (!(await tx.takeEarlyCall(story, now))) continue;
      const steps = stepsOf.get(story.incidentId) ?? [];
      const rung = nextRung(steps, incident);
      called.push({ incidentId: story.incidentId, step: rung?.name ?? null });
      if (rung === null) continue;
      const step = early(rung, now);
      const call = callPeople(step, incident, steps, book, now, { why: { code: 'not_shown' }, early: 'not_shown' });
      const people = call.people.map(({ id }) => id);
      if (!(await tx.fireStep(rung, now, people))) continue;
      await tx.putEscalationSteps([{ ...step, state: 'fired', firedAt: now, people }]);
      batch.add(incident.id, incident, call.events);
      messages.push(...call.messages);
    }
    await batch.write(tx);
    if (messages.length > 0) await tx.putOutbox(messages);
    if (called.some(({ step }) => step !== null)) touch('incidents');
    return called;
  });
}
