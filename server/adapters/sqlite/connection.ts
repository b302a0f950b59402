/** How connections to the store are opened: the one that writes, and the ones that only read. */
import { DatabaseSync } from 'node:sqlite';

/** 8 KB: half as many pages to log and checkpoint per scattered index insert as with 4 KB, at the same bytes. */
const PAGE_BYTES = 8_192;
const WRITER_CACHE_KB = 32_768;
const READER_CACHE_KB = 16_384;
/** Only a person's tool can hold our locks (the lock file keeps servers away). The writer waits on the event loop, so it asks again rather than wait. */
const WRITER_BUSY_MS = 20;
const READER_BUSY_MS = 2_000;
/** At a start: long enough for a doctor that looks at the store, or for a server whose files were taken away to end. */
const ALONE_BUSY_MS = 4_000;

export function openWriter(file: string): DatabaseSync {
  return prepared(new DatabaseSync(file, { timeout: WRITER_BUSY_MS }));
}

/**
 * The same, with the file to itself until it is closed: throws SQLITE_BUSY while any other connection to it is open.
 * https://www.sqlite.org/wal.html#use_of_wal_without_shared_memory
 */
export function openAlone(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: ALONE_BUSY_MS });
  try {
    db.exec('pragma locking_mode = exclusive');
    return prepared(db);
  } catch (error) {
    db.close();
    throw error;
  }
}

function prepared(db: DatabaseSync): DatabaseSync {
  db.exec(`pragma page_size = ${PAGE_BYTES};
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma foreign_keys = on;
    pragma cache_size = -${WRITER_CACHE_KB};
    pragma temp_store = memory;
    pragma wal_autocheckpoint = 0;`);
  return db;
}

export function openReader(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly: true, timeout: READER_BUSY_MS });
  db.exec(`pragma query_only = on; pragma cache_size = -${READER_CACHE_KB};`);
  return db;
}

/** For one that lays out temporary tables, in memory: the file itself is opened for reading only. */
export function openPastReader(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly: true, timeout: READER_BUSY_MS });
  db.exec(`pragma temp_store = memory; pragma cache_size = -${READER_CACHE_KB};`);
  return db;
}
