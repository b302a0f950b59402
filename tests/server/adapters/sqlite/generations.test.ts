import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../../../server/adapters/sqlite/open/open-store.ts';
import { orderWrite } from '../../../contracts/store/samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('a customer’s first event is found wherever in the order of arrival it lies', async () => {
  const store = await openStore({ file: join(temporaryFolder(), 'store.db'), timeZone: 'UTC', newStoreId: 'x', now: Date.now });
  // More than two generations of 32,768; 'late' arrives first and was paid last, 'early' the other way round.
  const count = 70_000;
  const buyer = (i: number): string => (i % 30_000 === 0 ? 'regular' : i === 5 ? 'late' : i === count - 1 ? 'early' : `b${i}`);
  const paidAt = (i: number): number => (i === 5 ? 9e9 : i === count - 1 ? 1 : 1_000 + ((i * 7_919) % count));
  for (let from = 0; from < count; from += 10_000) {
    const batch = Array.from({ length: 10_000 }, (_, i) =>
      orderWrite({ orderId: `${from + i}`, buyerId: buyer(from + i), paidAt: paidAt(from + i) }),
    );
    await store.write((tx) => tx.putFacts(batch));
  }
  const firsts = await store.write((tx) => tx.firstEvents(['regular', 'late', 'early', 'b40000']));
  const expected = Math.min(...[0, 30_000, 60_000].map(paidAt));
  expect([...firsts.values()].map((f) => [f.customerId, f.at])).toEqual([
    ['regular', expected],
    ['late', 9e9],
    ['early', 1],
    ['b40000', paidAt(40_000)],
  ]);
  await store.close();
});
