/** The clocks of the machine behind the port `ClockPort`, so that the pipeline and the domain do not read them directly. */
import { performance } from 'node:perf_hooks';
import type { ClockPort } from '../../pipeline/ports/clock.ts';

export const systemClock: ClockPort = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
