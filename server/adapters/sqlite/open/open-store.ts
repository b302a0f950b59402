/**
 * Opens the store: lock, schema, identity; then the thread that writes, the log
 * tables and the readers. Everything that can refuse does so here, before anything is written.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Unavailable } from '../../../pipeline/ports/errors.ts';
import type { PastReads } from '../../../pipeline/ports/past.ts';
import type { Store } from '../../../pipeline/ports/store.ts';
import { createCheckpointer } from '../threads/checkpointer.ts';
import { openAlone } from '../connection.ts';
import { resultClass, translate } from '../errors.ts';
import type { LogTables } from '../../../pipeline/ports/log-tables.ts';
import { createLogTables } from './log-store.ts';
import { readMeta, type OpenedMeta } from './meta.ts';
import { dropLedgerBlocks, dropRawBlocks } from './drop-blocks.ts';
import { dropHeartbeats } from './drop-heartbeats.ts';
import { dropMessages } from './drop-messages.ts';
import { createFileWatch } from './file-watch.ts';
import { migrate } from './migrate.ts';
import { moveLogIntoFile } from './rescue.ts';
import { migrations } from '../migrations/all.ts';
import type { Post } from '../steps.ts';
import { createBlockPositions } from '../transaction/block-positions.ts';
import { createPacer } from '../transaction/pacer.ts';
import { countCustomersAnew, type CountingProgress } from './customers-anew.ts';
import { createPastReads } from '../past/past-reads.ts';
import { createReads } from '../reads/reads.ts';
import { sizesOf } from './store-files.ts';
import type { StoreLock } from './store-lock.ts';
import { StoreInUse, takeLock } from './store-lock.ts';
import { createStoreWriter } from '../transaction/store-writer.ts';
import { createWriteQueue } from '../transaction/write-queue.ts';
import { openWriteConnection, type WriteConnection } from '../threads/write-connection.ts';

export interface StoreOptions {
  /** Path of the SQLite file; its folder is made. `.lock` and `.holder.json` appear beside it. */
  readonly file: string;
  /** Business time zone, IANA name. A filled store of another one is refused. */
  readonly timeZone: string;
  /** ISO 4217 code; CNY when absent. A filled store of another one is refused. */
  readonly currency?: string;
  /** Name of the store if this call makes it: a random UUID. */
  readonly newStoreId: string;
  /** UTC ms; tells which policies and targets are in force. */
  readonly now: () => number;
  /**
   * How every sealed text begins that can be opened with the keys there are: a channel sealed otherwise counts as one by which
   * nobody is reached. Absent: any can, as for a command that sends nothing.
   */
  readonly opens?: readonly string[] | undefined;
  /** Hears how far the customers' rows are counted, where a store needs that when it is opened. */
  readonly counting?: CountingProgress;
}

export interface SqliteStore extends Store {
  /** The store as it was at earlier moments. */
  readonly past: PastReads;
  readonly log: LogTables;
  /** Path of the store's file. */
  readonly file: string;
  /** UTC ms of the store's making. */
  readonly createdAt: number;
  /**
   * Looks once a second whether the store's files are still the ones that were opened [I15]. Resolves after
   * `close`; rejects with `StoreFilesLost` when they are not, once what can be saved has been saved.
   */
  watch(): Promise<void>;
  /** Tells who tries to open the store where its server is. */
  announce(address: string): void;
  /** Drops raw blocks whose newest record was received before an instant; returns how many records they held. */
  dropRawBefore(receivedAt: number): Promise<number>;
  /** Drops messages that were delivered, and uses of links that acknowledge, before an instant; returns how many rows. */
  dropMessagesBefore(at: number): Promise<number>;
  /** Drops heartbeats of sources that happened before this instant, and returns how many. */
  dropHeartbeatsBefore(at: number): Promise<number>;
  /** Drops ledger blocks up to a position that were written before an instant; returns how many. */
  dropLedgerBlocks(upTo: number, writtenBefore: number): Promise<number>;
  /** Bytes of the store's files by the end of their names: '' is the store's own. */
  fileSizes(): Readonly<Record<string, number>>;
}

/** SQLITE_BUSY */
const BUSY = 5;

