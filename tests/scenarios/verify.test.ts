/** `warroom verify` on a store a real server filled: all well, and then with rows of the ledger changed behind its back. */
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../server/adapters/duckdb/engine/database.ts';
import { makeGaps } from '../../server/adapters/duckdb/engine/gap-keeper.ts';
import { createCalendar } from '../../server/domain/time/calendar.ts';
import { warroom } from '../helpers/program.ts';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';

let room: WarRoom;
beforeAll(async () => {
  room = await warRoom({ env: { DEMO: 'on' } });
  await toldUntil((applied) => applied > 500);
  // A ledger of an early hour: the blocks behind it are moved again when it is put back.
  await room.kill('SIGTERM');
  const rebuilt = await warroom(['rebuild', '--demo'], { DATA_DIR: room.dataDir });
  if (rebuilt.code !== 0) throw new Error(rebuilt.output);
  copyFileSync(ledger(), `${ledger()}.early`);
  await toldUntil((applied, lag) => lag === 0 && applied > 5_000);
}, 120_000);

async function toldUntil(enough: (applied: number, lag: number) => boolean): Promise<void> {
  await room.start();
  const told = async () => {
    const { lag, consumed } = await room.get<{ lag: number; consumed: { applied: number } }>('/readyz');
    return enough(consumed.applied, lag) ? true : undefined;
  };
  await eventually('the demo has told enough', told, 60_000);
}
afterAll(() => room.dispose());
const verify = () => warroom(['verify', '--demo'], { DATA_DIR: room.dataDir });
const ledger = () => path.join(room.dataDir, 'demo.ledger.duckdb');

async function changeLedger(...statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(ledger());
  const connection = await instance.connect();
  for (const sql of statements) await connection.run(sql);
  await connection.run('checkpoint');
  connection.closeSync();
  instance.closeSync();
}

describe('verifying a store', () => {
  it('is refused while a server has it', async () => {
    const run = await verify();
    expect(run.code).toBe(1);
    expect(run.output).toContain(`process ${room.pid()}`);
  });

  it('finds every row of the ledger equal to the recount', async () => {
    await room.kill('SIGTERM');
    const run = await verify();
    expect(run.output).toContain('Every row of the ledger equals the recount from facts.');
    expect(run.output).toMatch(/ok {4}ledger sales: [\d,]+ sums/);
    expect(run.code).toBe(0);
  });

  it('finds a table of counts that says something else than the rows', async () => {
    const right = `${ledger()}.right`;
    copyFileSync(ledger(), right);
    const database = await openDatabase(ledger(), { memoryMb: 192, threads: 2, tempMb: 1_000 }, createCalendar('UTC'));
    const position = (await database.identity())?.position ?? 0;
    await makeGaps(database, position, { behind: 1, anew: 1_000_000, ofAPass: 1_000 });
    await database.close();
    const made = await verify();
    expect(made.output).toMatch(/ok {4}ledger counts of customer: [1-9][\d,]* lines/);
    expect(made.code).toBe(0);
    await changeLedger(
      'update gaps_sales_customer_orders set things = things + 1 where day = (select min(day) from gaps_sales_customer_orders)',
    );
    const spoilt = await verify();
    copyFileSync(right, ledger());
    expect(spoilt.code).toBe(1);
    expect(spoilt.output).toMatch(/WRONG ledger counts of customer: [\d,]+ lines, \d+ of which are not those of the rows/);
    expect(spoilt.output).toMatch(/ok {4}ledger counts of buyer: /);
  });

  it('finds rows of the ledger that are forgotten, doubled, of the wrong sign, since or receipt, and says what to do', async () => {
    const first = (table: string) => `where rowid = (select min(rowid) from "${table}")`;
    await changeLedger(
      `delete from rows_sales ${first('rows_sales')}`,
      `insert into "rows_newCustomers" select * from "rows_newCustomers" ${first('rows_newCustomers')}`,
      `update rows_spend set m_amount = -m_amount ${first('rows_spend')}`,
      `update rows_mentions set since = since + 1 ${first('rows_mentions')}`,
      `update rows_keywords set received = received + 1 ${first('rows_keywords')}`,
    );
    const run = await verify();
    expect(run.code).toBe(1);
    const differ = [...run.output.matchAll(/WRONG ledger (\w+): [\d,]+ sums, (\d+) differ/g)].map(
      ([, family, count]) => `${family} ${count}`,
    );
    expect(differ.sort()).toEqual(['keywords 2', 'mentions 2', 'newCustomers 1', 'sales 1', 'spend 1']);
    expect(run.output).toMatch(/ {2}order .+, since \S+, received \S+: the ledger has nothing, the facts give paid \d+/);
    expect(run.output).toContain('npm run warroom -- rebuild');
  });

  it('finds a block that was moved in place of another', async () => {
    copyFileSync(`${ledger()}.early`, ledger());
    const db = new DatabaseSync(path.join(room.dataDir, 'demo.db'));
    db.exec(
      `update ledger_blocks set (content, rows) = (select content, rows from ledger_blocks where position = (select max(position) - 1 from ledger_blocks) limit 1)
       where position = (select max(position) from ledger_blocks)`,
    );
    db.close();
    const run = await verify();
    expect(run.code).toBe(1);
    expect(run.output).toMatch(/WRONG ledger/);
  });

  it('is content again after a rebuild', async () => {
    const rebuilt = await warroom(['rebuild', '--demo'], { DATA_DIR: room.dataDir });
    expect(rebuilt.output).toContain('The ledger is written anew');
    expect(rebuilt.code).toBe(0);
    expect((await verify()).code).toBe(0);
  });
});
