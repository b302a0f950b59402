/**
 * The two clocks of this machine. The wall clock can be set, and the monotonic clock stops while the
 * machine sleeps, so neither alone can measure how long ago a message arrived.
 */
export interface LocalTime {
  /** The wall clock, `Date.now()`. */
  readonly wall: number;
  /** The monotonic clock, `performance.now()`. */
  readonly mono: number;
}

/** ms between two readings, by the clock that shows more: to call data too old is the safer error. */
export function elapsed(from: LocalTime, to: LocalTime): number {
  return Math.max(0, to.mono - from.mono, to.wall - from.wall);
}

export function readLocalTime(): LocalTime {
  return { wall: Date.now(), mono: performance.now() };
}
