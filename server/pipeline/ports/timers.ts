/** Waiting, as the pipeline needs it: an adapter gives real time, tests give time they move by hand. */
export interface Timers {
  /** Runs `run` once after `ms`; the returned function cancels it. Must not keep a stopping process alive. */
  after(ms: number, run: () => void): () => void;
}
