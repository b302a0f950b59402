/**
 * The scanner of deadlines: looks each second for armed clocks and steps of escalation that are due and fires them. Deadlines live in the
 * store alone [T1], so a start is simply the first look: whatever fell due meanwhile fires then, oldest first [T3].
 */
import type { ClockWatch } from './clock-watch.ts';
import { endPauses } from './end-pauses.ts';
import { fireDue } from './fire-due.ts';
import { fireDueSteps } from './fire-steps.ts';
import { createRepetition } from './repetition.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { Commit } from '../ports/commit.ts';
import type { Problems } from '../ports/problems.ts';
import type { Timers } from '../ports/timers.ts';

const SCAN_MS = 1_000;
/** Clocks a transaction: events wait for no more than these. */
const BATCH = 160;
const LEAST_REST_MS = 100;
const MOST_REST_MS = 250;
/** Of the time, so much more is the line's than the flood's. */
const LINE_SHARE = 2.5;
/** Clocks of one line of the log. A line for each would stop the event loop until somebody has read the log; the audit names all. */
const LOGGED = 20;

/**
 * The rest between two transactions of a flood, by how long the one before it took: so the line keeps most of its rate on any
 * machine. 10,000 clocks due at once fire in 63 transactions and as many rests, and their breaches are told behind them, within
 * 30 s [T5].
 */
export const restAfter = (workMs: number): number => Math.min(MOST_REST_MS, Math.max(LEAST_REST_MS, LINE_SHARE * workMs));

export interface DeadlinesParts {
  readonly commit: Commit;
  /** Tells how far our own clock may be trusted. */
  readonly watch: Pick<ClockWatch, 'read'>;
  readonly clock: Pick<ClockPort, 'monotonic'>;
  readonly timers: Timers;
  readonly problems: Problems;
  readonly metrics: Pick<Metrics, 'clockFired'>;
  readonly logger: Logger;
}

export interface Deadlines {
  /** Resolves after `stop`; rejects on a bug. Infrastructure faults are retried for ever. */
  run(): Promise<void>;
  /** Resolves when the batch under way is committed. */
  stop(): Promise<void>;
}

export function createDeadlines(parts: DeadlinesParts): Deadlines {
  const { commit, watch, clock, timers, problems, metrics, logger } = parts;

  /** One transaction of clocks; true while more may be due. */
  async function fireClocks(): Promise<boolean> {
    const { found, fired } = await fireDue(commit, await watch.read(), BATCH);
    for (const { latenessMs } of fired) metrics.clockFired(latenessMs);
    if (fired.length > 0) logger.warn({ clocks: fired.length, first: fired.slice(0, LOGGED) }, 'deadlines passed without an answer');
    return found === BATCH && fired.length > 0;
  }

  async function fireSteps(): Promise<boolean> {
    const { found, fired } = await fireDueSteps(commit, await watch.read(), BATCH);
    if (fired.length > 0) logger.info({ steps: fired.length }, 'people are called by the ladder');
    return found === BATCH;
  }

  const closePauses = async (): Promise<boolean> => (await endPauses(commit, await watch.read(), BATCH)) === BATCH;

  /** Clocks come first after every rest: however many people are to be called, no deadline fires late for it [T5]. */
  async function scan(): Promise<void> {
    while (!repetition.stopping()) {
      const began = clock.monotonic();
      if (!((await fireClocks()) || (await closePauses()) || (await fireSteps()))) return;
      if (!repetition.stopping()) await repetition.rest(restAfter(clock.monotonic() - began));
    }
  }

  const repetition = createRepetition({
    timers,
    everyMs: SCAN_MS,
    async work() {
      await scan();
      problems.clear('store_unavailable', 'deadlines');
    },
    onUnavailable(error) {
      problems.raise('store_unavailable', 'deadlines');
      logger.error({ code: error.code, error }, 'deadlines cannot be read; trying again');
    },
  });
  return { run: repetition.run, stop: repetition.stop };
}
