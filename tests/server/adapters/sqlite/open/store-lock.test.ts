import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../../../server/adapters/sqlite/open/open-store.ts';
import { holderOf, StoreInUse } from '../../../../../server/adapters/sqlite/open/store-lock.ts';
import { startChild } from '../child.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const options = (file: string) => ({ file, timeZone: 'UTC', newStoreId: 'x', now: Date.now });

async function holder(file: string) {
  const child = startChild(file, 'hold');
  onTestFinished(() => child.kill());
  await child.printed(1);
  return child;
}

test('a second server of one store is refused within 5 s with the pid and address of the first', async () => {
  const file = join(temporaryFolder(), 'store.db');
  const child = await holder(file);
  const began = performance.now();
  const refusal: unknown = await openStore(options(file)).catch((e: unknown) => e);
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(refusal).toBeInstanceOf(StoreInUse);
  expect((refusal as Error).message).toContain(`process ${child.process.pid}`);
  expect((refusal as Error).message).toContain('http://127.0.0.1:8080');
});

test('a second opener in the same process is refused too, and the first goes on', async () => {
  const file = join(temporaryFolder(), 'store.db');
  const first = await openStore(options(file));
  await expect(openStore(options(file))).rejects.toThrow(`process ${process.pid}`);
  await first.write((tx) => tx.countAttempt('p'));
  await first.close();
  expect(existsSync(`${file}.holder.json`)).toBe(false);
});

test('after SIGKILL of the owner the store opens at once', async () => {
  const file = join(temporaryFolder(), 'store.db');
  const child = await holder(file);
  await child.kill();
  // Nobody has the lock any more, so nobody is waited for: it takes no longer than where nobody ever had it, give or take a second.
  expect(holderOf(file)).toBeNull();
  const opening = async (at: string): Promise<number> => {
    const began = performance.now();
    const store = await openStore(options(at));
    const took = performance.now() - began;
    await store.close();
    return took;
  };
  const usual = await opening(join(temporaryFolder(), 'another.db'));
  expect(await opening(file)).toBeLessThan(usual + 1_000);
});

test('the owner’s own readers are not shut out by its lock', async () => {
  const store = await openStore(options(join(temporaryFolder(), 'store.db')));
  await store.write((tx) => tx.appendChange(['sales'], 1));
  expect(await store.reads.changeNumber()).toBe(1);
  await store.close();
});
