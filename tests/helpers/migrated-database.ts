/** An empty database with the current schema. The migrations run once per process: tests that open hundreds of stores copy their result. */
import type { DatabaseSync } from 'node:sqlite';
import { openWriter } from '../../server/adapters/sqlite/connection.ts';
import { migrations } from '../../server/adapters/sqlite/migrations/all.ts';
import { migrate } from '../../server/adapters/sqlite/open/migrate.ts';

let image: Uint8Array | undefined;

/** The bytes of the database file. */
export function migratedImage(): Uint8Array {
  if (!image) {
    const db = openWriter(':memory:');
    migrate(db, migrations, 0);
    image = db.serialize();
    db.close();
  }
  return image;
}

/** A database of its own in memory. */
export function openMigrated(): DatabaseSync {
  const db = openWriter(':memory:');
  db.deserialize(migratedImage());
  return db;
}
