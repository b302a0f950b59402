import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase, type LedgerReader } from '../../../../../server/adapters/duckdb/engine/database.ts';
import { createCalendar } from '../../../../../server/domain/time/calendar.ts';
import { salesRow } from '../../../../contracts/ledger/samples.ts';

/** What is left to the database when it gives memory back; so many batches hold more. */
const LEFT_BYTES = 32_000_000;
const BATCHES = 60;

async function number(reader: LedgerReader, sql: string): Promise<number> {
  const [row] = await reader.within((run) => run({ sql, values: [] }));
  return Number(row?.[0]);
}

it('gives the memory of what it wrote and read back, keeps its limit, and answers as before', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ledger-'));
  const settings = { memoryMb: 192, threads: 2, tempMb: 1_000 };
  const database = await openDatabase(path.join(folder, 'ledger.duckdb'), settings, createCalendar('UTC'));
  try {
    await database.create({ storeId: 's', format: 'f' });
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const rows = Array.from({ length: 8_192 }, (_, i) => {
        const n = batch * 8_192 + i;
        const row = salesRow({
          entity: `an order with a key that needs room ${n}`,
          buyer: `a buyer with a name that needs room ${n}`,
          paid: n,
        });
        return { row, position: batch + 1, ordinal: i };
      });
      await database.append(rows, batch + 1);
    }
    const reader = await database.reader();
    const limit = () => number(reader, `select regexp_extract(current_setting('memory_limit'), '[0-9]+')`);
    const held = () => number(reader, 'select sum(memory_usage_bytes)::bigint from duckdb_memory()');
    const asked = () => number(reader, 'select count(distinct entity) from rows_sales');
    expect(await asked()).toBe(BATCHES * 8_192);
    const [limitBefore, before] = [await limit(), await held()];
    await database.release();
    expect(before).toBeGreaterThan(LEFT_BYTES);
    expect(await held()).toBeLessThanOrEqual(LEFT_BYTES);
    expect(await limit()).toBe(limitBefore);
    expect(await asked()).toBe(BATCHES * 8_192);
    reader.close();
  } finally {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
