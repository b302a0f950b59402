/** The ledger of a store: its file lies beside the store's, and a process of its own keeps it. */
import { createLedger, type DuckLedger, type LedgerOptions } from '../adapters/duckdb/client/create-ledger.ts';
import type { LedgerStatus } from '../pipeline/ports/ledger.ts';
import type { Readiness } from '../pipeline/services/services.ts';

/** What a workspace needs of its ledger. */
export type WorkspaceLedger = Omit<DuckLedger, 'pid'>;

/** The ledger's file, by the store's. */
export function ledgerFileOf(storeFile: string): string {
  return `${storeFile.replace(/\.(db|sqlite)$/, '')}.ledger.duckdb`;
}

/** The ledger's file and the log DuckDB writes before it. */
export function ledgerFilesOf(storeFile: string): readonly string[] {
  const file = ledgerFileOf(storeFile);
  return [file, `${file}.wal`];
}

export function openLedger({ logger, timers }: Pick<LedgerOptions, 'logger' | 'timers'>, storeFile: string): DuckLedger {
  const script = new URL('./ledger-process.ts', import.meta.url);
  return createLedger({ script, source: storeFile, file: ledgerFileOf(storeFile), logger, timers });
}

/** Commits it may lag behind before that is worth a word: about a second of a busy line. */
const BEHIND = 50;

/** Why figures of the past may not be answered now; empty while they are. Until its file is open, nobody knows whether it must be written anew. */
export function ledgerReason({ state, position, head, detail }: LedgerStatus): Readiness['reasons'] {
  if (state === 'ready' || (state === 'catching_up' && head - position < BEHIND)) return [];
  return [{ code: `ledger_${state}`, detail: `The ledger, which answers figures: ${detail}.` }];
}
