/**
 * The brake on a source gone bad [I10]: more than 20 % bad among the last 500 records, all
 * within a minute, stops it. Something upstream broke (a new format, the wrong topic);
 * quarantining a million records would only bury the few that matter.
 *
 * In memory on purpose: after a restart the source gets another chance, and 500 records
 * later the same verdict.
 */
export const BRAKE_RECORDS = 500;
export const BRAKE_WINDOW_MS = 60_000;
export const BRAKE_SHARE = 0.2;

export interface Brake {
  /**
   * One record of a topic; true = stop the topic now. What was fetched already still comes in after
   * that, so it then stays silent for a minute: one alarm, not one for each batch under way.
   */
  record(topic: string, bad: boolean, at: number): boolean;
}

interface Window {
  readonly times: Float64Array;
  readonly bad: Uint8Array;
  next: number;
  filled: number;
  badCount: number;
  silentUntil: number;
}

/** `at` of `record` is any clock that does not step, ms. */
export function createBrake(): Brake {
  const windows = new Map<string, Window>();
  return {
    record(topic, bad, at) {
      let window = windows.get(topic);
      if (!window) windows.set(topic, (window = emptyWindow()));
      const { next } = window;
      if (window.filled === BRAKE_RECORDS) window.badCount -= window.bad[next] as number;
      else window.filled++;
      window.times[next] = at;
      window.bad[next] = bad ? 1 : 0;
      window.badCount += bad ? 1 : 0;
      window.next = (next + 1) % BRAKE_RECORDS;
      if (window.filled < BRAKE_RECORDS || window.badCount <= BRAKE_RECORDS * BRAKE_SHARE) return false;
      // `next` now points at the oldest.
      if (at - (window.times[window.next] as number) > BRAKE_WINDOW_MS) return false;
      if (at < window.silentUntil) return false;
      window.silentUntil = at + BRAKE_WINDOW_MS;
      return true;
    },
  };
}

function emptyWindow(): Window {
  return {
    times: new Float64Array(BRAKE_RECORDS),
    bad: new Uint8Array(BRAKE_RECORDS),
    next: 0,
    filled: 0,
    badCount: 0,
    silentUntil: -Infinity,
  };
}
