/** The database of the engine and its carried answers without a process around them, beside a plain ledger of the same rows. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Run } from '../../../../../server/adapters/duckdb/engine/answer.ts';
import { createCarried, type Carried } from '../../../../../server/adapters/duckdb/engine/carried.ts';
import { openDatabase } from '../../../../../server/adapters/duckdb/engine/database.ts';
import type { LedgerRow } from '../../../../../server/domain/ledger/row.ts';
import { createCalendar } from '../../../../../server/domain/time/calendar.ts';
import { createMemoryLedger, type MemoryLedger } from '../../../../helpers/memory-ledger.ts';

export interface EngineRig {
  readonly plain: MemoryLedger;
  readonly carried: Carried;
  /** Appends a block. */
  append(rows: readonly LedgerRow[]): Promise<void>;
  /** The newest block. */
  position(): number;
  /** Runs `work` in a transaction; resolves also to how many statements it took. */
  reading<T>(work: (run: Run) => Promise<T>): Promise<{ readonly found: T; readonly statements: number }>;
  dispose(): Promise<void>;
}

export async function engineRig(): Promise<EngineRig> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ledger-'));
  const calendar = createCalendar('UTC');
  const database = await openDatabase(path.join(folder, 'ledger.duckdb'), { memoryMb: 192, threads: 2, tempMb: 1_000 }, calendar);
  const plain = createMemoryLedger(calendar);
  const carried = createCarried();
  let position = 0;
  await database.create({ storeId: 's', format: 'f' });
  return {
    ...{ plain, carried },
    async append(rows) {
      position += 1;
      plain.append(position, rows);
      const placed = rows.map((row, ordinal) => ({ row, position, ordinal }));
      carried.appending(placed, position);
      await database.append(placed, position);
    },
    position: () => position,
    async reading(work) {
      const reader = await database.reader();
      let statements = 0;
      try {
        const found = await reader.within((run) =>
          work((statement) => {
            statements += 1;
            return run(statement);
          }),
        );
        return { found, statements };
      } finally {
        reader.close();
      }
    },
    async dispose() {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
