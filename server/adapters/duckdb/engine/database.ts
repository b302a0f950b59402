/** The ledger's file: opened with bounds on memory, threads and room beside it; rows and their position advance together. */
import { rmSync, statSync } from 'node:fs';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { Calendar } from '../../../domain/time/calendar.ts';
import type { EngineSettings } from '../messages.ts';
import { appendRows, type Placed } from './append.ts';
import { textIn, type ResultRow } from './result-values.ts';
import type { Statement } from './range.ts';
import { createTables } from './schema.ts';

export interface Identity {
  readonly storeId: string;
  readonly format: string;
}

export interface LedgerDatabase {
  /** What the file says it is; undefined in one without tables. */
  identity(): Promise<(Identity & { readonly position: number }) | undefined>;
  create(identity: Identity): Promise<void>;
  /**
   * One transaction: all of it or nothing, the position included. With `more`, what is appended next belongs to the same
   * transaction, and nobody sees the rows before.
   */
  append(rows: readonly Placed[], position: number, more?: boolean): Promise<void>;
  /** Runs `work` in a transaction that writes; not between appends that belong together. */
  writing<T>(work: (run: (statement: Statement) => Promise<readonly ResultRow[]>) => Promise<T>): Promise<T>;
  reader(): Promise<LedgerReader>;
  /** Gives the memory of blocks that were read and written back to the system; the next question reads them from the file. */
  release(): Promise<void>;
  /** Everything into the file, nothing beside it. */
  close(): Promise<void>;
}

/** A connection that reads one state at a time. */
export interface LedgerReader {
  /** Runs `work` in a transaction. */
  within<T>(work: (run: (statement: Statement) => Promise<readonly ResultRow[]>) => Promise<T>): Promise<T>;
  /** Ends the statement under way with an error. */
  interrupt(): void;
  close(): void;
}

/** What `release` leaves to the database. */
const RELEASED_MB = 32;

export async function openDatabase(
  file: string,
  settings: Pick<EngineSettings, 'memoryMb' | 'threads' | 'tempMb'>,
  calendar: Calendar,
): Promise<LedgerDatabase> {
  const instance = await DuckDBInstance.create(file, {
    memory_limit: `${settings.memoryMb}MB`,
    threads: String(settings.threads),
    temp_directory: tempOf(file),
    max_temp_directory_size: `${settings.tempMb}MB`,
    // Results are ordered where it matters; without it, big results need less memory.
    preserve_insertion_order: 'false',
    // What a question took goes back to the system soon after it: 60 to 80 MB less at work, for 3 % of the processor time.
    allocator_background_threads: 'true',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const readers = new Set<LedgerReader>();
  let writer: DuckDBConnection;
  /** The writer's transaction waits for more rows. */
  let isOpen = false;
  try {
    writer = await instance.connect();
  } catch (error) {
    instance.closeSync();
    throw error;
  }
  const close = (): void => {
    for (const reader of readers) reader.close();
    writer.closeSync();
    instance.closeSync();
  };

  return {
    async identity() {
      const tables = await rowsOf(writer, `select table_name from information_schema.tables where table_name = 'meta'`);
      if (tables.length === 0) return undefined;
      const meta = new Map((await rowsOf(writer, 'select name, value from meta')).map((row) => [textIn(row, 0), textIn(row, 1)]));
      const [storeId, format, position] = [meta.get('storeId'), meta.get('format'), Number(meta.get('position'))];
      return storeId !== undefined && format !== undefined && Number.isSafeInteger(position) ? { storeId, format, position } : undefined;
    },

    async create({ storeId, format }) {
      await writer.run('begin');
      await writer.run(createTables());
      await writer.run(`insert into meta values ('storeId', $1), ('format', $2), ('position', '0')`, [storeId, format]);
      await writer.run('commit');
    },

    async append(rows, position, more = false) {
      if (!isOpen) await writer.run('begin');
      isOpen = more;
      try {
        await appendRows(writer, calendar, rows);
        if (more) return;
        await writer.run(`update meta set value = $1 where name = 'position'`, [String(position)]);
        await writer.run('commit');
      } catch (error) {
        isOpen = false;
        // A failed commit has already ended the transaction.
        await writer.run('rollback').catch(() => undefined);
        throw error;
      }
    },

    async writing(work) {
      await writer.run('begin');
      try {
        const done = await work(({ sql, values }) => rowsOf(writer, sql, values));
        await writer.run('commit');
        return done;
      } catch (error) {
        await writer.run('rollback').catch(() => undefined);
        throw error;
      }
    },

    async reader() {
      const connection = await instance.connect();
      const reader: LedgerReader = {
        async within(work) {
          await connection.run('begin');
          try {
            return await work(({ sql, values }) => rowsOf(connection, sql, values));
          } finally {
            await connection.run('rollback').catch(() => undefined);
          }
        },
        interrupt: () => connection.interrupt(),
        close() {
          readers.delete(reader);
          connection.closeSync();
        },
      };
      readers.add(reader);
      return reader;
    },

    async release() {
      // Lowering the limit evicts what is kept beyond it. What a question holds just then cannot be evicted, which is an error.
      await writer.run(`set memory_limit = '${RELEASED_MB}MB'`).catch(() => undefined);
      await writer.run(`set memory_limit = '${settings.memoryMb}MB'`);
    },

    async close() {
      try {
        if (isOpen) await writer.run('rollback');
        await writer.run('checkpoint');
      } finally {
        close();
      }
    },
  };
}

async function rowsOf(connection: DuckDBConnection, sql: string, values: readonly string[] = []): Promise<ResultRow[]> {
  const result = await connection.run(sql, values.length === 0 ? undefined : [...values]);
  return result.getRows();
}

const walOf = (file: string): string => `${file}.wal`;
const tempOf = (file: string): string => `${file}.tmp`;

export function removeDatabase(file: string): void {
  for (const path of [walOf(file), tempOf(file), file]) rmSync(path, { force: true, recursive: true });
}

/** What is left of a replaced file: a log beside it would be taken for the new one's. */
export function removeLog(file: string): void {
  rmSync(walOf(file), { force: true });
}

export function bytesOf(file: string): number {
  return [file, walOf(file)].reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
}
