/** The real ledger over a real store: rows are written into the store's blocks and moved by the engine in its own process. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createLedger, type DuckLedger, type LedgerOptions } from '../../server/adapters/duckdb/client/create-ledger.ts';
import { openLedgerSource } from '../../server/adapters/sqlite/ledger/ledger-source.ts';
import { systemTimers } from '../../server/adapters/system/timers.ts';
import { createCalendar } from '../../server/domain/time/calendar.ts';
import type { LedgerStatus } from '../../server/pipeline/ports/ledger.ts';
import { createMemoryLedger, type MemoryLedger } from './memory-ledger.ts';
import { silentLogger } from './silent-logger.ts';

export const ledgerScript = new URL('../../server/compose/ledger-process.ts', import.meta.url);

export function ledgerFile(folder: string): string {
  return join(folder, 'store.ledger.duckdb');
}

/** The file of the store in a folder. */
function storeFile(folder: string): string {
  const file = ['store.db', 'store.sqlite'].map((name) => join(folder, name)).find((found) => existsSync(found));
  if (file === undefined) throw new Error(`no store in ${folder}`);
  return file;
}

/** Over the store in a folder. */
export function openLedger(folder: string, options: Partial<LedgerOptions> = {}): DuckLedger {
  const source = storeFile(folder);
  const parts = { script: ledgerScript, source, file: ledgerFile(folder), logger: silentLogger, timers: systemTimers };
  const ledger = createLedger({ ...parts, ...options });
  ledger.start();
  return ledger;
}

/** Every block of the store in a folder, in a plain ledger. */
export function plainLedger(folder: string): MemoryLedger {
  const source = openLedgerSource(storeFile(folder));
  try {
    const plain = createMemoryLedger(createCalendar(source.timeZone));
    for (const { position, rows } of source.blocks(0, Infinity)) plain.append(position, rows);
    return plain;
  } finally {
    source.close();
  }
}

/** Resolves with the first status, the present one included, that is as asked. */
export function statusWhere(ledger: DuckLedger, asked: (status: LedgerStatus) => boolean): Promise<LedgerStatus> {
  return new Promise((resolve) => {
    const look = (status: LedgerStatus): void => {
      if (!asked(status)) return;
      end();
      resolve(status);
    };
    const end = ledger.onStatus(look);
    look(ledger.status());
  });
}
