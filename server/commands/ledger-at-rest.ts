/** Brings the ledger of a stopped server up to the store, and lets go of its file. */
import { systemTimers } from '../adapters/system/timers.ts';
import { openLedger } from '../compose/ledger.ts';
import type { Logger } from '../pipeline/ports/logger.ts';
import { CommandFailed } from './connect.ts';
import type { Progress } from './import/progress.ts';

export interface AtRestOptions {
  /** Gets what a person should read. */
  readonly printLine: (line: string) => void;
  readonly bar: Progress;
}

/** The store must be open, so that no server is. Moves the blocks that are missing, or writes an unfit file anew, and says so. */
export async function caughtUp(storeFile: string, { printLine, bar }: AtRestOptions): Promise<void> {
  const nothing = (): void => undefined;
  const logger: Logger = {
    debug: nothing,
    info: (_, message) => print(message),
    warn: (_, message) => print(message),
    error: nothing,
    fatal: nothing,
  };
  const ledger = openLedger({ logger, timers: systemTimers }, storeFile);
  const ready = Promise.withResolvers<void>();
  const print = (message: string): void => {
    bar.end();
    printLine(message);
  };
  const watching = ledger.onStatus(({ state, position, head, done, total, detail }) => {
    if (state === 'ready') ready.resolve();
    if (state === 'unavailable') ready.reject(new CommandFailed(`The ledger cannot be opened: ${detail}`));
    if (done !== undefined) bar.update(Math.min(1, done / Math.max(1, total ?? done)), done);
    else bar.update(head === 0 ? 1 : position / head, position);
  });
  ledger.start();
  try {
    await ready.promise;
  } finally {
    watching();
    await ledger.stop();
  }
}
