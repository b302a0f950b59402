/**
 * Keeps the disk in bounds: deletes the raw bytes of accepted events after 90 days (they serve repair and disputes, and no
 * figure is computed from them), messages as long after they were delivered, and blocks of ledger rows that the ledger has moved, one hour after they were written.
 * Also measures what is there.
 */
import { statSync } from 'node:fs';
import type { SqliteStore } from '../adapters/sqlite/open/open-store.ts';
import { Unavailable } from '../pipeline/ports/errors.ts';
import type { Foundation } from './foundation.ts';

const KEEP_RAW_MS = 90 * 86_400_000;
/** Dead letters and what waits stay. */
const KEEP_MESSAGES_MS = 90 * 86_400_000;
/** They are kept so that a repeat is known as one; what they said of the life of a source is kept beside them. */
const KEEP_HEARTBEATS_MS = 2 * 86_400_000;
/** A ledger file that is put back from a copy of the last hour goes on from there instead of being written anew. */
const KEEP_MOVED_BLOCKS_MS = 3_600_000;
/** The first run waits as long, because reading the log has priority right after a start. */
const EVERY_MS = 60_000;

export interface Housekeeping {
  /** Resolves after `stop`; rejects on a bug. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

export interface HousekeepingOptions {
  readonly store: Pick<SqliteStore, 'dropRawBefore' | 'dropMessagesBefore' | 'dropHeartbeatsBefore' | 'dropLedgerBlocks' | 'fileSizes'> & {
    readonly reads: Pick<SqliteStore['reads'], 'ledgerBytes'>;
  };
  /** The earliest it may be now, UTC ms: nothing is deleted for its age by a clock that may be ahead; null while that is not known. */
  readonly earliestNow: () => number | null;
  /** Position up to which the ledger has moved the blocks. */
  readonly movedTo: () => number;
  /** Files of the ledger. */
  readonly ledgerFiles: readonly string[];
}

export function createHousekeeping(
  { clock, timers, logger, metrics }: Pick<Foundation, 'clock' | 'timers' | 'logger' | 'metrics'>,
  { store, earliestNow, movedTo, ledgerFiles }: HousekeepingOptions,
): Housekeeping {
  const ended = Promise.withResolvers<void>();
  let cancel = (): void => undefined;
  let busy: Promise<void> = Promise.resolve();

  async function tidy(): Promise<void> {
    try {
      const now = earliestNow();
      if (now !== null) {
        const dropped = await store.dropRawBefore(now - KEEP_RAW_MS);
        if (dropped > 0) logger.info({ dropped }, 'raw bytes beyond their time were dropped');
        await store.dropMessagesBefore(now - KEEP_MESSAGES_MS);
        await store.dropHeartbeatsBefore(now - KEEP_HEARTBEATS_MS);
      }
      await store.dropLedgerBlocks(movedTo(), clock.now() - KEEP_MOVED_BLOCKS_MS);
      await measure();
    } catch (error) {
      // Nothing depends on this, so the next run simply tries again.
      if (!(error instanceof Unavailable)) throw error;
    }
  }
  async function measure(): Promise<void> {
    const sizes = store.fileSizes();
    metrics.disk('store', sizes[''] ?? 0);
    metrics.disk('store_log', sizes['-wal'] ?? 0);
    metrics.disk('ledger_blocks', await store.reads.ledgerBytes());
    metrics.disk(
      'ledger',
      ledgerFiles.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0),
    );
  }
  function wait(): void {
    cancel = timers.after(EVERY_MS, () => {
      busy = tidy().then(wait, ended.reject);
    });
  }

  return {
    run() {
      wait();
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
