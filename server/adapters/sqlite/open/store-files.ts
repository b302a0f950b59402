/**
 * Watches that the files of the store stay the ones this process opened [I15]. A file that is
 * removed or replaced stays open here: SQLite goes on writing into it, every commit succeeds, and
 * all of it is gone with the process. A lock file made anew lets a second server in.
 */
import { statSync } from 'node:fs';

/** The store is no longer ours; nothing may be answered as stored. Ends the process. */
export class StoreFilesLost extends Error {
  override readonly name = 'StoreFilesLost';
  /** Ends of the names of the files that are missing or are others now: '' is the store's own file. */
  readonly ends: readonly string[];
  constructor(file: string, lost: readonly Lost[]) {
    const what = lost.map(({ end, how }) => `${file}${end} was ${how}`).join(', ');
    super(
      `the store's files were taken away while the server was running: ${what}; nothing is answered as stored since then. See who touches the folder, put the files back, and start again`,
    );
    this.ends = lost.map(({ end }) => end);
  }
}

interface Lost {
  readonly end: string;
  readonly how: 'removed' | 'replaced';
}

export interface StoreFiles {
  /** Throws `StoreFilesLost` when a file is missing or is another one. Costs four looks at the file system, about 10 µs. */
  requireOurs(): void;
}

/** The log and its index appear with the first read or write. */
const ends = ['', '.lock', '-wal', '-shm'] as const;

/** Call while the lock is held and the store's file exists. */
export function watchFiles(file: string): StoreFiles {
  const known = new Map<string, string>();
  const look = (): Lost[] =>
    ends.flatMap((end): Lost[] => {
      const was = known.get(end);
      const is = identity(`${file}${end}`);
      if (typeof is === 'string' && was === undefined) known.set(end, is);
      if (is === undefined || was === undefined || was === is) return [];
      return [{ end, how: is === null ? 'removed' : 'replaced' }];
    });
  look();
  return {
    requireOurs() {
      const lost = look();
      if (lost.length > 0) throw new StoreFilesLost(file, lost);
    },
  };
}

/** A number cannot be given to another file while we hold this one open. null = no such file; undefined = the disk does not say now. */
function identity(file: string): string | null | undefined {
  try {
    const found = statSync(file, { bigint: true, throwIfNoEntry: false });
    return found ? `${found.dev}:${found.ino}` : null;
  } catch {
    return undefined;
  }
}

/** Bytes of the files that are there. */
export function sizesOf(file: string): Record<string, number> {
  const sizes: Record<string, number> = {};
  for (const end of ends) {
    const found = statSync(`${file}${end}`, { throwIfNoEntry: false });
    if (found) sizes[end] = found.size;
  }
  return sizes;
}
