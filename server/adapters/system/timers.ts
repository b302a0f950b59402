/** The process's own timers, behind the pipeline's idea of waiting. */
import type { Timers } from '../../pipeline/ports/timers.ts';

export const systemTimers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
