import { join } from 'node:path';
import { truncateSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { StoreCorrupt, translate } from '../../../../server/adapters/sqlite/errors.ts';
import { openStore } from '../../../../server/adapters/sqlite/open/open-store.ts';
import { createThread } from '../../../../server/adapters/sqlite/threads/thread.ts';
import { BadData, Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import { incident, orderWrite } from '../../../contracts/store/samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

const sqliteError = (errcode: number) => Object.assign(new Error('planted'), { code: 'ERR_SQLITE_ERROR', errcode });
const open = (folder: string) => openStore({ file: join(folder, 'store.db'), timeZone: 'UTC', newStoreId: 'x', now: Date.now });

test('[I9] errors of the disk and locks are infrastructure, of values data, of the files corruption; all else stays a bug', () => {
  for (const code of [5, 6, 10, 13, 5 + (2 << 8), 10 + (3 << 8)]) expect(translate(sqliteError(code))).toBeInstanceOf(Unavailable);
  for (const code of [18, 19, 20, 1_555, 275, 1_299]) expect(translate(sqliteError(code))).toBeInstanceOf(BadData);
  for (const code of [11, 26, 779]) expect(translate(sqliteError(code))).toBeInstanceOf(StoreCorrupt);
  const misuse = sqliteError(1);
  expect(translate(misuse)).toBe(misuse);
  const bug = new TypeError('planted');
  expect(translate(bug)).toBe(bug);
});

test('[I9] a value the tables refuse fails its batch as data, and the next batch works', async () => {
  const store = await open(temporaryFolder());
  await store.write((tx) => tx.putFacts([orderWrite({ orderId: '1' })]));
  const twice = store.write((tx) => tx.putFacts([orderWrite({ orderId: '2' }), orderWrite({ orderId: '1' })]));
  await expect(twice).rejects.toBeInstanceOf(BadData);
  await store.write((tx) => tx.putFacts([orderWrite({ orderId: '2' })]));
  expect((await store.reads.counts())['order']).toBe(2);
  await store.close();
});

test('[I9] while a person’s tool holds the file the store is unavailable, soon says so, and goes on afterwards', async () => {
  const folder = temporaryFolder();
  const store = await open(folder);
  const tool = new DatabaseSync(join(folder, 'store.db'));
  tool.exec('begin immediate');
  const began = performance.now();
  const refusal: unknown = await store.write((tx) => tx.appendChange(['sales'], 1)).catch((e: unknown) => e);
  expect(refusal).toBeInstanceOf(Unavailable);
  expect((refusal as Unavailable).code).toBe('store_busy');
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(await store.reads.changeNumber()).toBe(0);
  tool.close();
  await store.write((tx) => tx.appendChange(['sales'], 1));
  expect(await store.reads.changeNumber()).toBe(1);
  await store.close();
});

test('[C1] audit lines can be neither changed nor deleted, not even by SQL', async () => {
  const folder = temporaryFolder();
  const store = await open(folder);
  const opened = { action: 'opened' as const, at: 1, actor: 'system', detail: {} };
  await store.write((tx) => tx.putIncidents([{ incident: incident('i'), previousVersion: 0, events: [opened] }]));
  await store.close();
  const db = new DatabaseSync(join(folder, 'store.db'));
  expect(() => db.exec(`update audit set actor = 'somebody'`)).toThrow('never changed');
  expect(() => db.exec('delete from audit')).toThrow('never deleted');
  db.close();
});

test('a file that is no store, or a damaged one, ends with a line that says to keep the files', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'store.db'), 'not a database '.repeat(1_000));
  await expect(open(folder)).rejects.toBeInstanceOf(StoreCorrupt);
  const other = temporaryFolder();
  const store = await open(other);
  await store.write((tx) => tx.putFacts(Array.from({ length: 500 }, (_, i) => orderWrite({ orderId: `${i}` }))));
  await store.close();
  truncateSync(join(other, 'store.db'), 8_192 * 3);
  const failed: unknown = await open(other)
    .then(async (damaged) => {
      try {
        await damaged.write((tx) => tx.pageFacts('order', null, 1_000));
        return undefined;
      } finally {
        await damaged.close();
      }
    })
    .catch((e: unknown) => e);
  expect(failed).toBeInstanceOf(StoreCorrupt);
  expect((failed as Error).message).toContain('keep them as they are');
});

test('a thread that dies fails its calls as unavailable, and the next call gets a new one', async () => {
  const folder = temporaryFolder();
  const script = join(folder, 'thread.mjs');
  writeFileSync(
    script,
    `import { parentPort } from 'node:worker_threads';
     parentPort.on('message', (message) => { if (message === 'stop') return parentPort.close(); for (const { method } of message) if (method === 'die') process.exit(3); parentPort.postMessage(message.map(({ id, method }) => ({ id, value: method }))); });`,
  );
  const thread = createThread(new URL(`file://${script}`), {}, 16);
  expect(await thread.call('a', [])).toBe('a');
  const lost = await Promise.allSettled([thread.call('die', []), thread.call('b', [])]);
  expect(lost.map((r) => r.status === 'rejected' && r.reason instanceof Unavailable)).toEqual([true, true]);
  expect(await thread.call('c', [])).toBe('c');
  await thread.stop();
  await expect(thread.call('d', [])).rejects.toBeInstanceOf(Unavailable);
});

test('closing the store leaves nothing behind that keeps a process alive, and waits for what is under way', async () => {
  const folder = temporaryFolder();
  const store = await open(folder);
  const reads = [store.reads.counts(), store.reads.changeNumber()];
  await store.close();
  expect(await Promise.all(reads)).toHaveLength(2);
  await expect(store.reads.changeNumber()).rejects.toBeInstanceOf(Unavailable);
});