/** Throws `StoreInUse` (within seconds), `SchemaMismatch`, `StoreCorrupt` or `Unavailable`; each message is fit for a person. */
export async function openStore(options: StoreOptions): Promise<SqliteStore> {
  mkdirSync(dirname(options.file), { recursive: true });
  let lock: StoreLock | undefined;
  try {
    lock = await takeLock(options.file, options.now());
    const meta = prepareFile(options);
    const writer = openWriteConnection(options.file);
    await begun(writer.post);
    return await assemble(options, lock, meta, writer);
  } catch (error) {
    lock?.release();
    // Nobody has the lock, and yet somebody has the file: a server whose lock file was removed, or a person's tool.
    throw resultClass(error) === BUSY ? new StoreInUse(options.file, undefined) : translate(error);
  }
}

/**
 * Before anything else works on the file, so that it can refuse. It takes the file for itself: a server
 * whose lock file was removed still holds its connections, and shuts us out until it has noticed and ended [I15].
 */
function prepareFile({ file, timeZone, currency = 'CNY', newStoreId, now }: StoreOptions): OpenedMeta {
  const db = openAlone(file);
  try {
    migrate(db, migrations, now());
    return readMeta(db, { storeId: newStoreId, timeZone, currency, createdAt: now() });
  } finally {
    db.close();
  }
}

/**
 * Waits until the writing thread has the file and its log open. From then on both are known to be the ones we
 * write, and the file shuts other servers out, lock file or not.
 */
async function begun(post: Post): Promise<void> {
  const outcome = await post([{ do: 'begin' }, { do: 'rollback' }]);
  if ('failure' in outcome) throw Object.assign(new Error(outcome.failure.error?.message), outcome.failure.error);
}

async function assemble(
  { file, timeZone, now, opens, counting = () => undefined }: StoreOptions,
  lock: StoreLock,
  meta: OpenedMeta,
  writer: WriteConnection,
): Promise<SqliteStore> {
  const shared = { pacer: createPacer(), now, positions: createBlockPositions(), clock: { shifts: meta.clockShifts }, opens };
  const checkpointer = createCheckpointer(file, (error) => {
    // A full or failing disk shows itself at the next commit; damage and bugs must stop everything.
    if (!(error instanceof Unavailable)) queue.refuse(error);
  });
  const watch = createFileWatch(file, {
    refuse: (error) => queue.refuse(error),
    moveLog: () => queue.alone(() => moveLogIntoFile(writer.post, file)),
  });
  const queue = createWriteQueue(writer.post, (pages) => {
    watch.requireOurs();
    checkpointer.committed(queue, pages);
  });
  async function closeWriter(): Promise<void> {
    await queue.idle();
    watch.stop();
    await checkpointer.stop();
    await writer.close();
  }
  try {
    await countCustomersAnew(queue, shared, counting);
  } catch (error) {
    await closeWriter();
    throw error;
  }
  const reads = createReads({ file, timeZone, opens }, now);
  const past = createPastReads({ file, timeZone });
  return {
    storeId: meta.storeId,
    file,
    createdAt: meta.createdAt,
    reads,
    past,
    log: createLogTables(queue, reads),
    write: createStoreWriter(queue, shared),
    watch: () => watch.ended,
    announce: (address) => lock.announce(address),
    async dropRawBefore(receivedAt) {
      let dropped = 0;
      for (;;) {
        const gone = await queue.transaction((transaction) => dropRawBlocks(transaction, receivedAt));
        if (gone === 0) return dropped;
        dropped += gone;
      }
    },
    async dropMessagesBefore(at) {
      let dropped = 0;
      for (;;) {
        const gone = await queue.transaction((transaction) => dropMessages(transaction, at));
        if (gone === 0) return dropped;
        dropped += gone;
      }
    },
    async dropHeartbeatsBefore(at) {
      let dropped = 0;
      for (;;) {
        const gone = await queue.transaction((transaction) => dropHeartbeats(transaction, at));
        if (gone === 0) return dropped;
        dropped += gone;
      }
    },
    async dropLedgerBlocks(upTo, writtenBefore) {
      let dropped = 0;
      for (;;) {
        const gone = await queue.transaction((transaction) => dropLedgerBlocks(transaction, upTo, writtenBefore));
        if (gone === 0) return dropped;
        dropped += gone;
      }
    },
    fileSizes: () => sizesOf(file),
    async close() {
      await queue.idle();
      await Promise.all([reads.stop(), past.stop()]);
      await closeWriter();
      lock.release();
    },
  };
}
