/** The machine's clocks, behind the port, so that nothing inward reads them itself. */
import { performance } from 'node:perf_hooks';
import type { ClockPort } from '../../pipeline/ports/clock.ts';

export const systemClock: ClockPort = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
