/** Looks at a store without changing it: for the doctor, beside a server that may be running. */
import { existsSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { allChannels, channelsOf } from '../channel-rows.ts';
import { openReader } from '../connection.ts';
import { migrations } from '../migrations/all.ts';
import { isFilled } from './meta.ts';
import { holderOf, type Holder } from './store-lock.ts';

export interface StoreLook {
  readonly bytes: number;
  readonly schema: number;
  /** Newest schema this program knows. */
  readonly known: number;
  readonly timeZone: string | null;
  /** null in a store of a version that did not keep it. */
  readonly currency: string | null;
  /** Holds what was counted in that zone and that currency. */
  readonly filled: boolean;
  /** `ok`, or what SQLite's quick check found first. */
  readonly check: string;
  /** Who serves it now; null = nobody, undefined = somebody who left no note. */
  readonly holder: Holder | null | undefined;
  /** Alert channels that are switched on, each with how it is sealed. */
  readonly channels: readonly { readonly id: string; readonly sealed: string }[];
}

/** null when there is no store yet. Throws what SQLite throws for a file that is none. */
export function inspectStore(file: string): StoreLook | null {
  if (!existsSync(file)) return null;
  const holder = holderOf(file);
  const db = openReader(file);
  try {
    const one = (sql: string) => Object.values(db.prepare(sql).get() ?? {})[0];
    const meta = (name: string) => {
      const value = db.prepare('select value from meta where name = ?').get(name)?.['value'];
      return typeof value === 'string' ? value : null;
    };
    return {
      bytes: sizeOf(file) + sizeOf(`${file}-wal`),
      schema: Number(one('select max(version) from migrations') ?? 0),
      known: migrations.at(-1)?.version ?? 0,
      timeZone: meta('timeZone'),
      currency: meta('currency'),
      filled: isFilled(db),
      check: String(one('pragma quick_check(1)')),
      holder,
      channels: channelsIn(db),
    };
  } finally {
    db.close();
  }
}

/** None in a store of a version that had no channels. */
function channelsIn(db: DatabaseSync): StoreLook['channels'] {
  const there = db.prepare(`select 1 from sqlite_schema where type = 'table' and name = 'channels'`).get();
  return there === undefined ? [] : channelsOf(db.prepare(allChannels).all(), undefined).filter(({ enabled }) => enabled);
}

/** What was written last still lies in the write-ahead log beside the file. */
function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
