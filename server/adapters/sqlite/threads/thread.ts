/**
 * A worker thread that answers calls one after another. The first call starts it; when it dies its callers hear of it and
 * the next call starts another. One that may end when idle gives its memory back until it is needed again.
 *
 * Calls made in one go travel in one message, and answers that are ready together in one: a message wakes the other thread
 * and waits for its turn there, which costs more than most reads; the strip of clocks alone asks nine questions.
 */
import { Worker } from 'node:worker_threads';
import { Unavailable } from '../../../pipeline/ports/errors.ts';

/** What a thread answers: the value, or an error with what survives the crossing. */
export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: { readonly message: string; readonly stack?: string; readonly errcode?: number } };

export interface Call {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** The last message to a thread: it closes what it has open and ends by itself, which no call under way can be torn by. */
export const STOP = 'stop';
/** A read that still runs after this long is cut off. */
const STOP_MS = 5_000;

export interface Thread {
  call(method: string, args: readonly unknown[]): Promise<unknown>;
  stop(): Promise<void>;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** Without `idleMs` the thread stays; else it ends after so long without a call. */
export function createThread(script: URL, workerData: unknown, heapMb: number, idleMs?: number): Thread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  /** Calls not sent yet: they wait until whoever asks now has asked everything. */
  let outgoing: Call[] = [];
  let stopped = false;
  let nextId = 1;
  let idle: NodeJS.Timeout | undefined;
  let retiring: Promise<void> = Promise.resolve();

  function abandon(died: Worker, cause: unknown): void {
    if (worker !== died) return;
    worker = undefined;
    outgoing = [];
    const lost = [...waiting.values()];
    waiting.clear();
    for (const { reject } of lost)
      reject(new Unavailable('store_thread_lost', 'a thread of the store ended; the next call starts a new one', cause));
  }

  function start(): Worker {
    const started = new Worker(script, { workerData, resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 8 } });
    started.on('message', (answers: readonly Answer[]) => {
      for (const answer of answers) {
        const call = waiting.get(answer.id);
        waiting.delete(answer.id);
        if ('error' in answer) call?.reject(Object.assign(new Error(answer.error.message), answer.error));
        else call?.resolve(answer.value);
      }
      if (waiting.size > 0) return;
      started.unref();
      if (idleMs !== undefined) idle = setTimeout(retire, idleMs).unref();
    });
    started.on('error', (error) => abandon(started, error));
    started.on('exit', (code) => abandon(started, new Error(`thread ended with ${code}`)));
    return started;
  }

  function retire(): void {
    const unused = worker;
    worker = undefined;
    if (unused) retiring = ended(unused);
  }

  function send(): void {
    const calls = outgoing;
    outgoing = [];
    if (calls.length === 0) return;
    try {
      worker?.postMessage(calls);
    } catch (error) {
      // What cannot travel is a fault of one of them: each goes alone, and that one hears of it.
      for (const call of calls) sendAlone(call, error);
    }
  }

  function sendAlone(call: Call, error: unknown): void {
    try {
      worker?.postMessage([call]);
    } catch {
      waiting.get(call.id)?.reject(error);
      waiting.delete(call.id);
    }
  }

  return {
    call(method, args) {
      if (stopped) return Promise.reject(new Unavailable('store_closed', 'the store is closed'));
      clearTimeout(idle);
      worker ??= start();
      const id = nextId++;
      const thread = worker;
      // Only a call under way keeps the process alive.
      thread.ref();
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        outgoing.push({ id, method, args });
        if (outgoing.length === 1) queueMicrotask(send);
      });
    },
    async stop() {
      stopped = true;
      clearTimeout(idle);
      send();
      if (worker) await ended(worker);
      await retiring;
    },
  };
}

/** Lets a thread end by itself; resolves when it is gone. */
async function ended(worker: Worker): Promise<void> {
  worker.ref();
  const gone = new Promise((resolve) => worker.once('exit', resolve));
  worker.postMessage(STOP);
  const impatience = setTimeout(() => void worker.terminate(), STOP_MS);
  await gone;
  clearTimeout(impatience);
}
