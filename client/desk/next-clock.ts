/** The clock that matters now: the response clock until a response is given, then the disposal clock. Pure. */
import type { ClockView, IncidentView } from '../../shared/incidents/types.ts';

export function nextClock(incident: Pick<IncidentView, 'clocks' | 'status'>): ClockView | null {
  const newest = Math.max(0, ...incident.clocks.map((clock) => clock.generation));
  const running = incident.clocks.filter(
    (c) => c.generation === newest && c.stoppedAt === null && (c.state === 'armed' || c.state === 'fired'),
  );
  const answered = incident.status === 'responded';
  return running.find((c) => c.name === (answered ? 'disposal' : 'response')) ?? running[0] ?? null;
}
