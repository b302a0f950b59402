/** The real ledger over a real store: rows are written into the store's blocks and moved by the engine in its own process. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createLedger, type DuckLedger, type LedgerOptions } from '../../server/adapters/duckdb/client/create-ledger.ts';
import { systemTimers } from '../../server/adapters/system/timers.ts';
import type { LedgerStatus } from '../../server/pipeline/ports/ledger.ts';
import { silentLogger } from './silent-logger.ts';

export const ledgerScript = new URL('../../server/compose/ledger-process.ts', import.meta.url);

export function ledgerFile(folder: string): string {
  return join(folder, 'store.ledger.duckdb');
}

/** Over the store in a folder. */
export function openLedger(folder: string, options: Partial<LedgerOptions> = {}): DuckLedger {
  const source = ['store.db', 'store.sqlite'].map((name) => join(folder, name)).find((file) => existsSync(file));
  if (source === undefined) throw new Error(`no store in ${folder}`);
  return createLedger({ script: ledgerScript, source, file: ledgerFile(folder), logger: silentLogger, timers: systemTimers, ...options });
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
