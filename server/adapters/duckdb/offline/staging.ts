/**
 * A DuckDB database of a command's own: rows go in by columns, questions and files come out. It lies in a temporary folder,
 * because a month of a large store is more than memory should hold.
 */
import { rm } from 'node:fs/promises';
import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  DuckDBDataChunk,
  DuckDBInstance,
  VARCHAR,
  type DuckDBAppender,
  type DuckDBConnection,
  type DuckDBType,
} from '@duckdb/node-api';

/** `instant` is UTC ms; `integer` holds up to 2^63. */
export type ColumnType = 'text' | 'integer' | 'number' | 'boolean' | 'instant';
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}
export type Value = string | number | boolean | null;

export interface StagedTable {
  /** One value a column, in their order. */
  append(values: readonly Value[]): void;
  /** Rows appended so far. */
  rows(): number;
}

export interface Staging {
  /** Makes a table. Its rows are seen by `query` and `run` after `flush`. */
  table(name: string, columns: readonly Column[]): Promise<StagedTable>;
  flush(): void;
  run(sql: string): Promise<void>;
  /** Rows as arrays, integers as bigint. */
  query(sql: string): Promise<readonly (readonly unknown[])[]>;
  /** Closes the database and removes it. */
  close(): Promise<void>;
}

const MEMORY = '512MB';
/** Rows of one data chunk of DuckDB. */
const CHUNK_ROWS = 2_048;

const types: Readonly<Record<ColumnType, DuckDBType>> = {
  text: VARCHAR,
  integer: BIGINT,
  number: DOUBLE,
  boolean: BOOLEAN,
  instant: BIGINT,
};

/** @param folder exists; the database and what DuckDB spills lie in it */
export async function openStaging(folder: string): Promise<Staging> {
  const file = `${folder}/staging.duckdb`;
  const instance = await DuckDBInstance.create(file, {
    memory_limit: MEMORY,
    threads: '2',
    temp_directory: `${folder}/spilled`,
    // The order of rows in files is asked for where it matters; keeping it everywhere costs memory.
    preserve_insertion_order: 'false',
    autoinstall_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run("set time zone 'UTC'");
  const open: { flush(): void; close(): void }[] = [];

  return {
    async table(name, columns) {
      await connection.run(
        `create table ${identifier(name)} (${columns.map((c) => `${identifier(c.name)} ${types[c.type].toString()}`).join(', ')})`,
      );
      const staged = appending(await connection.createAppender(name), columns);
      open.push(staged);
      return staged;
    },
    flush: () => open.forEach((staged) => staged.flush()),
    async run(sql) {
      await connection.run(sql);
    },
    query: (sql) => all(connection, sql),
    async close() {
      for (const staged of open) staged.close();
      connection.closeSync();
      instance.closeSync();
      await Promise.all([file, `${file}.wal`, `${folder}/spilled`].map((path) => rm(path, { recursive: true, force: true })));
    },
  };
}

/** Attaches a ledger's file, which nobody else has open, under a name for as long as the work takes. */
export async function withLedger<T>(staging: Staging, file: string, work: (name: string) => Promise<T>): Promise<T> {
  await staging.run(`attach ${literal(file)} as ledger (read_only)`);
  try {
    return await work('ledger');
  } finally {
    await staging.run('detach ledger');
  }
}

async function all(connection: DuckDBConnection, sql: string): Promise<readonly (readonly unknown[])[]> {
  return (await connection.runAndReadAll(sql)).getRows();
}

function appending(appender: DuckDBAppender, columns: readonly Column[]): StagedTable & { flush(): void; close(): void } {
  const chunkTypes = columns.map(({ type }) => types[type]);
  let waiting: (string | bigint | number | boolean | null)[][] = columns.map(() => []);
  let count = 0;
  let total = 0;
  const send = (): void => {
    if (count === 0) return;
    const chunk = DuckDBDataChunk.create(chunkTypes, count);
    chunk.setColumns(waiting);
    appender.appendDataChunk(chunk);
    waiting = columns.map(() => []);
    count = 0;
  };
  return {
    append(values) {
      for (let i = 0; i < columns.length; i++) waiting[i]?.push(stored(values[i] ?? null, columns[i]?.type));
      count += 1;
      total += 1;
      if (count === CHUNK_ROWS) send();
    },
    rows: () => total,
    flush() {
      send();
      appender.flushSync();
    },
    close: () => appender.closeSync(),
  };
}

function stored(value: Value, type: ColumnType | undefined): string | bigint | number | boolean | null {
  return typeof value === 'number' && (type === 'integer' || type === 'instant') ? BigInt(value) : value;
}

export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
