/** What a store knows about itself: its name, its business time zone, when it was made. */
import type { DatabaseSync } from 'node:sqlite';
import { SchemaMismatch } from './migrate.ts';

export interface Meta {
  readonly storeId: string;
  readonly timeZone: string;
  readonly createdAt: number;
}

/** Writes the given values into a new store; returns what an existing one holds. */
export function readMeta(db: DatabaseSync, fresh: Meta): Meta {
  db.exec('begin immediate');
  try {
    const put = db.prepare('insert into meta (name, value) values (?, ?) on conflict do nothing');
    put.run('storeId', fresh.storeId);
    put.run('timeZone', fresh.timeZone);
    put.run('createdAt', String(fresh.createdAt));
    const stored = new Map(
      db
        .prepare('select name, value from meta')
        .all()
        .map((row) => [row['name'], String(row['value'])]),
    );
    db.exec('commit');
    return {
      storeId: stored.get('storeId') ?? fresh.storeId,
      timeZone: stored.get('timeZone') ?? fresh.timeZone,
      createdAt: Number(stored.get('createdAt')),
    };
  } catch (error) {
    if (db.isTransaction) db.exec('rollback');
    throw error;
  }
}

/** Every stored day was counted in the store's zone; another zone would mix two calendars. */
export function requireTimeZone(meta: Meta, asked: string): void {
  if (meta.timeZone !== asked) {
    throw new SchemaMismatch(
      `the store counts business days in ${meta.timeZone}, this server was told ${asked}: start it with the store's time zone, or with a new store`,
    );
  }
}
