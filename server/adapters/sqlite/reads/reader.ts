/** What a reading thread's queries share. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { preparer } from '../tx/context.ts';

export interface Reader {
  readonly db: DatabaseSync;
  readonly timeZone: string;
  /** Rows as objects. */
  readonly rows: (sql: string) => StatementSync;
  /** Rows as arrays: a third cheaper, for queries with many rows. */
  readonly arrays: (sql: string) => StatementSync;
}

export function createReader(db: DatabaseSync, timeZone: string): Reader {
  return { db, timeZone, rows: preparer(db), arrays: preparer(db, { arrays: true }) };
}
