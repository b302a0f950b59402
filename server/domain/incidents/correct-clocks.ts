/**
 * What a step of our own clock means to an incident [T8]: its deadlines keep their duration in elapsed time, and a
 * breach that nobody had earned yet is overturned. The audit keeps every line as it was written.
 */
import { correctedStamp, type Correction } from './clock-steps.ts';
import { SYSTEM, type ClockStamps, type IncidentEvent } from './events.ts';
import type { Clock, Incident } from './types.ts';

export interface CorrectionContext {
  readonly now: number;
  /** Size and direction of the step, ms. */
  readonly stepMs: number;
}

/** Nothing where no stamp of the incident is wrong for sure and none of its deadlines runs. */
export function decideCorrection(incident: Incident, correction: Correction, context: CorrectionContext): readonly IncidentEvent[] {
  const wrong = (stamp: number | null): boolean => stamp !== null && stamp >= correction.wrongFrom;
  const concerned =
    wrong(incident.openedAt) ||
    wrong(incident.resolvedAt) ||
    incident.clocks.some((clock) => clock.state === 'armed' || wrong(clock.firedAt) || wrong(clock.stoppedAt));
  if (!concerned) return [];
  const events = incident.clocks.flatMap((clock) => correctedClock(incident, clock, correction, context));
  return [...events, ...correctedStamps(incident, correction, context)];
}

const stampsOf = ({ startedAt, dueAt, firedAt, stoppedAt, state }: Clock): ClockStamps => ({ startedAt, dueAt, firedAt, stoppedAt, state });

/** A clock that counts from a detection counts from a source's time, which our own clock has no part in. */
function countsFromOurClock({ openedAt }: Incident, { generation, startedAt }: Clock): boolean {
  return generation > 1 || startedAt === openedAt;
}

function correctedClock(incident: Incident, clock: Clock, correction: Correction, context: CorrectionContext): readonly IncidentEvent[] {
  const { now: at, stepMs } = context;
  const { name, generation } = clock;
  if (clock.state === 'void') return [];
  const move = (stamp: number | null): number | null => (stamp === null ? null : correctedStamp(correction, stamp));
  const startedAt = countsFromOurClock(incident, clock) ? correctedStamp(correction, clock.startedAt) : clock.startedAt;
  const dueAt = startedAt + (clock.dueAt - clock.startedAt);
  const moved = { startedAt, dueAt, firedAt: move(clock.firedAt), stoppedAt: move(clock.stoppedAt) };
  const overturned = clock.state === 'fired' && moved.firedAt !== null && moved.firedAt < dueAt && (moved.stoppedAt ?? 0) <= dueAt;
  const after = moved.stoppedAt !== null ? 'met' : incident.status === 'false_alarm' || incident.status === 'merged' ? 'void' : 'armed';
  const now: ClockStamps = { ...moved, state: overturned ? after : clock.state };
  const was = stampsOf(clock);
  if (JSON.stringify(now) === JSON.stringify({ ...now, ...was })) return [];
  const corrected: IncidentEvent = { action: 'clock_corrected', at, actor: SYSTEM, detail: { clock: name, generation, stepMs, was, now } };
  if (!overturned) return [corrected];
  const detail = { clock: name, generation, dueAt, arrivedAt: moved.stoppedAt, firedAt: clock.firedAt, stepMs };
  return [{ action: 'breach_overturned', at, actor: SYSTEM, detail }, corrected];
}

function correctedStamps(incident: Incident, correction: Correction, { now: at, stepMs }: CorrectionContext): readonly IncidentEvent[] {
  const { openedAt, detectedAt, resolvedAt } = incident;
  const { receivedAt, classifiedAt, routedAt } = incident.hops;
  const was = { openedAt, detectedAt, resolvedAt, hops: { receivedAt, classifiedAt, routedAt } };
  const move = (stamp: number): number => correctedStamp(correction, stamp);
  const now = {
    openedAt: move(openedAt),
    // Without a detection of its own a mention was found when we received it.
    detectedAt: detectedAt === openedAt || detectedAt === receivedAt ? move(detectedAt) : detectedAt,
    resolvedAt: resolvedAt === null ? null : move(resolvedAt),
    // Else the hours of the step stand on the desk as a delay of delivery or of people.
    hops: { receivedAt: move(receivedAt), classifiedAt: move(classifiedAt), routedAt: routedAt === null ? null : move(routedAt) },
  };
  const { pause } = incident;
  const since = pause === null ? 0 : move(pause.since);
  const moved = pause === null || since === pause.since ? null : { ...pause, since, until: pause.until + (since - pause.since) };
  if (moved === null && JSON.stringify(now) === JSON.stringify(was)) return [];
  const detail = { stepMs, was: { ...was, ...(moved && pause && { pause }) }, now: { ...now, ...(moved && { pause: moved }) } };
  return [{ action: 'stamps_corrected', at, actor: SYSTEM, detail }];
}
