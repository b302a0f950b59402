/** Work that waits for its first time after a start, and then each time as long as it says itself. */
import type { Timers } from './timers.ts';

export interface TimedLoopParts {
  readonly timers: Timers;
  readonly firstMs: number;
  /** Resolves to the ms until the next time. */
  readonly work: () => Promise<number>;
}

export interface TimedLoop {
  /** Resolves after `stop`; rejects when the work does. */
  run(): Promise<void>;
  stop(): void;
}

export function createTimedLoop({ timers, firstMs, work }: TimedLoopParts): TimedLoop {
  const ended = Promise.withResolvers<void>();
  let cancel = (): void => undefined;
  let stopped = false;

  function workIn(ms: number): void {
    if (stopped) return;
    cancel = timers.after(ms, () => {
      work().then(workIn, ended.reject);
    });
  }

  return {
    run() {
      workIn(firstMs);
      return ended.promise;
    },
    stop() {
      stopped = true;
      cancel();
      ended.resolve();
    },
  };
}
