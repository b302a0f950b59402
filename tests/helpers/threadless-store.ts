/**
 * The real SQLite store without threads, lock and syncs: the same statements on two connections
 * of the calling thread, one that writes and one that reads committed state. It opens in a
 * fraction of the time the real one needs, for tests that open a store each. Its file lies in
 * a folder of its own, because a database in memory cannot be read while it is written.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPastReader, openReader, openWriter } from '../../server/adapters/sqlite/connection.ts';
import { migrations } from '../../server/adapters/sqlite/migrations/all.ts';
import { createLogTables } from '../../server/adapters/sqlite/open/log-store.ts';
import { readMeta } from '../../server/adapters/sqlite/open/meta.ts';
import { migrate } from '../../server/adapters/sqlite/open/migrate.ts';
import type { SqliteStore } from '../../server/adapters/sqlite/open/open-store.ts';
import { createPastMethods } from '../../server/adapters/sqlite/past/past-methods.ts';
import { pastReadsOver } from '../../server/adapters/sqlite/past/past-reads.ts';
import { createReadMethods } from '../../server/adapters/sqlite/reads/read-methods.ts';
import { readsOver } from '../../server/adapters/sqlite/reads/reads.ts';
import type { Thread } from '../../server/adapters/sqlite/threads/thread.ts';
import { createExecutor } from '../../server/adapters/sqlite/threads/executor.ts';
import { createBlockPositions } from '../../server/adapters/sqlite/transaction/block-positions.ts';
import { createPacer } from '../../server/adapters/sqlite/transaction/pacer.ts';
import { createStoreWriter } from '../../server/adapters/sqlite/transaction/store-writer.ts';
import { createWriteQueue } from '../../server/adapters/sqlite/transaction/write-queue.ts';
import { migratedImage } from './migrated-database.ts';

export interface ThreadlessStore extends SqliteStore {
  /** When set, every transaction is refused with it, as by a disk that is full or a store that is away. */
  fault: Error | null;
  readonly folder: string;
  /** Messages to the writing connection so far: in a server each is a wait for another thread. */
  messages: number;
}

export interface ThreadlessOptions {
  readonly now: () => number;
  readonly timeZone: string;
  /** Of a store that was closed; absent: a new one. */
  readonly folder?: string;
  /** How every sealed text begins that can be opened; absent: any can. */
  readonly opens?: readonly string[] | undefined;
}

export function openThreadlessStore({
  now,
  timeZone,
  folder = mkdtempSync(join(tmpdir(), 'warroom-store-')),
  opens,
}: ThreadlessOptions): ThreadlessStore {
  const file = join(folder, 'store.db');
  if (!existsSync(file)) writeFileSync(file, migratedImage());
  const db = openWriter(file);
  db.exec('pragma synchronous = off');
  migrate(db, migrations, now());
  const meta = readMeta(db, { storeId: 'fresh', timeZone, currency: 'CNY', createdAt: now() });
  const reading = openReader(file);
  const pacer = createPacer(1_000_000);
  const execute = createExecutor(db);
  const queue = createWriteQueue(
    async (steps) => {
      store.messages += 1;
      return execute(steps);
    },
    () => undefined,
  );
  const sameThread = threadOver(createReadMethods(reading, timeZone, opens));
  const looking = openPastReader(file);
  const reads = readsOver(sameThread, sameThread, now);
  const faulty = {
    ...queue,
    transaction: <T>(work: Parameters<typeof queue.transaction<T>>[0]): Promise<T> =>
      store.fault ? Promise.reject(store.fault) : queue.transaction(work),
  };
  const store: ThreadlessStore = {
    fault: null,
    folder,
    messages: 0,
    storeId: meta.storeId,
    file,
    createdAt: meta.createdAt,
    reads,
    past: pastReadsOver(threadOver(createPastMethods(looking, timeZone))),
    log: createLogTables(faulty, reads),
    write: createStoreWriter(faulty, { pacer, now, positions: createBlockPositions(), clock: { shifts: meta.clockShifts }, opens }),
    watch: () => Promise.resolve(),
    announce: () => undefined,
    dropRawBefore: () => Promise.resolve(0),
    dropMessagesBefore: () => Promise.resolve(0),
    dropHeartbeatsBefore: () => Promise.resolve(0),
    dropLedgerBlocks: () => Promise.resolve(0),
    fileSizes: () => ({}),
    async close() {
      await queue.idle();
      looking.close();
      reading.close();
      db.close();
    },
  };
  return store;
}

function threadOver(methods: Readonly<Record<string, (...args: never[]) => unknown>>): Thread {
  return {
    async call(method, args) {
      const found = methods[method];
      if (!found) throw new Error(`no method ${method} to read with`);
      // What crosses to a thread is a copy; a shared object could hide a mistake.
      return structuredClone(found(...(structuredClone(args) as never[])));
    },
    stop: () => Promise.resolve(),
  };
}

export function removeStore(store: ThreadlessStore): void {
  rmSync(store.folder, { recursive: true, force: true });
}
