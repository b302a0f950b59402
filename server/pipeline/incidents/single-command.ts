/** A command about one story: decided on what is stored, and written in the same transaction. */
import { decideCommand, type SingleCommand } from '../../domain/incidents/decide-command.ts';
import { isIncidentRefusal, type IncidentRefusal } from '../../domain/incidents/refusal.ts';
import { incidentCode } from '../../domain/incidents/story.ts';
import type { Incident } from '../../domain/incidents/types.ts';
import type { StoreTx } from '../ports/transaction.ts';
import { incidentBatch } from './batch.ts';

/** Undefined once it is written. */
export async function runSingleCommand(
  tx: StoreTx,
  incident: Incident,
  command: SingleCommand,
  arrivedAt: number,
): Promise<IncidentRefusal | undefined> {
  const { sla } = await tx.policies();
  const carriedBy = await carrierOf(tx, incident);
  const decision = decideCommand(incident, command, { arrivedAt, sla, ...(carriedBy && { carriedBy: incidentCode(carriedBy.number) }) });
  if (isIncidentRefusal(decision)) return decision;
  const batch = incidentBatch();
  for (const event of decision) {
    if (event.action !== 'clock_fired') continue;
    // A late answer came before the scanner: the breach it leaves is written by the same condition as the scanner's [T4].
    const { clock, generation, latenessMs } = event.detail;
    await tx.fireClock(incident.id, clock, generation, event.at, latenessMs);
  }
  batch.add(incident.id, incident, decision);
  await batch.write(tx);
  // A false alarm restates net sentiment; opening the story again takes that back.
  const { actor } = command;
  if (command.type === 'false_alarm')
    await tx.putCorrection({ incidentId: incident.id, polarity: 'neutral', actor, reason: command.reason, at: arrivedAt });
  if (command.type === 'reopen' && incident.status === 'false_alarm')
    await tx.putCorrection({ incidentId: incident.id, polarity: 'negative', actor, reason: command.reason, at: arrivedAt });
  return undefined;
}

/** The story that carries a merged one on; it may have been merged itself since. */
export async function carrierOf(tx: StoreTx, incident: Incident): Promise<Incident | undefined> {
  let carrier: Incident | undefined;
  for (let next = incident.mergedInto; next !== null; next = carrier?.mergedInto ?? null) carrier = await tx.incident(next);
  return carrier;
}
