/** The tables of day gaps in a ledger's file: right as the program makes them, and each kind of mistake in one is found. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase, type LedgerDatabase } from '../../../../../server/adapters/duckdb/engine/database.ts';
import { dayGaps } from '../../../../../server/adapters/duckdb/engine/day-gaps.ts';
import { makeGaps } from '../../../../../server/adapters/duckdb/engine/gap-keeper.ts';
import { checkGaps } from '../../../../../server/adapters/duckdb/offline/gap-check.ts';
import { openStaging, type Staging } from '../../../../../server/adapters/duckdb/offline/staging.ts';
import { createCalendar } from '../../../../../server/domain/time/calendar.ts';
import { salesRow } from '../../../../contracts/ledger/samples.ts';

let folder: string;
let file: string;
let staging: Staging;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'warroom-gaps-'));
  file = path.join(folder, 'ledger.duckdb');
  staging = await openStaging(folder);
});
afterEach(async () => {
  await staging.close();
  rmSync(folder, { recursive: true, force: true });
});

async function opened(work: (database: LedgerDatabase) => Promise<unknown>): Promise<void> {
  const database = await openDatabase(file, { memoryMb: 64, threads: 1, tempMb: 64 }, createCalendar('UTC'));
  await work(database);
  await database.close();
}
const spoil = (sql: string) => opened((database) => database.writing((run) => run({ sql, values: [] })));

async function fill(database: LedgerDatabase): Promise<void> {
  const [a, b] = [
    { buyer: 'A', entity: 'a', orders: 1 },
    { buyer: 'B', entity: 'b', orders: 1, channel: 'jd' },
  ];
  const blocks = [
    [salesRow({ ...a, day: 1 }), salesRow({ ...a, day: 4 }), salesRow({ ...a, day: 6 }), salesRow({ ...b, day: 4 })],
    [salesRow({ ...b, day: 2 })],
  ];
  await database.create({ storeId: 's', format: 'f' });
  for (const [i, rows] of blocks.entries()) {
    await database.append(
      rows.map((row, ordinal) => ({ row, position: i + 1, ordinal })),
      i + 1,
    );
    // What comes later is no matter of the tables.
    if (i === 0) await makeGaps(database, 1, { behind: 1, anew: 100, ofAPass: 100 });
  }
}

const wrong = async () =>
  (await checkGaps(staging, file)).flatMap(({ name, different }) => (different === 0 ? [] : [`${name} ${different}`]));

it('are right as they are made, of rows up to the block they stand for', async () => {
  await opened(fill);
  expect(await checkGaps(staging, file)).toEqual([
    { name: 'customer', lines: 5, different: 0 },
    { name: 'buyer', lines: 5, different: 0 },
    { name: 'customer by channel', lines: 5, different: 0 },
  ]);
});

it.each([
  ['a line that is missing', 'delete from gaps_sales_buyer_orders where nth = 2', 1],
  ['a line that is there twice', 'insert into gaps_sales_buyer_orders from gaps_sales_buyer_orders where day = 6 and nth = 1', 1],
  ['another day before', 'update gaps_sales_buyer_orders set earlier = earlier + 1 where day = 6 and nth = 1', 2],
  ['another number of things', 'update gaps_sales_buyer_orders set things = 9 where day = 1', 1],
  ['a block it does not hold', `update meta set value = '2' where name like 'gaps % sales_buyer_orders'`, 3],
])('%s is found', async (_, sql, lines) => {
  await opened(fill);
  await spoil(sql);
  expect(await wrong()).toEqual([`buyer ${lines}`]);
});

it('a table is not to be there where a day of a thing sums below 0', async () => {
  await opened(fill);
  await spoil('update rows_sales set m_orders = -1 where day = 6');
  expect((await wrong()).map((text) => text.replace(/ \d+$/, ''))).toEqual(['customer', 'buyer', 'customer by channel']);
});

it('a table that is not there is no mistake: the next server makes it', async () => {
  await opened(fill);
  await spoil(`delete from meta where name like 'gaps %'`);
  expect(await checkGaps(staging, file)).toEqual([]);
  expect(dayGaps).toHaveLength(3);
});
