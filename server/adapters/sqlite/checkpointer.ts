/**
 * Keeps the write-ahead log bounded without stalling anybody. A checkpoint that runs
 * beside a busy writer never reaches the log's end, and only a log moved to its end
 * starts over; so the bulk is moved beside the writer, and then the short rest
 * while the next transaction waits its turn.
 */
import type { DatabaseSync } from 'node:sqlite';
import { translate } from './errors.ts';
import { createThread } from './thread.ts';
import type { WriteQueue } from './write-queue.ts';

/** Log pages (8 KB) at which the bulk is moved. More means fewer repeats of one page, and more to read when opening after a crash. */
const BULK_PAGES = 8_192;
/** Below this rest the writer is not asked to wait. */
const REST_PAGES = 64;

export interface Checkpointer {
  /** After each commit: starts a checkpoint when the log has grown. */
  committed(queue: WriteQueue): void;
  stop(): Promise<void>;
}

export function createCheckpointer(db: DatabaseSync, file: string, failed: (error: unknown) => void): Checkpointer {
  const thread = createThread(new URL('./checkpoint-thread.ts', import.meta.url), { file }, 16);
  // Asks for the counters only; about a microsecond.
  const counters = db.prepare('pragma wal_checkpoint(noop)');
  let running: Promise<void> | undefined;
  let triggerAt = BULK_PAGES;

  function pending(): number {
    const row = counters.get();
    return (row?.['log'] as number) - (row?.['checkpointed'] as number);
  }

  async function checkpoint(queue: WriteQueue): Promise<void> {
    await thread.call('checkpoint', []);
    if (pending() > REST_PAGES) await queue.alone(() => thread.call('checkpoint', []));
    // A long read can hold the log; try again when as much again has come, not at every commit.
    triggerAt = Math.max(BULK_PAGES, pending() + BULK_PAGES / 4);
  }

  return {
    committed(queue) {
      if (running || pending() < triggerAt) return;
      running = checkpoint(queue)
        .catch((error: unknown) => failed(translate(error)))
        .finally(() => {
          running = undefined;
        });
    },
    async stop() {
      await running;
      await thread.stop();
    },
  };
}
