/** Wall and monotonic time; the only way the pipeline learns what time it is. */
export interface ClockPort {
  /** UTC ms; may step. */
  now(): number;
  /** ms since an arbitrary start; never steps. */
  monotonic(): number;
}
