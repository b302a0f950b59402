/**
 * Server time on this machine, from heartbeats alone. A heartbeat can only arrive
 * late, so of the last few the one that makes the server's clock look furthest ahead
 * was delayed least and is believed (minimum filter, as NTP's clock filter).
 */
import { elapsed } from './local-time.ts';
import type { LocalTime } from './local-time.ts';

interface Sample {
  readonly serverNow: number;
  readonly at: LocalTime;
}
/** Newest last. */
export type ServerClock = readonly Sample[];

const KEPT = 12;
/** A jump of more than this is the server's clock being set, not a slow network: what was learnt before is void. */
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
