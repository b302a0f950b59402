/**
 * What an SQLite error means to the line. The code of the error object says
 * nothing; `errcode` is the extended result code, its low byte the class.
 * https://www.sqlite.org/rescode.html
 */
import { BadData, Unavailable } from '../../pipeline/ports/errors.ts';

/** The files are damaged: going on would make it worse. Ends the process. */
export class StoreCorrupt extends Error {
  override readonly name = 'StoreCorrupt';
}

const infrastructure: ReadonlyMap<number, string> = new Map([
  [5, 'store_busy'],
  [6, 'store_locked'],
  [8, 'store_read_only'],
  [10, 'store_io'],
  [13, 'disk_full'],
  [14, 'store_cannot_open'],
]);
const data: ReadonlySet<number> = new Set([18, 19, 20, 25]);
const corruption: ReadonlySet<number> = new Set([11, 26]);

/** The SQLite result class of an error, or undefined when it is none of SQLite's. */
export function resultClass(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

/** The error the ports promise; one that SQLite did not raise, or a misuse of it (a bug), passes as it is. */
export function translate(error: unknown): unknown {
  const code = resultClass(error);
  if (code === undefined) return error;
  const message = (error as Error).message;
  const name = infrastructure.get(code);
  if (name !== undefined) return new Unavailable(name, `the store cannot do this now: ${message}`, error);
  if (data.has(code)) return new BadData(message, { cause: error });
  if (corruption.has(code)) {
    return new StoreCorrupt(
      `the store's files are damaged (${message}); keep them as they are (the file and the ones beside it ending in -wal and -shm) and restore a backup elsewhere`,
      { cause: error },
    );
  }
  return error;
}
