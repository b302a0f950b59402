/** `warroom export` beside a running server and after it: files other tools read, whole or not at all. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { warroom } from '../helpers/program.ts';
import { order, orders, refund } from '../helpers/sales-events.ts';
import { eventually, warRoom, type WarRoom } from '../helpers/war-room.ts';

let room: WarRoom;
beforeAll(async () => {
  room = await warRoom();
  await room.start();
  const events = [...orders(0, 50), order(3, { version: 2, channel: '京东' }), refund(7, 40), order(90, {}, '2026-10-31T23:30:00+08:00')];
  const answer = await room.send('POST', '/api/events', events, 'application/cloudevents-batch+json');
  expect(answer.status).toBe(202);
  await eventually('everything is folded', async () => ((await room.get<{ lag: number }>('/readyz')).lag === 0 ? true : undefined), 60_000);
});
afterAll(() => room.dispose());

const folder = (name: string) => path.join(room.dataDir, name);
const exporting = (kind: 'parquet' | 'csv', name: string) => warroom(['export', `--${kind}`, folder(name)], { DATA_DIR: room.dataDir });

async function query(sql: string): Promise<readonly (readonly unknown[])[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRows();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

describe('exporting a store', () => {
  it('writes Parquet beside a running server', async () => {
    const run = await exporting('parquet', 'parquet');
    expect(run.output).toContain(folder('parquet'));
    expect(run.code).toBe(0);
    expect(readdirSync(folder('parquet')).sort()).toEqual(['facts', 'ledger', 'manifest.json']);
    expect(readdirSync(folder('parquet/facts/order')).sort()).toEqual(['2026-10.parquet', '2026-11.parquet']);
    expect(await query(`select count(*), count(*) filter (standing) from '${folder('parquet')}/facts/order/*.parquet'`)).toEqual([
      [52n, 51n],
    ]);
    expect(
      await query(`select (sum(paid) - sum(refunded))::bigint, sum(orders)::bigint from '${folder('parquet')}/ledger/sales/*.parquet'`),
    ).toEqual([[5_060n, 51n]]);
    const manifest: unknown = JSON.parse(readFileSync(folder('parquet/manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ timeZone: 'Asia/Shanghai', instants: 'UTC', money: 'minor units' });
    expect((await fetch(`${room.url}/readyz`)).ok).toBe(true);
  });

  it('refuses a folder that holds anything, and leaves it as it is', async () => {
    mkdirSync(folder('used'));
    writeFileSync(folder('used/letter.txt'), 'mine');
    const run = await exporting('csv', 'used');
    expect(run.code).toBe(1);
    expect(run.output).toContain('is not empty');
    expect(readdirSync(folder('used'))).toEqual(['letter.txt']);
  });

  it('removes what a killed export left, and only that', async () => {
    mkdirSync(folder('killed/.partial-1/facts'), { recursive: true });
    expect((await exporting('csv', 'killed')).code).toBe(0);
    expect(readdirSync(folder('killed')).sort()).toEqual(['facts', 'ledger', 'manifest.json']);
  });

  it('writes CSV of a stopped server’s store', async () => {
    await room.kill('SIGTERM');
    expect((await exporting('csv', 'csv')).code).toBe(0);
    const [head, first] = readFileSync(folder('csv/facts/refund/2026-11.csv'), 'utf8').split('\n');
    expect(head).toMatch(/^key,source,type,version,standing,occurredAt,receivedAt,refundId,/);
    expect(first).toMatch(/^\/shop R-7,\/shop,sales\.order\.refunded,1,true,2026-11-23T03:00:00\.000Z,/);
  });

  it('says what to do where there is no store, or no folder is named', async () => {
    const nowhere = await warroom(['export', '--csv', folder('new')], { DATA_DIR: folder('nowhere') });
    expect([nowhere.code, existsSync(folder('new'))]).toEqual([1, false]);
    expect(nowhere.output).toContain('nothing to export');
    expect((await warroom(['export'], { DATA_DIR: room.dataDir })).output).toContain('Name one folder');
  });
});
