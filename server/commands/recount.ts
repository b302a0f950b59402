/** Counts the ledger anew from the facts, in threads that each take a share of them. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { addFingerprint, emptyFingerprint, type Fingerprint } from '../adapters/duckdb/offline/fingerprint.ts';
import { openLedgerSource } from '../adapters/sqlite/ledger/ledger-source.ts';
import { rowsOfEntity } from '../domain/ledger/rebuild.ts';
import type { LedgerRow } from '../domain/ledger/row.ts';
import { createCalendar } from '../domain/time/calendar.ts';
import type { Share } from '../pipeline/ports/ledger-source.ts';

/** A page of facts and its rows are garbage soon. */
const heap = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };
/** Each thread reads the store by a connection with a cache of its own. */
const MOST_THREADS = 4;

export interface RecountOrder {
  readonly storeFile: string;
  readonly share: Share;
}
export interface Recounted {
  readonly print: Fingerprint;
  /** Of the store's newest block. */
  readonly position: number;
}
/** What a thread says: how far it is, and at last what it has counted. */
export type RecountMessage = { readonly done: number; readonly total: number } | { readonly recounted: Recounted };

/** Nobody may write the store meanwhile. `progress` gets what is done of how much. */
export async function recount(storeFile: string, progress: (done: number, total: number) => void): Promise<Recounted> {
  const of = Math.min(MOST_THREADS, availableParallelism());
  const done = Array.from({ length: of }, () => 0);
  const workers: Worker[] = [];
  const counted = done.map(
    (_, index) =>
      new Promise<Recounted>((resolve, reject) => {
        const workerData: RecountOrder = { storeFile, share: { index, of } };
        const worker = new Worker(new URL('./recount-thread.ts', import.meta.url), { workerData, resourceLimits: heap });
        workers.push(worker);
        worker.on('message', (message: RecountMessage) => {
          if ('recounted' in message) {
            resolve(message.recounted);
            return;
          }
          done[index] = message.done;
          progress(
            done.reduce((sum, n) => sum + n, 0),
            message.total,
          );
        });
        worker.once('error', reject);
        worker.once('exit', (code) => reject(new Error(`a thread that recounts ended with ${code}`)));
      }),
  );
  try {
    const print = emptyFingerprint();
    const parts = await Promise.all(counted);
    for (const part of parts) addFingerprint(print, part.print);
    return { print, position: Math.max(...parts.map(({ position }) => position)) };
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Calls `add` with every row of the share, `progress` after every page; returns the position of the store's newest block. */
export function recountShare(
  { storeFile, share }: RecountOrder,
  add: (row: LedgerRow) => void,
  progress: (done: number, total: number) => void,
): number {
  const source = openLedgerSource(storeFile);
  const snapshot = source.snapshot();
  try {
    const context = { calendar: createCalendar(source.timeZone), workspaceSince: source.createdAt, thresholds: snapshot.thresholds };
    let done = 0;
    for (const page of snapshot.entities(share)) {
      for (const entity of page) for (const row of rowsOfEntity(entity, context)) add(row);
      done += page.length;
      progress(done, snapshot.total);
    }
    return snapshot.position;
  } finally {
    snapshot.close();
    source.close();
  }
}
