import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../../../../server/adapters/sqlite/open/open-store.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const open = (folder: string) => openStore({ file: join(folder, 'store.db'), timeZone: 'UTC', newStoreId: 'x', now: Date.now });
const record = (topic: string, text: string) => ({ topic, key: `k-${text}`, value: new TextEncoder().encode(text) });
const text = (bytes: Uint8Array | null) => new TextDecoder().decode(bytes ?? undefined);

test('offsets start at 0 and are dense per topic, whatever the calls were', async () => {
  const store = await open(temporaryFolder());
  await store.log.append([record('sales', 'a'), record('leads', 'b'), record('sales', 'c')], 5);
  await Promise.all(['d', 'e', 'f'].map((t) => store.log.append([record('sales', t)], 6)));
  const read = await store.log.read('sales', 0, 1e6);
  expect(read.map((r) => [r.offset, text(r.value), text(r.key), r.appendedAt])).toEqual([
    [0, 'a', 'k-a', 5],
    [1, 'c', 'k-c', 5],
    [2, 'd', 'k-d', 6],
    [3, 'e', 'k-e', 6],
    [4, 'f', 'k-f', 6],
  ]);
  expect([await store.log.end('sales'), await store.log.end('leads'), await store.log.end('never')]).toEqual([5, 1, 0]);
  await store.close();
});

test('reading stops once the values pass the size, after one record at least', async () => {
  const store = await open(temporaryFolder());
  await store.log.append(
    ['aaaa', 'bbbb', 'cccc'].map((t) => record('sales', t)),
    5,
  );
  const read = async (from: number, bytes: number) => (await store.log.read('sales', from, bytes)).map((r) => r.offset);
  expect(await read(0, 1)).toEqual([0]);
  expect(await read(0, 5)).toEqual([0, 1]);
  expect(await read(1, 1e6)).toEqual([1, 2]);
  expect(await read(3, 1e6)).toEqual([]);
  await store.close();
});

test('[I12] trimmed records are gone, their offsets are never given again, and the start tells of it', async () => {
  const folder = temporaryFolder();
  const store = await open(folder);
  await store.log.append(
    Array.from({ length: 2_500 }, (_, i) => record('sales', `${i}`)),
    5,
  );
  await store.log.trim('sales', 2_400);
  expect([await store.log.start('sales'), await store.log.end('sales')]).toEqual([2_400, 2_500]);
  expect((await store.log.read('sales', 0, 1)).map((r) => r.offset)).toEqual([2_400]);
  await store.log.trim('sales', 9_999);
  await store.close();
  const again = await open(folder);
  expect([await again.log.start('sales'), await again.log.end('sales')]).toEqual([2_500, 2_500]);
  await again.log.append([record('sales', 'next')], 6);
  expect((await again.log.read('sales', 0, 1)).map((r) => r.offset)).toEqual([2_500]);
  await again.close();
});

test('[I11] records are not readable before they are durable', async () => {
  const store = await open(temporaryFolder());
  const many = Array.from({ length: 20_000 }, (_, i) => record('sales', `${i}`));
  // The first read of a store starts the thread it runs in.
  const seen = new Set([(await store.log.read('sales', 0, 1e9)).length]);
  let done = false;
  const appended = store.log.append(many, 5).then(() => {
    done = true;
  });
  while (!done) {
    seen.add((await store.log.read('sales', 0, 1e9)).length);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await appended;
  seen.add((await store.log.read('sales', 0, 1e9)).length);
  expect([...seen]).toEqual([0, 20_000]);
  await store.close();
});
