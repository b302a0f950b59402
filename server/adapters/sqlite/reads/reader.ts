/** What a reading thread's queries share. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { createCalendar, type Calendar } from '../../../domain/time/calendar.ts';
import { preparer } from '../prepared.ts';

export interface Reader {
  readonly db: DatabaseSync;
  readonly calendar: Calendar;
  /** Rows as objects. */
  readonly rows: (sql: string) => StatementSync;
  /** Rows as arrays: a third cheaper, for queries with many rows. */
  readonly arrays: (sql: string) => StatementSync;
}

export function createReader(db: DatabaseSync, timeZone: string): Reader {
  return { db, calendar: createCalendar(timeZone), rows: preparer(db), arrays: preparer(db, { arrays: true }) };
}
