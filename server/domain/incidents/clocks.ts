/** Where a clock starts and when it is due (docs/guarantees.md). All instants UTC ms. */
import type { ClockName } from '../../../shared/incidents/types.ts';
import type { Clock, Incident } from './types.ts';

/** Promised durations; a deadline is always start + duration in elapsed time, whatever clocks on walls do [T8]. */
export interface Sla {
  readonly responseMs: number;
  readonly disposalMs: number;
}

export function armedClocks(startedAt: number, sla: Sla, generation: number): readonly Clock[] {
  const arm = (name: ClockName, durationMs: number): Clock => ({
    name,
    generation,
    startedAt,
    dueAt: startedAt + durationMs,
    state: 'armed',
    firedAt: null,
    stoppedAt: null,
    pausedMs: 0,
    counts: true,
  });
  return [arm('response', sla.responseMs), arm('disposal', sla.disposalMs)];
}

/** Generation that runs now: 1 at opening, one more with every re-opening. */
export function generationOf(incident: Incident): number {
  return incident.clocks.reduce((top, clock) => Math.max(top, clock.generation), 0);
}

/** The running generation's clock. Both are made in the change that opens or re-opens [T1], so a missing one is a bug. */
export function currentClock(incident: Incident, name: ClockName): Clock {
  const generation = generationOf(incident);
  const clock = incident.clocks.find((c) => c.name === name && c.generation === generation);
  if (clock === undefined) throw new Error(`incident ${incident.id} has no ${name} clock of generation ${generation}`);
  return clock;
}
