/** One conditional transaction in which steps of escalation that are due call people [T4], with the messages they owe [N1]. */
import { holds, type EscalationStep } from '../../domain/escalation/steps.ts';
import type { Incident } from '../../domain/incidents/types.ts';
import type { Commit } from '../ports/commit.ts';
import { incidentBatch } from './batch.ts';
import { callPeople, rosterOf } from './call-people.ts';
import type { OutboxMessage } from '../ports/outbox.ts';

/**
 * Fires at most `limit` steps due by `trusted`, oldest first, stamped `now` (UTC ms, ≥ `trusted`). `found` below `limit`
 * means none are left. Clocks that are due fire before, so that a step that waits for a breach finds it.
 * Throws `Unavailable` with nothing fired.
 */
export async function fireDueSteps(
  commit: Commit,
  time: { readonly now: number; readonly trusted: number },
  limit: number,
): Promise<{ readonly found: number; readonly fired: readonly EscalationStep[] }> {
  return commit(async (tx, touch) => {
    const due = await tx.dueSteps(time.trusted, limit);
    if (due.length === 0) return { found: 0, fired: [] };
    const ids = [...new Set(due.map(({ incidentId }) => incidentId))];
    const [incidents, stored, book] = await Promise.all([tx.incidentsById(ids), tx.escalationSteps(ids), rosterOf(tx)]);
    const stepsOf = Map.groupBy(stored, ({ incidentId }) => incidentId);
    const batch = incidentBatch();
    const messages: OutboxMessage[] = [];
    const stopped: EscalationStep[] = [];
    const fired: EscalationStep[] = [];
    const calls: { readonly step: EscalationStep; readonly incident: Incident }[] = [];
    for (const step of due) {
      const incident = incidents.get(step.incidentId);
      if (incident === undefined || !holds(step, incident)) stopped.push({ ...step, state: 'stopped' });
      else calls.push({ step, incident });
    }
    const firings = calls.map(({ step, incident }) => ({
      ...{ step, incident },
      called: callPeople(step, incident, stepsOf.get(incident.id) ?? [], book, time.now),
    }));
    // Asked for together: one by one each would wait for the store's answer to the one before it.
    const won = await Promise.all(
      firings.map(({ step, called }) =>
        tx.fireStep(
          step,
          time.now,
          called.people.map(({ id }) => id),
        ),
      ),
    );
    for (const [i, { step, incident, called }] of firings.entries()) {
      if (won[i] !== true) continue;
      batch.add(incident.id, incident, called.events);
      messages.push(...called.messages);
      fired.push(step);
    }
    if (stopped.length > 0) await tx.putEscalationSteps(stopped);
    await batch.write(tx);
    if (messages.length > 0) await tx.putOutbox(messages);
    if (fired.length > 0) touch('incidents');
    return { found: due.length, fired };
  });
}
