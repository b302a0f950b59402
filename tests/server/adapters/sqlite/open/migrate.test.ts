import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { migrate } from '../../../../../server/adapters/sqlite/open/migrate.ts';
import type { Migration } from '../../../../../server/adapters/sqlite/migrations/all.ts';

const one: Migration = { version: 1, name: 'one', sql: 'create table a (x integer); insert into a values (1)' };
const two: Migration = { version: 2, name: 'two', sql: 'alter table a add column y integer; update a set y = x + 1' };
const memory = () => new DatabaseSync(':memory:');
const rows = (db: DatabaseSync) =>
  db
    .prepare('select * from a')
    .all()
    .map((r) => ({ ...r }));

test('migrations run once each, in order, whatever was there', () => {
  const db = memory();
  migrate(db, [one], 5);
  migrate(db, [one, two], 6);
  migrate(db, [one, two], 7);
  expect(rows(db)).toEqual([{ x: 1, y: 2 }]);
  expect(
    db
      .prepare('select version, name, applied_at from migrations')
      .all()
      .map((r) => ({ ...r })),
  ).toEqual([
    { version: 1, name: 'one', applied_at: 5 },
    { version: 2, name: 'two', applied_at: 6 },
  ]);
});

test('a migration that fails half-way leaves the schema before it', () => {
  const db = memory();
  migrate(db, [one], 5);
  const broken = { ...two, sql: `${two.sql}; insert into nothing values (1)` };
  expect(() => migrate(db, [one, broken], 6)).toThrow('nothing');
  expect(rows(db)).toEqual([{ x: 1 }]);
  migrate(db, [one, two], 7);
  expect(rows(db)).toEqual([{ x: 1, y: 2 }]);
});

test('a new store gets all steps or none, in one transaction', () => {
  const db = memory();
  const broken = { ...two, sql: `${two.sql}; insert into nothing values (1)` };
  expect(() => migrate(db, [one, broken], 5)).toThrow('nothing');
  expect(db.prepare('select version from migrations').all()).toEqual([]);
  expect(() => rows(db)).toThrow('no such table');
  migrate(db, [one, two], 6);
  expect(rows(db)).toEqual([{ x: 1, y: 2 }]);
});

test('an older program refuses a newer schema and names both versions', () => {
  const db = memory();
  migrate(db, [one, two], 5);
  expect(() => migrate(db, [one], 6)).toThrow(/schema version 2.*up to 1/);
});

test('an edited migration is refused', () => {
  const db = memory();
  migrate(db, [one], 5);
  expect(() => migrate(db, [{ ...one, sql: `${one.sql} ` }], 6)).toThrow('migration 1 (one)');
});
