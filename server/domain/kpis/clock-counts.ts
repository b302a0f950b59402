/** How clocks ended whose deadline lies in a range of time (K25). */
export interface ClockCounts {
  /** Clocks whose deadline has passed, without the excluded ones. */
  readonly due: number;
  /** Those of them that were answered in time, also where the breach was withdrawn later. */
  readonly met: number;
  /** Clocks that a false alarm lifted before they were breached. */
  readonly excluded: number;
}

/** All instants in UTC ms. */
export interface ClocksQuestion {
  /** Deadlines from here up to before `to`. */
  readonly from: number;
  readonly to: number;
  /** What happened later has not happened yet: a clock counts from its deadline on. */
  readonly asOf: number;
}
