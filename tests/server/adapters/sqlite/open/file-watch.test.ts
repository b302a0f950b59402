/** [I15] The store's files are ours alone: what happens to a store whose files are removed or replaced while it is open. */
import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openStore, type SqliteStore } from '../../../../../server/adapters/sqlite/open/open-store.ts';
import { StoreFilesLost } from '../../../../../server/adapters/sqlite/open/store-files.ts';
import { StoreInUse } from '../../../../../server/adapters/sqlite/open/store-lock.ts';
import { Unavailable } from '../../../../../server/pipeline/ports/errors.ts';
import { startChild } from '../child.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const options = (file: string) => ({ file, timeZone: 'Etc/UTC', newStoreId: 'x', now: Date.now });
const remove = (file: string) => rmSync(file);
const replace = (file: string) => {
  renameSync(file, `${file}.moved`);
  copyFileSync(`${file}.moved`, file);
};
const count = (store: SqliteStore) => store.write((tx) => tx.countAttempt('p'));

describe.each(['', '-wal', '.lock', '-shm'])('[I15] the file store.db%s', (end) => {
  test.each([
    ['removed', remove],
    ['replaced', replace],
  ])('%s: no write is answered as stored after it, and the watch ends with a line that names it', async (how, act) => {
    const file = join(temporaryFolder(), 'store.db');
    const store = await openStore(options(file));
    await count(store);
    act(`${file}${end}`);
    await expect(count(store)).rejects.toThrow(Unavailable);
    await expect(store.log.append([{ topic: 'sales', key: 'k', value: new Uint8Array([1]) }], 1)).rejects.toMatchObject({
      code: 'store_files_lost',
    });
    await expect(store.watch()).rejects.toThrow(StoreFilesLost);
    await expect(store.watch()).rejects.toThrow(`store.db${end} was ${how}`);
    await store.close();
  });
});

test('[I15] it is noticed without a write', async () => {
  const file = join(temporaryFolder(), 'store.db');
  const store = await openStore(options(file));
  await count(store);
  remove(`${file}-wal`);
  await expect(store.watch()).rejects.toThrow(StoreFilesLost);
  await store.close();
});

test.each([
  ['removed', remove],
  ['replaced by a copy', replace],
])('[I15] what was answered before the log was %s is kept', async (_how, act) => {
  const file = join(temporaryFolder(), 'store.db');
  const child = startChild(file, 'write');
  onTestFinished(() => child.kill());
  await child.printed(30);
  act(`${file}-wal`);
  await child.ended();
  const store = await openStore(options(file));
  const before = Number(child.lines.at(-1));
  expect(await count(store)).toBeDefined();
  expect(await store.write((tx) => tx.countAttempt('counter'))).toBeGreaterThan(before);
  await store.close();
});

test('[I15] a reader that holds up the move of the log is waited for', async () => {
  const file = join(temporaryFolder(), 'store.db');
  const store = await openStore(options(file));
  await count(store);
  const reader = new DatabaseSync(file, { readOnly: true });
  reader.exec('begin');
  reader.prepare('select count(*) from attempts').get();
  await count(store);
  remove(`${file}-wal`);
  await expect(count(store)).rejects.toThrow(Unavailable);
  setTimeout(() => reader.close(), 300);
  await expect(store.watch()).rejects.toThrow(StoreFilesLost);
  await store.close();
  const again = await openStore(options(file));
  // The refused one may be kept too: it was not answered as stored.
  expect(await count(again)).toBeGreaterThanOrEqual(3);
  await again.close();
});

test('[I15] a second server stays out while the first, whose lock file was removed, still has the store', async () => {
  const file = join(temporaryFolder(), 'store.db');
  const child = startChild(file, 'hold');
  onTestFinished(() => child.kill());
  await child.printed(1);
  child.process.kill('SIGSTOP');
  remove(`${file}.lock`);
  await expect(openStore(options(file))).rejects.toThrow(StoreInUse);
});

test('a store that is closed in peace ends its watch in peace', async () => {
  const file = join(temporaryFolder(), 'store.db');
  const store = await openStore(options(file));
  const watched = store.watch();
  await store.close();
  await expect(watched).resolves.toBeUndefined();
});
