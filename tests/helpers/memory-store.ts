/**
 * The real SQLite store without its file, threads and lock: the same statements on a
 * database in memory, for tests that need hundreds of stores. Reads of the port are not
 * there; `dump` shows everything that counts, in an order that does not depend on writes.
 */
import type { DatabaseSync } from 'node:sqlite';
import { readBlocks } from '../../server/adapters/sqlite/ledger/blocks.ts';
import type { LedgerRow } from '../../server/domain/ledger/row.ts';
import type { Store } from '../../server/pipeline/ports/store.ts';
import { createBlockPositions } from '../../server/adapters/sqlite/transaction/block-positions.ts';
import { createPacer } from '../../server/adapters/sqlite/transaction/pacer.ts';
import { createStoreWriter } from '../../server/adapters/sqlite/transaction/store-writer.ts';
import { createWriteQueue } from '../../server/adapters/sqlite/transaction/write-queue.ts';
import { createExecutor } from '../../server/adapters/sqlite/threads/executor.ts';
import { openMigrated } from './migrated-database.ts';

export interface MemoryStore extends Pick<Store, 'write'> {
  readonly db: DatabaseSync;
  dump(): Dump;
  /** Every row of the ledger's blocks, in order. */
  ledger(): readonly LedgerRow[];
  close(): void;
}
export type Dump = Readonly<Record<string, readonly unknown[]>>;

const tables = [
  'orders',
  'refunds',
  'leads',
  'lead_statuses',
  'mentions',
  'campaigns',
  'campaign_phases',
  'campaign_ends',
  'spend',
  'engagement',
  'audience',
  'moves',
  'traffic',
  'content',
  'heartbeats',
] as const;

export function openMemoryStore(now: () => number): MemoryStore {
  const db = openMigrated();
  const pacer = createPacer(1_000_000);
  const execute = createExecutor(db);
  const queue = createWriteQueue(
    async (steps) => execute(steps),
    () => undefined,
  );
  return {
    db,
    write: createStoreWriter(queue, { pacer, now, positions: createBlockPositions(), clock: { shifts: [] } }),
    dump() {
      const state: Record<string, unknown[]> = {};
      for (const table of tables) state[table] = db.prepare(`select * from ${table} order by key`).all().map(withoutId);
      state['history'] = db.prepare('select * from fact_history order by kind, key, version').all();
      state['customerRows'] = db.prepare('select * from customer_rows order by customer_id').all();
      return state;
    },
    ledger: () => readBlocks((sql) => db.prepare(sql), 0, Infinity).flatMap(({ rows }) => rows),
    close: () => db.close(),
  };
}

/** Row ids follow arrival. */
function withoutId(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== 'id'));
}
