/**
 * Keeps the write-ahead log bounded without stalling anybody. A checkpoint that runs
 * beside a busy writer never reaches the log's end, and only a log moved to its end
 * starts over; so the bulk is moved beside the writer, and then the short rest
 * while the next transaction waits its turn.
 */
import { translate } from '../errors.ts';
import { createThread } from './thread.ts';
import type { WriteQueue } from '../transaction/write-queue.ts';

/** Log pages (8 KB) at which the bulk is moved. More means fewer repeats of one page, and more to read when opening after a crash. */
const BULK_PAGES = 8_192;
/** Writers wait for the disk when the log holds this many bulks: 256 MB. */
const LIMIT_BULKS = 4;

export interface Checkpointer {
  /** After each commit, with the pages of log that are not yet in the file: starts a checkpoint when it has grown. */
  committed(queue: WriteQueue, pages: number): void;
  stop(): Promise<void>;
}

/** `failed` hears of checkpoints that did not work; the next commits try again. */
export function createCheckpointer(file: string, failed: (error: unknown) => void, bulkPages: number = BULK_PAGES): Checkpointer {
  const thread = createThread(new URL('./checkpoint-thread.ts', import.meta.url), { file }, 16);
  let running: Promise<void> | undefined;
  let bulk: Promise<unknown> | undefined;
  let holding = false;
  let triggerAt = bulkPages;

  async function checkpoint(queue: WriteQueue): Promise<void> {
    bulk = thread.call('checkpoint', []);
    await bulk;
    await queue.alone(async () => {
      const left = (await thread.call('checkpoint', [])) as number;
      // A long read can hold the log; try again when as much again has come, not at every commit.
      triggerAt = left + bulkPages;
    });
  }

  /** Writers that outrun the disk wait for the bulk, or the log would grow without end. */
  async function hold(queue: WriteQueue): Promise<void> {
    if (holding) return;
    holding = true;
    await queue.alone(async () => bulk?.catch(() => undefined));
    holding = false;
  }

  return {
    committed(queue, pages) {
      if (running && pages >= LIMIT_BULKS * bulkPages) void hold(queue);
      if (running || pages < triggerAt) return;
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
