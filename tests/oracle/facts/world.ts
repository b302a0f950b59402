/** Event sets and questions in, tables of facts out. Everything between is SQL. */
import { VARCHAR, INTEGER, BIGINT, DuckDBDataChunk, DATE, type DuckDBType, type DuckDBValue, DuckDBDateValue } from '@duckdb/node-api';
import { brands, madeAt, type EventSet } from '../events/delivery.ts';
import { attention } from './attention.ts';
import { cells } from './cells.ts';
import { openDatabase, type Database } from './database.ts';
import { delivered, macros, questions, slots, versions } from './known.ts';
import { leads, money, orders, refundShares, signings } from './orders.ts';
import { brandMacro, mentions, spendAndVisits } from './others.ts';

export interface Question {
  readonly q: number;
  readonly seed: number;
  readonly grain: 'day' | 'week' | 'month' | 'quarter' | 'year';
  /** Name of the period, and a day of it. */
  readonly period: string;
  readonly day: string;
  /** UTC ms; what is not asked is now. */
  readonly asOf: number;
  readonly knownAt: number;
  readonly by: string | null;
  readonly where: { readonly dim: string; readonly value: string | null } | null;
}

/** A clock of a story: of K25 these are the facts. All in UTC ms. */
export interface Clock {
  readonly seed: number;
  readonly dueAt: number;
  readonly state: string;
  readonly stoppedAt: number | null;
}

export async function openWorld(sets: readonly EventSet[], asked: readonly Question[], clocks: readonly Clock[]): Promise<Database> {
  const database = await openDatabase();
  await database.run(macros + brandMacro + delivered);
  await append(
    database,
    'event_set',
    [INTEGER, VARCHAR, BIGINT],
    sets.map((set) => [set.seed, set.timeZone, BigInt(madeAt(set))]),
  );
  await append(database, 'delivered', [INTEGER, INTEGER, BIGINT, VARCHAR, VARCHAR, BIGINT, VARCHAR], sets.flatMap(rowsOf));
  await append(
    database,
    'target',
    [INTEGER, VARCHAR, VARCHAR, VARCHAR, VARCHAR, VARCHAR, BIGINT, BIGINT],
    sets.flatMap(({ seed, targets }) =>
      targets.map(({ dimension, ...one }) => [
        ...[seed, one.kpi, one.grain, one.period, dimension?.dim ?? null, dimension?.value ?? null],
        ...[BigInt(one.value), BigInt(one.setAt)],
      ]),
    ),
  );
  await append(
    database,
    'own_brand',
    [VARCHAR],
    brands.own.map((name) => [name]),
  );
  await append(
    database,
    'tracked_brand',
    [VARCHAR],
    brands.tracked.map((name) => [name]),
  );
  await append(
    database,
    'clock',
    [INTEGER, BIGINT, VARCHAR, BIGINT],
    clocks.map(({ seed, dueAt, state, stoppedAt }) => [seed, BigInt(dueAt), state, stoppedAt === null ? null : BigInt(stoppedAt)]),
  );
  await append(
    database,
    'question',
    [INTEGER, INTEGER, VARCHAR, VARCHAR, DATE, BIGINT, BIGINT, VARCHAR, VARCHAR, VARCHAR],
    asked.map((one) => [
      ...[one.q, one.seed, one.grain, one.period, new DuckDBDateValue(Date.parse(one.day) / 86_400_000)],
      ...[BigInt(one.asOf), BigInt(one.knownAt), one.by, one.where?.dim ?? null, one.where?.value ?? null],
    ]),
  );
  for (const sql of [versions, questions, slots, leads, signings, orders, refundShares, money, mentions, spendAndVisits, attention, cells])
    await database.run(sql);
  return database;
}

function rowsOf({ seed, batches }: EventSet): DuckDBValue[][] {
  let seq = 0;
  return batches.flatMap(({ received, events }) =>
    events.map(({ source, type, time, data }) => [
      seed,
      seq++,
      BigInt(received),
      source,
      type,
      BigInt(Date.parse(time)),
      JSON.stringify(data),
    ]),
  );
}

const CHUNK = 2_048;

async function append(
  { connection }: Database,
  table: string,
  types: readonly DuckDBType[],
  rows: readonly (readonly DuckDBValue[])[],
): Promise<void> {
  const appender = await connection.createAppender(table);
  for (let from = 0; from < rows.length; from += CHUNK) {
    const chunk = DuckDBDataChunk.create(types);
    chunk.setRows(rows.slice(from, from + CHUNK));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
