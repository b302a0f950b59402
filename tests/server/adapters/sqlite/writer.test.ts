import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openStore, type SqliteStore } from '../../../../server/adapters/sqlite/open/open-store.ts';
import { BadData } from '../../../../server/pipeline/ports/errors.ts';
import type { StoreTx } from '../../../../server/pipeline/ports/transaction.ts';
import { orderWrite } from '../../../contracts/store/samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function withStore(work: (store: SqliteStore) => Promise<void>): Promise<void> {
  const store = await openStore({ file: join(temporaryFolder(), 'store.db'), timeZone: 'UTC', newStoreId: 'x', now: Date.now });
  await work(store);
  await store.close();
}
const orders = (from: number, count: number) => Array.from({ length: count }, (_, i) => orderWrite({ orderId: `${from + i}` }));

test('[I1] a write that fails after it was asked for fails the transaction, and with it what was asked for later', () =>
  withStore(async (store) => {
    await store.write((tx) => tx.putFacts(orders(0, 1)));
    const twice = store.write(async (tx) => {
      await tx.putFacts(orders(0, 1));
      // Many messages behind the one that fails, none of which may begin a transaction of its own.
      await tx.putFacts(orders(1, 5_000)).catch(() => undefined);
      await tx.appendChange(['sales'], 1).catch(() => undefined);
      return 'went on';
    });
    await expect(twice).rejects.toBeInstanceOf(BadData);
    expect(await store.reads.counts()).toMatchObject({ order: 1 });
    expect(await store.reads.changeNumber()).toBe(0);
  }));

test('[I1] a transaction that begins behind a commit that fails stands for itself', () =>
  withStore(async (store) => {
    await store.write((tx) => tx.putFacts(orders(0, 1)));
    const bad = store.write((tx) => tx.putFacts(orders(0, 1)));
    const good = store.write((tx) => tx.putFacts(orders(1, 1)));
    const thrown = store.write(async (tx) => {
      await tx.putFacts(orders(2, 2_000));
      throw new Error('planted');
    });
    const last = store.write((tx) => tx.putFacts(orders(2, 1)));
    const results = await Promise.allSettled([bad, good, thrown, last]);
    expect(results.map((r) => r.status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await store.reads.counts()).toMatchObject({ order: 3 });
  }));

test('what was asked for as the transaction fails is answered, by a failure', () =>
  withStore(async (store) => {
    let asked: Promise<unknown> | undefined;
    const failed = store.write(async (tx) => {
      // Just before the failure is heard of: the question has no time to be sent.
      void Promise.resolve().then(() => {
        asked = tx.offset('sales', 0);
        asked.catch(() => undefined);
      });
      throw new Error('planted');
    });
    await expect(failed).rejects.toThrow('planted');
    // Without an answer this would wait for ever.
    await expect(asked).rejects.toThrow('rolled back');
  }));

test('within a transaction reads see what was written before them, however it travelled', () =>
  withStore(async (store) => {
    await store.write(async (tx) => {
      for (let n = 0; n < 3; n++) {
        await tx.putFacts(orders(n * 700, 700));
        expect(await tx.pageFacts('order', null, 10_000)).toHaveLength((n + 1) * 700);
      }
    });
  }));

test('a transaction kept and used after its end is a bug that shows itself', () =>
  withStore(async (store) => {
    let kept: StoreTx | undefined;
    await store.write(async (tx) => {
      kept = tx;
      await tx.appendChange(['sales'], 1);
    });
    await expect(kept?.appendChange(['sales'], 2)).rejects.toThrow('after its end');
    expect(await store.reads.changeNumber()).toBe(1);
  }));

test('[I9] a writing thread that ends by itself ends the process with a line that says so', () => {
  const script = fileURLToPath(new URL('./child-writer-lost.ts', import.meta.url));
  const file = join(temporaryFolder(), 'missing', 'x.db');
  const child = spawnSync(process.execPath, ['--no-warnings', script, file], { encoding: 'utf8', timeout: 30_000 });
  expect(child.status).toBe(1);
  expect(child.stderr).toContain("the store's writing thread ended (unable to open database file)");
}, 60_000);
