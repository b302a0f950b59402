/** The clock that matters now: the response clock until a response is given, then the disposal clock. Pure. */
import type { ClockView, IncidentView } from '../../shared/incidents/types.ts';

/** The order of a long queue asks for the same stories again and again. */
const found = new WeakMap<object, ClockView | null>();

export function nextClock(incident: Pick<IncidentView, 'clocks' | 'status'>): ClockView | null {
  const before = found.get(incident);
  if (before !== undefined) return before;
  const clock = findClock(incident);
  found.set(incident, clock);
  return clock;
}

function findClock(incident: Pick<IncidentView, 'clocks' | 'status'>): ClockView | null {
  const newest = Math.max(0, ...incident.clocks.map((clock) => clock.generation));
  const running = incident.clocks.filter(
    (c) => c.generation === newest && c.stoppedAt === null && (c.state === 'armed' || c.state === 'fired'),
  );
  const answered = incident.status === 'responded';
  return running.find((c) => c.name === (answered ? 'disposal' : 'response')) ?? running[0] ?? null;
}
