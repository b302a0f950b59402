/** Deletes the raw bytes of accepted events after 90 days: they serve repair and disputes, and no figure is computed from them. */
import type { SqliteStore } from '../adapters/sqlite/open/open-store.ts';
import { Unavailable } from '../pipeline/ports/errors.ts';
import type { Foundation } from './foundation.ts';

const KEEP_RAW_MS = 90 * 86_400_000;
const EVERY_MS = 3_600_000;
/** The first run waits, because reading the log has priority right after a start. */
const FIRST_AFTER_MS = 60_000;

export interface Housekeeping {
  /** Resolves after `stop`; rejects on a bug. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

export function createHousekeeping({ clock, timers, logger }: Foundation, store: Pick<SqliteStore, 'dropRawBefore'>): Housekeeping {
  const ended = Promise.withResolvers<void>();
  let cancel = (): void => undefined;
  let busy: Promise<void> = Promise.resolve();

  async function tidy(): Promise<void> {
    try {
      const dropped = await store.dropRawBefore(clock.now() - KEEP_RAW_MS);
      if (dropped > 0) logger.info({ dropped }, 'raw bytes beyond their time were dropped');
    } catch (error) {
      // Nothing depends on this deletion, so the next hourly run simply tries again.
      if (!(error instanceof Unavailable)) throw error;
    }
  }
  function wait(ms: number): void {
    cancel = timers.after(ms, () => {
      busy = tidy().then(() => wait(EVERY_MS), ended.reject);
    });
  }

  return {
    run() {
      wait(FIRST_AFTER_MS);
      return ended.promise;
    },
    async stop() {
      cancel();
      await busy;
      cancel();
      ended.resolve();
    },
  };
}
