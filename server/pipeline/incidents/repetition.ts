/** Work that is done at once and then again and again until it is stopped. Infrastructure faults are retried for ever. */
import { Unavailable } from '../ports/errors.ts';
import type { Timers } from '../ports/timers.ts';

export interface RepetitionParts {
  readonly timers: Timers;
  /** From the end of one time to the beginning of the next. */
  readonly everyMs: number;
  readonly work: () => Promise<void>;
  /** Told when the work failed for a reason outside the program; it is done again after the same interval. */
  readonly onUnavailable: (error: Unavailable) => void;
}

export interface Repetition {
  /** Resolves after `stop`; rejects on a bug. */
  run(): Promise<void>;
  /** Resolves when the work under way has ended. */
  stop(): Promise<void>;
  /** Long work asks between its parts whether it is to end. */
  stopping(): boolean;
  /** Long work waits so long between its parts, so that other work gets its turn; a stop ends the wait. */
  rest(ms: number): Promise<void>;
}

export function createRepetition({ timers, everyMs, work, onUnavailable }: RepetitionParts): Repetition {
  let stopping = false;
  let wake = (): void => undefined;
  let running: Promise<void> | null = null;

  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = timers.after(ms, resolve);
      wake = () => {
        cancel();
        resolve();
      };
    });

  async function loop(): Promise<void> {
    while (!stopping) {
      try {
        await work();
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
        onUnavailable(error);
      }
      if (!stopping) await rest(everyMs);
    }
  }

  return {
    run: () => (running ??= loop()),
    async stop() {
      stopping = true;
      wake();
      // A failure of the loop is `run`'s to report.
      await running?.catch(() => undefined);
    },
    stopping: () => stopping,
    rest,
  };
}
