/**
 * Takes up what was quarantined as lying in the future only because our clock was behind [T8]: once a step has set the
 * clock right, each such record is sent again, checked by the time at which it truly came. What lay in the future by the
 * right clock too stays for a person [I8]. The store remembers which records came under which clock, and a record that is
 * sent twice is a duplicate, so a crash delays this and doubles nothing [IC29].
 */
import { SYSTEM } from '../../domain/incidents/events.ts';
import type { HeldEpoch } from '../../domain/incidents/held-epochs.ts';
import { createRepetition } from '../incidents/repetition.ts';
import type { ClockPort } from '../ports/clock.ts';
import type { Commit } from '../ports/commit.ts';
import type { Logger } from '../ports/logger.ts';
import type { StoreReads } from '../ports/reads.ts';
import type { Timers } from '../ports/timers.ts';
import type { ReplayableIntake } from './event-intake.ts';

const LOOK_MS = 1_000;
/** Records sent at a time: with at most 64 KB kept of each, about 3 MB. */
const BATCH = 50;

export interface HeldEventsParts {
  readonly reads: Pick<StoreReads, 'openQuarantine' | 'quarantineRaws'>;
  readonly commit: Commit;
  readonly intake: Pick<ReplayableIntake, 'resubmit'>;
  readonly clock: ClockPort;
  readonly timers: Timers;
  /** What was quarantined under clocks that were left since; another list whenever it changed. */
  readonly epochs: () => readonly HeldEpoch[];
  readonly logger: Logger;
}

export interface HeldEvents {
  /** Resolves after `stop`; rejects on a bug. Infrastructure faults are retried for ever. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

export function createHeldEvents({ reads, commit, intake, clock, timers, epochs, logger }: HeldEventsParts): HeldEvents {
  let done: readonly HeldEpoch[] = [];

  /** Sent before closed: a crash between the two leaves them open, and sent again they are duplicates. */
  async function takeUp(ids: readonly number[], laterMs: number): Promise<void> {
    const records = await reads.quarantineRaws(ids);
    const answers = await Promise.all(
      records.map(({ id, raw, receivedAt }) =>
        intake.resubmit(raw, { id: `clock-${id}`, receivedAt: Math.min(receivedAt + laterMs, clock.now()) }),
      ),
    );
    for (const outcome of ['accepted', 'duplicate'] as const) {
      const taken = records.filter((_, i) => answers[i]?.outcome === outcome).map(({ id }) => id);
      if (taken.length === 0) continue;
      await commit(async (tx, touch, at) => {
        if ((await tx.closeQuarantined(taken, 'replayed', SYSTEM, outcome, at)) > 0) touch('quarantine');
      });
      logger.info({ count: taken.length, outcome, laterMs }, 'events held back by a clock that was behind are taken up');
    }
  }

  async function takeUpEpoch({ after: from, upTo, laterMs }: HeldEpoch): Promise<void> {
    for (let after = from; !repetition.stopping();) {
      const rows = await reads.openQuarantine({ code: 'future_dated', after, upTo, limit: BATCH });
      const last = rows.at(-1);
      if (last === undefined) return;
      const whole = rows.filter(({ kept, length }) => kept === length).map(({ id }) => id);
      await takeUp(whole, laterMs);
      after = last.id;
    }
  }

  const repetition = createRepetition({
    timers,
    everyMs: LOOK_MS,
    async work() {
      const wanted = epochs();
      if (wanted === done) return;
      for (const epoch of wanted) if (epoch.laterMs > 0) await takeUpEpoch(epoch);
      if (!repetition.stopping()) done = wanted;
    },
    onUnavailable: (error) => logger.warn({ code: error.code, error }, 'events that were held back cannot be taken up yet; trying again'),
  });
  return { run: repetition.run, stop: repetition.stop };
}
