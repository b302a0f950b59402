import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createCheckpointer } from '../../../../../server/adapters/sqlite/threads/checkpointer.ts';
import { openReader, openWriter } from '../../../../../server/adapters/sqlite/connection.ts';
import { createWriteQueue } from '../../../../../server/adapters/sqlite/transaction/write-queue.ts';
import { createExecutor } from '../../../../../server/adapters/sqlite/threads/executor.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const BULK_PAGES = 64;
const PAGE = 8_192;

function open() {
  const file = join(temporaryFolder(), 'x.db');
  const db = openWriter(file);
  db.exec('create table t (a blob)');
  const failures: unknown[] = [];
  /** Of log not yet in the file, after each commit. */
  const pending: number[] = [];
  const checkpointer = createCheckpointer(file, (e) => failures.push(e), BULK_PAGES);
  const execute = createExecutor(db);
  const queue = createWriteQueue(
    async (steps) => execute(steps),
    (pages) => {
      pending.push(pages);
      checkpointer.committed(queue, pages);
    },
  );
  return {
    file,
    failures,
    pending,
    /** One transaction of about ten pages. */
    write: () => queue.transaction(async (transaction) => transaction.run('insert into t values (zeroblob(?))', [PAGE * 10])),
    async close() {
      await queue.idle();
      await checkpointer.stop();
      db.close();
    },
  };
}
const logPages = (file: string): number => statSync(`${file}-wal`).size / PAGE;

test('a writer that never rests does not make the log grow without end', async () => {
  const store = open();
  for (let i = 0; i < 400; i++) await store.write();
  // 4,000 pages were written; the log holds a few bulks and what came while they were moved.
  expect(logPages(store.file)).toBeLessThan(BULK_PAGES * 8);
  expect(store.failures).toEqual([]);
  await store.close();
});

test('the log is moved when it has grown by a bulk, not after every commit', async () => {
  const store = open();
  for (let i = 0; i < 70; i++) {
    await store.write();
    await sleep(5);
  }
  // A commit brings ten pages and a few around them, so those with fewer than twenty to move come right after a checkpoint.
  const afterMove = store.pending.filter((pages) => pages < 20).length;
  expect(afterMove).toBeGreaterThan(3);
  expect(afterMove).toBeLessThan(25);
  await store.close();
});

test('a long read only postpones the checkpoint', async () => {
  const store = open();
  const reader = openReader(store.file);
  await store.write();
  reader.exec('begin');
  reader.prepare('select count(*) from t').get();
  for (let i = 0; i < 40; i++) await store.write();
  const held = logPages(store.file);
  expect(held).toBeGreaterThan(400);
  reader.exec('commit');
  for (let i = 0; i < 100 && logPages(store.file) < held * 1.5; i++) {
    await store.write();
    await sleep(1);
  }
  expect(logPages(store.file)).toBeLessThan(held * 1.5);
  expect(store.failures).toEqual([]);
  reader.close();
  await store.close();
});
