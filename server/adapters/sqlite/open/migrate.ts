/**
 * Brings a store's schema up to what this program knows: forward only, each step
 * in one transaction with its own line in `migrations`, so that a crash leaves
 * the old schema or the new one. The steps of a new store share one transaction, which
 * waits for the disk once in place of once a step. Knows no way back: an older program refuses.
 */
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Migration } from '../migrations/all.ts';

/** The store and this program do not fit; the message says what to do. */
export class SchemaMismatch extends Error {
  override readonly name = 'SchemaMismatch';
}

export function migrate(db: DatabaseSync, known: readonly Migration[], now: number): void {
  db.exec(
    `create table if not exists migrations (version integer primary key, name text not null, checksum text not null, applied_at integer not null) strict`,
  );
  const rows = db.prepare('select version, name, checksum from migrations order by version').all();
  const applied = new Map(rows.map((row) => [Number(row['version']), { name: String(row['name']), checksum: String(row['checksum']) }]));
  const newest = known.at(-1)?.version ?? 0;
  const stored = Math.max(0, ...applied.keys());
  if (stored > newest) {
    throw new SchemaMismatch(
      `the store has schema version ${stored}, this program knows versions up to ${newest}: start the newer program that wrote it`,
    );
  }
  const missing = known.filter(({ version, name, sql }) => {
    const done = applied.get(version);
    if (done && done.checksum !== checksumOf(sql)) {
      throw new SchemaMismatch(
        `migration ${version} (${name}) of this program differs from the one the store was made with: an edited migration cannot be trusted`,
      );
    }
    return !done;
  });
  if (stored === 0) apply(db, missing, now);
  else for (const migration of missing) apply(db, [migration], now);
}

const checksumOf = (sql: string): string => createHash('sha256').update(sql).digest('hex');

function apply(db: DatabaseSync, migrations: readonly Migration[], now: number): void {
  db.exec('begin immediate');
  try {
    const note = db.prepare('insert into migrations (version, name, checksum, applied_at) values (?, ?, ?, ?)');
    for (const { version, name, sql } of migrations) {
      db.exec(sql);
      note.run(version, name, checksumOf(sql), now);
    }
    db.exec('commit');
  } catch (error) {
    if (db.isTransaction) db.exec('rollback');
    throw error;
  }
}
