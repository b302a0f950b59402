/** Reads of earlier moments on a thread of their own, one moment at a time. */
import { Untold, type Moment, type PastReads } from '../../../pipeline/ports/past.ts';
import { translate } from '../errors.ts';
import { readsOver } from '../reads/reads.ts';
import { createThread, type Thread } from '../threads/thread.ts';
import { isUntold } from './past-methods.ts';

const HEAP_MB = 512;
/** Somebody looks back now and then: the memory is given back in between. */
const IDLE_MS = 60_000;

export interface StoppablePastReads extends PastReads {
  stop(): Promise<void>;
}

export function createPastReads(data: { readonly file: string; readonly timeZone: string }): StoppablePastReads {
  return pastReadsOver(createThread(new URL('./past-thread.ts', import.meta.url), data, HEAP_MB, IDLE_MS));
}

/** Over whatever answers calls of `createPastMethods`: a thread here, a connection of the same thread in tests. */
export function pastReadsOver(thread: Thread): StoppablePastReads {
  let last: Promise<unknown> = Promise.resolve();

  async function call(method: string, args: readonly unknown[]): Promise<unknown> {
    try {
      return await thread.call(method, args);
    } catch (error) {
      throw translate(error);
    }
  }

  async function standing<T>(moment: Moment, work: Parameters<typeof pastReads.at<T>>[1]): Promise<T> {
    const over: Thread = {
      async call(method, args) {
        const answer = await call('ask', [method, args]);
        if (isUntold(answer)) throw new Untold(answer.untold);
        return answer;
      },
      stop: () => Promise.resolve(),
    };
    await call('stand', [moment]);
    try {
      return await work(readsOver(over, over, () => moment.at));
    } finally {
      await call('leave', []);
    }
  }

  const pastReads: StoppablePastReads = {
    at(moment, work) {
      const turn = last.then(() => standing(moment, work));
      last = turn.catch(() => undefined);
      return turn;
    },
    stop: () => thread.stop(),
  };
  return pastReads;
}
