/**
 * The writing connection as the event loop sees it: messages out, answers back in order.
 * Its thread may not die: what was half-done in it nobody can know, so that ends the process.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Outcome, Post, Step } from '../steps.ts';
import type { WriteAnswer, WriteCall } from './write-thread.ts';

/** A limit, not a size: rows only pass through, about 10 MB of them; the page cache is SQLite's own. A page of the largest facts must fit. */
const OLD_HEAP_MB = 512;
const YOUNG_HEAP_MB = 8;

/** The thread ended by itself: a bug, or no memory left. */
class WriterLost extends Error {
  override readonly name = 'WriterLost';
}

export interface WriteConnection {
  readonly post: Post;
  /** After the last answer: moves the log into the file, ends the thread. */
  close(): Promise<void>;
}

/** The file must be there with its schema. */
export function openWriteConnection(file: string): WriteConnection {
  const waiting = new Map<number, PromiseWithResolvers<Outcome>>();
  const worker = new Worker(new URL('./write-thread.ts', import.meta.url), {
    workerData: { file },
    resourceLimits: { maxOldGenerationSizeMb: OLD_HEAP_MB, maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
  });
  let nextId = 1;
  let closing = false;
  let cause: unknown;
  let lost: WriterLost | undefined;

  worker.on('message', ({ id, ...outcome }: WriteAnswer) => {
    waiting.get(id)?.resolve(outcome);
    waiting.delete(id);
    if (waiting.size === 0 && !closing) worker.unref();
  });
  worker.on('error', (error) => {
    cause = error;
  });
  worker.on('exit', (code) => {
    if (closing) return;
    const why = cause instanceof Error ? cause.message : `exit code ${code}`;
    lost = new WriterLost(`the store's writing thread ended (${why}); nothing acknowledged is lost, start again`, { cause });
    for (const { reject } of waiting.values()) reject(lost);
    waiting.clear();
    throw lost;
  });
  worker.unref();

  function send(steps: WriteCall['steps'], transfer: ArrayBuffer[]): Promise<Outcome> {
    if (lost) return Promise.reject(lost);
    const id = nextId++;
    const answer = Promise.withResolvers<Outcome>();
    worker.postMessage({ id, steps } satisfies WriteCall, transfer);
    // Only a message under way keeps the process alive.
    if (waiting.size === 0) worker.ref();
    waiting.set(id, answer);
    return answer.promise;
  }

  return {
    post: (steps) => send(steps, buffersOf(steps)),
    async close() {
      if (lost) return;
      const ended = once(worker, 'exit');
      closing = true;
      void send(null, []);
      await ended;
    },
  };
}

/** Handed over, not copied: nobody here looks at them again. */
function buffersOf(steps: readonly Step[]): ArrayBuffer[] {
  return steps.flatMap((step) => (step.do === 'run' && step.blobs ? [step.blobs.bytes.buffer as ArrayBuffer] : []));
}
