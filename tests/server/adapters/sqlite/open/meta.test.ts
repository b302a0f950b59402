import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { readMeta } from '../../../../../server/adapters/sqlite/open/meta.ts';
import { migrate } from '../../../../../server/adapters/sqlite/open/migrate.ts';
import { openStore } from '../../../../../server/adapters/sqlite/open/open-store.ts';
import { migrations } from '../../../../../server/adapters/sqlite/migrations/all.ts';
import { temporaryFolder } from '../temporary-folder.ts';

interface Asked {
  readonly timeZone?: string;
  readonly currency?: string;
}

function store(): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  migrate(db, migrations, 1);
  return db;
}
const open = (db: DatabaseSync, { timeZone = 'Asia/Shanghai', currency = 'CNY' }: Asked = {}) =>
  readMeta(db, { storeId: 'x', timeZone, currency, createdAt: 77 });

/** A store with one event in its log. */
function filled(asked?: Asked): DatabaseSync {
  const db = store();
  open(db, asked);
  db.exec("insert into log_records (topic, \"offset\", key, value, appended_at) values ('sales', 0, 'k', x'00', 5)");
  return db;
}

describe('what a filled store was counted in', () => {
  test('another time zone is refused, and the line says what to set', () => {
    const db = filled();
    expect(() => open(db, { timeZone: 'Europe/Lisbon' })).toThrow(/Asia\/Shanghai.*Europe\/Lisbon.*TIME_ZONE=Asia\/Shanghai/);
    expect(open(db)).toMatchObject({ storeId: 'x', createdAt: 77 });
  });

  test.each([
    ['Asia/Chongqing', 'asia/shanghai'],
    ['Asia/Kolkata', 'Asia/Calcutta'],
    ['Europe/Kyiv', 'Europe/Kiev'],
    ['Etc/UTC', 'Etc/GMT'],
    ['US/Eastern', 'america/new_york'],
  ])('[KP14] a store of %s opens as %s: a link is equal to its target', (made, asked) => {
    const db = filled({ timeZone: made });
    expect(open(db, { timeZone: asked })).toMatchObject({ storeId: 'x', createdAt: 77 });
  });

  test('a store of an earlier version that took a short name is reported by the name of the zone it was', () => {
    const db = filled({ timeZone: 'CST' });
    expect(() => open(db, { timeZone: 'Asia/Shanghai' })).toThrow('TIME_ZONE=America/Chicago');
    expect(open(db, { timeZone: 'America/Chicago' })).toMatchObject({ storeId: 'x', createdAt: 77 });
  });

  test.each([
    ['CNY', 'JPY'],
    ['KWD', 'BHD'],
  ])('[KP15] a store in %s refuses %s, and the line says what to set', (made, asked) => {
    const db = filled({ currency: made });
    expect(() => open(db, { currency: asked })).toThrow(new RegExp(`in ${made}.*say ${asked}.*CURRENCY=${made}`));
    expect(open(db, { currency: made })).toMatchObject({ storeId: 'x', createdAt: 77 });
  });

  test('a store of a version that did not keep the currency takes the one it is opened with, for good', () => {
    const db = filled();
    db.exec("delete from meta where name = 'currency'");
    open(db, { currency: 'SGD' });
    expect(() => open(db, { currency: 'CNY' })).toThrow('CURRENCY=SGD');
  });
});

test('a store that holds nothing yet takes another zone and another currency', () => {
  const db = store();
  open(db);
  expect(open(db, { timeZone: 'Asia/Tokyo', currency: 'JPY' })).toMatchObject({ timeZone: 'Asia/Tokyo', currency: 'JPY', createdAt: 77 });
  expect(open(db, { timeZone: 'Asia/Tokyo', currency: 'JPY' })).toMatchObject({ timeZone: 'Asia/Tokyo', currency: 'JPY' });
});

test('the store itself refuses, before it writes anything', async () => {
  const file = join(temporaryFolder(), 'store.db');
  const made = await openStore({ file, timeZone: 'Asia/Shanghai', newStoreId: 'x', now: () => 77 });
  await made.log.append([{ topic: 'sales', key: 'k', value: new Uint8Array([1]) }], 5);
  await made.close();
  const other = { file, timeZone: 'Asia/Shanghai', currency: 'USD', newStoreId: 'y', now: () => 78 };
  await expect(openStore(other)).rejects.toThrow(/in CNY.*say USD.*CURRENCY=CNY/);
});
