/** The timers of the process behind the port `Timers` of the pipeline. */
import type { Timers } from '../../pipeline/ports/timers.ts';

export const systemTimers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
