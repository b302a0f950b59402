/** What happens when a deadline has passed. */
import type { ClockName } from '../../../shared/incidents/types.ts';
import { SYSTEM, type IncidentEvent } from './events.ts';
import type { Incident } from './types.ts';

/**
 * The breach of one clock, or nothing where the clock is no longer armed or `now` (UTC ms) has not reached it [T2].
 * Lateness is how long after the deadline the breach was written: after a restart it says so [T3].
 */
export function decideFiring(incident: Incident, name: ClockName, generation: number, now: number): readonly IncidentEvent[] {
  const clock = incident.clocks.find((c) => c.name === name && c.generation === generation);
  if (clock === undefined || clock.state !== 'armed' || now < clock.dueAt) return [];
  const again = clock.firedAt === null ? {} : { again: true as const };
  const detail = { clock: name, generation, dueAt: clock.dueAt, latenessMs: now - clock.dueAt, ...again };
  return [{ action: 'clock_fired', at: now, actor: SYSTEM, detail }];
}
