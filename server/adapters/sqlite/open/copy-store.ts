/** A copy of a store as it stands, taken beside the server that may be writing it. */
import { backup, DatabaseSync } from 'node:sqlite';
import { openReader } from '../connection.ts';
import { translate } from '../errors.ts';
import { migrations } from '../migrations/all.ts';
import { SchemaMismatch } from './migrate.ts';

/** All pages in one go: a copy in steps would begin anew at every commit of the server. */
const ALL_PAGES = 2 ** 31 - 1;

/** Throws `SchemaMismatch` for a store of another version of this program. */
export async function copyStore(file: string, to: string): Promise<void> {
  try {
    const db = openReader(file);
    try {
      const schema = Number(db.prepare('select max(version) as version from migrations').get()?.['version'] ?? 0);
      const known = migrations.at(-1)?.version ?? 0;
      if (schema !== known)
        throw new SchemaMismatch(
          `the store at ${file} has schema ${schema}, this program knows ${known}: start the server of this version on it once`,
        );
      await backup(db, to, { rate: ALL_PAGES });
    } finally {
      db.close();
    }
    // A copy has no writer beside it, so it needs no write-ahead log, whose files a reader could not make.
    const copy = new DatabaseSync(to);
    copy.exec('pragma journal_mode = delete');
    copy.close();
  } catch (error) {
    throw translate(error);
  }
}
