/** What a reading thread's queries share. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { createCalendar, type Calendar } from '../../../domain/time/calendar.ts';
import { preparer } from '../prepared.ts';
import { shiftsOf, type ClockShifts } from '../receipt-text.ts';

export interface Reader {
  readonly db: DatabaseSync;
  readonly calendar: Calendar;
  /** Rows as objects. */
  readonly rows: (sql: string) => StatementSync;
  /** Rows as arrays: a third cheaper, for queries with many rows. */
  readonly arrays: (sql: string) => StatementSync;
  /** To be asked for within each answer, for what is known of our clock may change between two. */
  readonly shifts: () => ClockShifts;
  /** How every sealed text begins that can be opened; undefined: any can. */
  readonly opens: readonly string[] | undefined;
}

export function createReader(db: DatabaseSync, timeZone: string, opens?: readonly string[]): Reader {
  const rows = preparer(db);
  const shifts = () => shiftsOf(rows);
  return { db, calendar: createCalendar(timeZone), rows, arrays: preparer(db, { arrays: true }), shifts, opens };
}
