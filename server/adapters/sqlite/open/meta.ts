/** What a store knows about itself: its name, when it was made, and the time zone and currency that give its numbers their meaning. */
import type { DatabaseSync } from 'node:sqlite';
import { canonicalZone } from '../../../../shared/time/zone-name.ts';
import { factTables } from '../fact-tables.ts';
import { CLOCK_EPOCHS, shiftsIn, type ClockShifts } from '../receipt-text.ts';
import { SchemaMismatch } from './migrate.ts';

/** The settings give another meaning to numbers the store holds already. */
export class SettingsMismatch extends SchemaMismatch {}

export interface Meta {
  readonly storeId: string;
  /** IANA name */
  readonly timeZone: string;
  /** ISO 4217 code */
  readonly currency: string;
  readonly createdAt: number;
}

export interface OpenedMeta extends Meta {
  readonly clockShifts: ClockShifts;
}

/**
 * Writes the given values into a new store; returns what an existing one holds. A store that
 * holds nothing yet takes another zone and currency; one that does refuses them: every stored
 * day was counted in its zone, and every sum is in its currency. A store of a version that did
 * not keep the currency takes the one it is opened with.
 */
export function readMeta(db: DatabaseSync, fresh: Meta): OpenedMeta {
  db.exec('begin immediate');
  try {
    const put = db.prepare('insert into meta (name, value) values (?, ?) on conflict do nothing');
    for (const [name, value] of Object.entries(fresh)) put.run(name, String(value));
    const stored = storedMeta(db);
    const found: Meta = {
      storeId: stored.get('storeId') ?? fresh.storeId,
      timeZone: stored.get('timeZone') ?? fresh.timeZone,
      currency: stored.get('currency') ?? fresh.currency,
      createdAt: Number(stored.get('createdAt')),
    };
    const meta = settled(db, found, fresh);
    db.exec('commit');
    return { ...meta, clockShifts: shiftsIn(stored.get(CLOCK_EPOCHS)) };
  } catch (error) {
    if (db.isTransaction) db.exec('rollback');
    throw error;
  }
}

function storedMeta(db: DatabaseSync): ReadonlyMap<string, string> {
  const rows = db.prepare('select name, value from meta').all();
  return new Map(rows.map((row) => [String(row['name']), String(row['value'])]));
}

function settled(db: DatabaseSync, stored: Meta, asked: Meta): Meta {
  const trouble = mismatch(stored, asked);
  if (trouble === null) return stored;
  if (isFilled(db)) throw new SettingsMismatch(`${trouble.what}: ${trouble.todo}`);
  const replace = db.prepare('update meta set value = ? where name = ?');
  replace.run(asked.timeZone, 'timeZone');
  replace.run(asked.currency, 'currency');
  return { ...stored, timeZone: asked.timeZone, currency: asked.currency };
}

/** Why a filled store does not fit the settings, and what to do about it; null when it fits. */
export function mismatch(
  stored: { readonly timeZone: string | null; readonly currency: string | null },
  asked: Pick<Meta, 'timeZone' | 'currency'>,
): { readonly what: string; readonly todo: string } | null {
  if (stored.timeZone !== null) {
    const zone = canonicalZone(stored.timeZone) ?? stored.timeZone;
    if (zone !== (canonicalZone(asked.timeZone) ?? asked.timeZone)) {
      return {
        what: `the store counts business days in ${zone}, the settings say ${asked.timeZone}`,
        todo: `set TIME_ZONE=${zone}, or another DATA_DIR for a new store`,
      };
    }
  }
  if (stored.currency === null || stored.currency === asked.currency) return null;
  return {
    what: `the amounts of the store are in ${stored.currency}, the settings say ${asked.currency}`,
    todo: `set CURRENCY=${stored.currency}, or another DATA_DIR for a new store`,
  };
}

/** True once the store holds anything that was counted in its zone or its currency, or waits to be. */
export function isFilled(db: DatabaseSync): boolean {
  const tables = [...Object.values(factTables).map(({ table }) => table), 'log_records', 'quarantine', 'targets'];
  // A store that was left in the middle of being made has none of them yet.
  const made = new Set(
    db
      .prepare("select name from sqlite_master where type = 'table'")
      .all()
      .map((row) => row['name']),
  );
  return tables.some((table) => made.has(table) && db.prepare(`select 1 from ${table} limit 1`).get() !== undefined);
}
