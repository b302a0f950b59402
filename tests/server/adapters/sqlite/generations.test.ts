import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../../../server/adapters/sqlite/open/open-store.ts';
import { orderWrite } from '../../../contracts/store/samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('[R6] a customer’s orders are found wherever in the order of arrival they lie', async () => {
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
  const events = await store.write((tx) => tx.eventsOfCustomers(['regular', 'late', 'early', 'b40000']));
  expect([...events.values()].map(({ customerId, orders }) => [customerId, orders.map(({ order }) => order?.key)])).toEqual([
    ['regular', ['/shop 0', '/shop 30000', '/shop 60000']],
    ['late', ['/shop 5']],
    ['early', [`/shop ${count - 1}`]],
    ['b40000', ['/shop 40000']],
  ]);
  await store.close();
});
