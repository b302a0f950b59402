/** Acts on what `store-files.ts` sees: asked after every commit and once a second, and from the first loss on nothing is stored. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Unavailable } from '../../../pipeline/ports/errors.ts';
import { StoreFilesLost, watchFiles } from './store-files.ts';

const LOOK_MS = 1_000;
/** The promise is five seconds from the loss to the end of the process. */
const RESCUE_MS = 3_500;
/** A reader holds up the move until it has its answer. */
const RETRY_MS = 50;

export interface FileWatch {
  /** To be called after a commit and before it is answered; throws `Unavailable` when the files are not ours any more. */
  requireOurs(): void;
  /** Resolves after `stop`; rejects with `StoreFilesLost`. */
  readonly ended: Promise<void>;
  stop(): void;
}

export interface WatchedStore {
  /** From now on every transaction is refused with this error. */
  refuse(error: unknown): void;
  /** Moves the write-ahead log into the store's own file; true when all of it is there. */
  moveLog(): Promise<boolean>;
}

export function createFileWatch(file: string, { refuse, moveLog }: WatchedStore): FileWatch {
  const files = watchFiles(file);
  const ended = Promise.withResolvers<void>();
  // Nobody may be waiting yet; whoever asks later is told all the same.
  ended.promise.catch(() => undefined);
  let lost: Unavailable | undefined;
  let timer: NodeJS.Timeout | undefined = setInterval(look, LOOK_MS).unref();

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
  }

  function look(): void {
    if (lost) return;
    try {
      files.requireOurs();
    } catch (error) {
      if (!(error instanceof StoreFilesLost)) throw error;
      stop();
      lose(error);
    }
  }

  function lose(error: StoreFilesLost): void {
    lost = new Unavailable('store_files_lost', error.message, error);
    refuse(lost);
    // With the store's own file gone too, its log must stay as it is: a copy put back in its place needs it.
    const logOnly = error.ends.includes('-wal') && !error.ends.includes('');
    const saved = logOnly ? Promise.race([rescue(), sleep(RESCUE_MS, undefined, { ref: false })]) : Promise.resolve();
    void saved.then(() => ended.reject(error));
  }

  /** Resolves when the log is moved, or when there is no more time. Never rejects. */
  async function rescue(): Promise<void> {
    const until = performance.now() + RESCUE_MS;
    while (!(await moveLog().catch(() => false)) && performance.now() < until) await sleep(RETRY_MS);
  }

  return {
    ended: ended.promise,
    requireOurs() {
      look();
      if (lost) throw lost;
    },
    stop() {
      stop();
      ended.resolve();
    },
  };
}
