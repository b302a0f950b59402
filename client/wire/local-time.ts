/**
 * This machine's two clocks. The wall clock may step; the monotonic one stops while
 * a machine sleeps. Neither alone can say how long ago something was heard.
 */
export interface LocalTime {
  /** Date.now() */
  readonly wall: number;
  /** performance.now() */
  readonly mono: number;
}

/** ms between two readings; the longer of the two clocks, because “too old” is the safe mistake. */
export function elapsed(from: LocalTime, to: LocalTime): number {
  return Math.max(0, to.mono - from.mono, to.wall - from.wall);
}

export function readLocalTime(): LocalTime {
  return { wall: Date.now(), mono: performance.now() };
}
