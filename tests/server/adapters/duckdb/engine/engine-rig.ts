/** The database of the engine and its carried answers without a process around them, beside a plain ledger of the same rows. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Run } from '../../../../../server/adapters/duckdb/engine/answer.ts';
import { createCarried, type Carried } from '../../../../../server/adapters/duckdb/engine/carried.ts';
import { openDatabase } from '../../../../../server/adapters/duckdb/engine/database.ts';
import { createGapKeeper, type GapKeeper, type GapLimits } from '../../../../../server/adapters/duckdb/engine/gap-keeper.ts';
import type { LedgerRow } from '../../../../../server/domain/ledger/row.ts';
import { createCalendar } from '../../../../../server/domain/time/calendar.ts';
import { createMemoryLedger, type MemoryLedger } from '../../../../helpers/memory-ledger.ts';

export interface EngineRig {
  readonly plain: MemoryLedger;
  readonly carried: Carried;
  /** As after a start: nothing is kept. */
  forget(limits?: GapLimits): void;
  /** A piece of the tables of day gaps. */
  stepGaps(): ReturnType<GapKeeper['step']>;
  /** Runs a statement as nobody of the program would. */
  spoil(sql: string): Promise<void>;
  /** Appends a block. */
  append(rows: readonly LedgerRow[]): Promise<void>;
  /** The newest block. */
  position(): number;
  /** Runs `work` in a transaction; resolves also to how many statements it took, and which. */
  reading<T>(
    work: (run: Run) => Promise<T>,
  ): Promise<{ readonly found: T; readonly statements: number; readonly asked: readonly string[] }>;
  dispose(): Promise<void>;
}

export async function engineRig(timeZone = 'UTC'): Promise<EngineRig> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ledger-'));
  const calendar = createCalendar(timeZone);
  const database = await openDatabase(path.join(folder, 'ledger.duckdb'), { memoryMb: 192, threads: 2, tempMb: 1_000 }, calendar);
  const plain = createMemoryLedger(calendar);
  let carried = createCarried();
  let gaps = createGapKeeper(database);
  let position = 0;
  await database.create({ storeId: 's', format: 'f' });
  return {
    plain,
    get carried() {
      return carried;
    },
    forget(limits) {
      carried = createCarried();
      gaps = createGapKeeper(database, limits);
    },
    stepGaps: () => gaps.step(position),
    spoil: (sql) => database.writing(async (run) => void (await run({ sql, values: [] }))),
    async append(rows) {
      position += 1;
      plain.append(position, rows);
      const placed = rows.map((row, ordinal) => ({ row, position, ordinal }));
      carried.appending(placed, position);
      gaps.appended(placed.length);
      await database.append(placed, position);
    },
    position: () => position,
    async reading(work) {
      const reader = await database.reader();
      const asked: string[] = [];
      try {
        const found = await reader.within((run) =>
          work((statement) => {
            asked.push(statement.sql);
            return run(statement);
          }),
        );
        return { found, statements: asked.length, asked };
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
