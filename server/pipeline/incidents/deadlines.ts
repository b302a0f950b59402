/**
 * The scanner of deadlines: looks each second for armed clocks and steps of escalation that are due and fires them. Deadlines live in the
 * store alone [T1], so a start is simply the first look: whatever fell due meanwhile fires then, oldest first [T3].
 */
import type { ClockWatch } from './clock-watch.ts';
import { endPauses } from './end-pauses.ts';
import { fireDue } from './fire-due.ts';
import { fireDueSteps } from './fire-steps.ts';
import { createRepetition } from './repetition.ts';
import type { Logger } from '../ports/logger.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { Commit } from '../ports/commit.ts';
import type { Problems } from '../ports/problems.ts';
import type { Timers } from '../ports/timers.ts';

const SCAN_MS = 1_000;
/** Clocks a transaction: 10,000 due at once are 40 commits [T5], and events get their turn between two of them. */
const BATCH = 250;

export interface DeadlinesParts {
  readonly commit: Commit;
  /** Tells how far our own clock may be trusted. */
  readonly watch: Pick<ClockWatch, 'read'>;
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
  const { commit, watch, timers, problems, metrics, logger } = parts;

  async function scan(): Promise<void> {
    for (let more = true; more && !repetition.stopping();) {
      const time = await watch.read();
      const { found, fired } = await fireDue(commit, time, BATCH);
      for (const { incidentId, clock: name, latenessMs } of fired) {
        metrics.clockFired(latenessMs);
        logger.warn({ incidentId, clock: name, latenessMs }, 'a deadline passed without an answer');
      }
      more = found === BATCH && fired.length > 0;
      if (!more) while ((await endPauses(commit, time, BATCH)) === BATCH && !repetition.stopping());
    }
    for (let more = true; more && !repetition.stopping();) {
      const { found, fired } = await fireDueSteps(commit, await watch.read(), BATCH);
      if (fired.length > 0) logger.info({ steps: fired.length }, 'people are called by the ladder');
      more = found === BATCH;
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
