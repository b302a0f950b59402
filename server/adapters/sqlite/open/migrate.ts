/**
 * Brings a store's schema up to what this program knows: forward only, each step
 * in one transaction with its own line in `migrations`, so that a crash leaves
 * the old schema or the new one. Knows no way back: an older program refuses.
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
  for (const migration of known) {
    const checksum = createHash('sha256').update(migration.sql).digest('hex');
    const done = applied.get(migration.version);
    if (done && done.checksum !== checksum) {
      throw new SchemaMismatch(
        `migration ${migration.version} (${migration.name}) of this program differs from the one the store was made with: an edited migration cannot be trusted`,
      );
    }
    if (!done) apply(db, migration, checksum, now);
  }
}

function apply(db: DatabaseSync, migration: Migration, checksum: string, now: number): void {
  db.exec('begin immediate');
  try {
    db.exec(migration.sql);
    db.prepare('insert into migrations (version, name, checksum, applied_at) values (?, ?, ?, ?)').run(
      migration.version,
      migration.name,
      checksum,
      now,
    );
    db.exec('commit');
  } catch (error) {
    if (db.isTransaction) db.exec('rollback');
    throw error;
  }
}
