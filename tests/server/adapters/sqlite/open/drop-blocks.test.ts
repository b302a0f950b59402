import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLedgerSource } from '../../../../../server/adapters/sqlite/ledger/ledger-source.ts';
import { openStore } from '../../../../../server/adapters/sqlite/open/open-store.ts';
import { salesRow } from '../../../../contracts/store/ledger-cases.ts';
import { temporaryFolder } from '../temporary-folder.ts';

test('[I1] ledger blocks are dropped only when they were moved and are old; their bytes are known, and positions go on', async () => {
  const file = join(temporaryFolder(), 'store.db');
  let now = 0;
  const store = await openStore({ file, timeZone: 'UTC', newStoreId: 'x', now: () => now });
  const source = openLedgerSource(file);
  const some = Array.from({ length: 3_000 }, (_, i) => salesRow(`${i}`, i));
  const append = () => store.write((tx) => tx.appendLedger(some));
  expect(await store.reads.ledgerBytes()).toBe(0);
  for (now = 1; now <= 250; now++) await append();
  const bytes = await store.reads.ledgerBytes();
  expect(bytes).toBeGreaterThan(10_000);

  expect(await store.dropLedgerBlocks(0, 1_000)).toBe(0);
  expect(await store.dropLedgerBlocks(1_000, 1)).toBe(0);
  expect(await store.dropLedgerBlocks(210, 231)).toBe(210);
  expect(source.bounds()).toEqual({ oldest: 211, newest: 250 });
  expect(await store.dropLedgerBlocks(1_000, 231)).toBe(20);
  expect(source.bounds()).toEqual({ oldest: 231, newest: 250 });
  expect(source.blocks(230, 1)[0]?.rows).toEqual(some);
  expect(Math.abs((await store.reads.ledgerBytes()) - (bytes * 20) / 250)).toBeLessThan(100);

  expect(await store.dropLedgerBlocks(1_000, 1_000)).toBe(20);
  expect([source.bounds(), await store.reads.ledgerBytes()]).toEqual([{ oldest: null, newest: 250 }, 0]);
  expect(await append()).toBe(251);
  expect(store.fileSizes()['']).toBeGreaterThan(0);
  source.close();
  await store.close();
});
