/**
 * Tells a stepped wall clock from time that passed [T8]. A forward step of a minute or more
 * would fire deadlines that nobody has reached yet, so what became due only by the step is held
 * for a second opinion: the clock stepping back, or five minutes without that.
 */

/** A difference between wall and monotonic time that is worth a word. */
const NOTABLE_STEP_MS = 5_000;
const HELD_STEP_MS = 60_000;
const HOLD_MS = 5 * 60_000;

export interface Reading {
  /** Wall clock, UTC ms. */
  readonly wall: number;
  /** Elapsed ms that no clock setting moves; should count sleep of the machine, or a sleep looks like a step. */
  readonly elapsed: number;
}

export interface ClockSteps {
  readonly last: Reading | null;
  /** How far the wall is ahead of what is believed, ms ≥ 0, and since which elapsed time. */
  readonly ahead: number;
  readonly heldSince: number | null;
}

export const noSteps: ClockSteps = { last: null, ahead: 0, heldSince: null };

/**
 * The next reading. `trusted` is the instant up to which deadlines may fire now (never after the wall [T2]);
 * `step` the size of a notable step since the last reading, else null.
 */
export function readClock(steps: ClockSteps, now: Reading): { next: ClockSteps; trusted: number; step: number | null } {
  const { last } = steps;
  const step = last === null ? 0 : now.wall - last.wall - (now.elapsed - last.elapsed);
  let { ahead, heldSince } = steps;
  if (step >= HELD_STEP_MS) {
    ahead += step;
    heldSince ??= now.elapsed;
  } else if (step <= -NOTABLE_STEP_MS) {
    ahead = Math.max(0, ahead + step);
  }
  if (heldSince !== null && (ahead === 0 || now.elapsed - heldSince >= HOLD_MS)) {
    ahead = 0;
    heldSince = null;
  }
  return {
    next: { last: now, ahead, heldSince },
    trusted: now.wall - ahead,
    step: Math.abs(step) >= NOTABLE_STEP_MS ? step : null,
  };
}
