/**
 * Estimates server time from heartbeats alone. A heartbeat can only arrive late, so of the last few
 * heartbeats the one that puts the server's clock furthest ahead was delayed least, and the estimate
 * uses that one (a minimum filter, like the clock filter of NTP).
 */
import { elapsed } from './local-time.ts';
import type { LocalTime } from './local-time.ts';

interface Sample {
  readonly serverNow: number;
  readonly at: LocalTime;
}
/** The last heartbeats, newest last. */
export type ServerClock = readonly Sample[];

const KEPT = 12;
/** A difference of more than this means that the server's clock was set, so earlier heartbeats are dropped. */
const STEP_MS = 5_000;

export function learnServerTime(clock: ServerClock, serverNow: number, at: LocalTime): ServerClock {
  const expected = serverNowAt(clock, at);
  const kept = expected !== null && Math.abs(serverNow - expected) > STEP_MS ? [] : clock;
  return [...kept, { serverNow, at }].slice(-KEPT);
}

/** Server time, UTC ms; null before the first heartbeat. */
export function serverNowAt(clock: ServerClock, at: LocalTime): number | null {
  if (clock.length === 0) return null;
  return Math.max(...clock.map((sample) => sample.serverNow + elapsed(sample.at, at)));
}
