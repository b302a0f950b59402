/** Writes rows a column at a time, 2,048 to a chunk: several times as fast as value by value. */
import {
  BIGINT,
  DuckDBDataChunk,
  INTEGER,
  UTINYINT,
  VARCHAR,
  type DuckDBAppender,
  type DuckDBConnection,
  type DuckDBValue,
} from '@duckdb/node-api';
import { familyNames, type FamilyName } from '../../../domain/ledger/registry.ts';
import { causes, type LedgerRow } from '../../../domain/ledger/row.ts';
import type { Calendar } from '../../../domain/time/calendar.ts';
import { columnsOf, namesOf, tableOf } from './schema.ts';

const CHUNK = 2_048;
const types = { varchar: VARCHAR, bigint: BIGINT, integer: INTEGER, utinyint: UTINYINT } as const;
const causeCodes = new Map(causes.map((cause, code) => [cause, code]));

/** A row and its place in the ledger. */
export interface Placed {
  readonly row: LedgerRow;
  readonly position: number;
  readonly ordinal: number;
}

/** Within the connection's transaction. */
export async function appendRows(connection: DuckDBConnection, calendar: Calendar, rows: readonly Placed[]): Promise<void> {
  for (const family of familyNames) {
    const own = rows.filter(({ row }) => row.family === family);
    if (own.length === 0) continue;
    const appender = await connection.createAppender(tableOf(family).slice(1, -1));
    try {
      for (let from = 0; from < own.length; from += CHUNK) appendChunk(appender, family, own.slice(from, from + CHUNK), calendar);
    } finally {
      appender.closeSync();
    }
  }
}

function appendChunk(appender: DuckDBAppender, family: FamilyName, rows: readonly Placed[], calendar: Calendar): void {
  const chunk = DuckDBDataChunk.create(
    columnsOf(family).map(([, type]) => types[type]),
    rows.length,
  );
  const { dims, measures } = namesOf(family);
  const hours = rows.map(({ row }) => calendar.hourBucket(row.at));
  const columns: (readonly DuckDBValue[])[] = [
    rows.map(({ row }) => row.kind),
    rows.map(({ row }) => row.entity),
    rows.map(({ row }) => BigInt(row.at)),
    hours.map((hour) => Math.floor(hour / 24)),
    hours,
    ...dims.map((_, i) => rows.map(({ row }) => row.dims[i] ?? null)),
    ...measures.map((_, i) => rows.map(({ row }) => BigInt(row.measures[i] ?? 0))),
    rows.map(({ row }) => BigInt(row.since)),
    rows.map(({ row }) => BigInt(row.received)),
    rows.map(({ row }) => causeCodes.get(row.cause) ?? null),
    rows.map(({ position }) => BigInt(position)),
    rows.map(({ ordinal }) => BigInt(ordinal)),
  ];
  chunk.setColumns(columns);
  appender.appendDataChunk(chunk);
}
