/** The process that keeps the ledger: the store's file is its source. */
import { runEngine } from '../adapters/duckdb/engine/run-engine.ts';
import { openLedgerSource } from '../adapters/sqlite/ledger/ledger-source.ts';

await runEngine(openLedgerSource);
