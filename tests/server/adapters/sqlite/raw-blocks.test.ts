import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { zstdDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openStore } from '../../../../server/adapters/sqlite/open/open-store.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('raw bytes are kept as they came, one block a call, and dropped by age', async () => {
  const folder = temporaryFolder();
  const store = await openStore({ file: join(folder, 'store.db'), timeZone: 'UTC', newStoreId: 'x', now: Date.now });
  const raw = (receivedAt: number, ...offsets: number[]) => ({
    ...{ partition: 'kafka sales/0', receivedAt, offsets },
    bytes: offsets.map((n) => Buffer.from(`{"n":${n},"文":"漏水"}`)),
  });
  await store.write((tx) => tx.putRaw(raw(10, 1, 2)));
  await store.write(async (tx) => {
    await tx.putRaw(raw(20, 3));
    await tx.putRaw(raw(20));
  });
  await store.write((tx) => tx.putRaw(raw(30, 4)).then(() => Promise.reject(new Error('planted')))).catch(() => undefined);
  expect((await store.reads.counts())['rawRecords']).toBe(3);

  const db = new DatabaseSync(join(folder, 'store.db'), { readOnly: true });
  const [block] = db.prepare('select first_received_at, last_received_at, block from raw_blocks order by id').all();
  expect(block).toMatchObject({ first_received_at: 10, last_received_at: 10 });
  const bytes = zstdDecompressSync(block?.['block'] as Uint8Array);
  const indexLength = bytes.readUInt32LE(0);
  expect(JSON.parse(bytes.subarray(4, 4 + indexLength).toString())).toEqual({
    ...{ partition: 'kafka sales/0', receivedAt: 10, offsets: [1, 2], lengths: [22, 22] },
  });
  expect(bytes.subarray(4 + indexLength).toString()).toBe('{"n":1,"文":"漏水"}{"n":2,"文":"漏水"}');
  db.close();

  expect(await store.dropRawBefore(10)).toBe(0);
  expect(await store.dropRawBefore(11)).toBe(2);
  expect((await store.reads.counts())['rawRecords']).toBe(1);
  await store.close();
});
