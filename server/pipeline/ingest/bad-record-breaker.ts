/**
 * A circuit breaker for a source gone bad [I10]: more than 20 % bad among the last 500 records, all
 * within a minute, stops it. Something upstream broke (a new format, the wrong topic);
 * quarantining a million records would only bury the few that matter.
 *
 * In memory on purpose: after a restart the source gets another chance, and 500 records
 * later the same verdict.
 */
export const BREAKER_RECORDS = 500;
export const BREAKER_WINDOW_MS = 60_000;
export const BREAKER_SHARE = 0.2;

export interface BadRecordBreaker {
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
export function createBadRecordBreaker(): BadRecordBreaker {
  const windows = new Map<string, Window>();
  return {
    record(topic, bad, at) {
      let window = windows.get(topic);
      if (!window) windows.set(topic, (window = emptyWindow()));
      const { next } = window;
      if (window.filled === BREAKER_RECORDS) window.badCount -= window.bad[next] as number;
      else window.filled++;
      window.times[next] = at;
      window.bad[next] = bad ? 1 : 0;
      window.badCount += bad ? 1 : 0;
      window.next = (next + 1) % BREAKER_RECORDS;
      if (window.filled < BREAKER_RECORDS || window.badCount <= BREAKER_RECORDS * BREAKER_SHARE) return false;
      // `next` now points at the oldest.
      if (at - (window.times[window.next] as number) > BREAKER_WINDOW_MS) return false;
      if (at < window.silentUntil) return false;
      window.silentUntil = at + BREAKER_WINDOW_MS;
      return true;
    },
  };
}

function emptyWindow(): Window {
  return {
    times: new Float64Array(BREAKER_RECORDS),
    bad: new Uint8Array(BREAKER_RECORDS),
    next: 0,
    filled: 0,
    badCount: 0,
    silentUntil: -Infinity,
  };
}
