/** A store of a version that kept no rows of customers has them after it is opened. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWriter } from '../../../../../server/adapters/sqlite/connection.ts';
import { migrations } from '../../../../../server/adapters/sqlite/migrations/all.ts';
import type { CountingProgress } from '../../../../../server/adapters/sqlite/open/customers-anew.ts';
import { migrate } from '../../../../../server/adapters/sqlite/open/migrate.ts';
import { openStore } from '../../../../../server/adapters/sqlite/open/open-store.ts';
import { createExecutor } from '../../../../../server/adapters/sqlite/threads/executor.ts';
import { createBlockPositions } from '../../../../../server/adapters/sqlite/transaction/block-positions.ts';
import { createPacer } from '../../../../../server/adapters/sqlite/transaction/pacer.ts';
import { createStoreWriter } from '../../../../../server/adapters/sqlite/transaction/store-writer.ts';
import { createWriteQueue } from '../../../../../server/adapters/sqlite/transaction/write-queue.ts';
import { customerRows } from '../../../../../server/domain/ledger/customer-events.ts';
import { leadWrite, orderWrite, refundWrite, signingWrite } from '../../../../contracts/store/samples.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const CUSTOMERS = 700;
const ids = [...Array.from({ length: CUSTOMERS }, (_, i) => `K${i}`), 'signed only'];

/** Of schema 6, with more orders than one page holds. */
async function olderStore(): Promise<string> {
  const file = join(temporaryFolder(), 'store.db');
  const db = openWriter(file);
  migrate(db, migrations.slice(0, 6), 1);
  const execute = createExecutor(db);
  const queue = createWriteQueue(
    async (steps) => execute(steps),
    () => undefined,
  );
  const write = createStoreWriter(queue, { pacer: createPacer(), now: () => 1, positions: createBlockPositions(), clock: { shifts: [] } });
  await write((tx) =>
    tx.putFacts([
      ...Array.from({ length: 2_500 }, (_, i) => orderWrite({ orderId: `${i}`, buyerId: `K${(i * 11) % CUSTOMERS}`, paidAt: 10_000 - i })),
      ...Array.from({ length: 500 }, (_, i) => refundWrite(`r${i}`, `${i * 5}`, 20_000, 100)),
      leadWrite('L', 1),
      signingWrite('L', 'K3', 2),
      signingWrite('L2', 'signed only', 3),
    ]),
  );
  db.close();
  return file;
}

const open = (file: string, counting: CountingProgress) => openStore({ file, timeZone: 'UTC', newStoreId: 'x', now: () => 5, counting });

test('[R6] every customer of an older store is counted from the facts, once', async () => {
  const file = await olderStore();
  const told: (readonly [number, number])[] = [];
  let store = await open(file, (...progress) => told.push(progress));
  expect(told).toEqual([
    [0, 2_502],
    [1_000, 2_502],
    [2_000, 2_502],
    [2_500, 2_502],
    [2_500, 2_502],
    [2_502, 2_502],
  ]);
  const { events, rows } = await store.write(async (tx) => ({ events: await tx.eventsOfCustomers(ids), rows: await tx.customerRows(ids) }));
  expect(rows.size).toBe(ids.length);
  for (const [id, event] of events) expect(rows.get(id)).toEqual(customerRows(event));
  expect([...rows.values()].some((one) => one.length > 1)).toBe(true);
  await store.close();
  told.length = 0;
  store = await open(file, (...progress) => told.push(progress));
  await store.close();
  expect(told).toEqual([]);
});

test('[R6] a count that was ended in the middle is gone on with', async () => {
  const file = await olderStore();
  const interrupted = open(file, (done) => {
    if (done === 1_000) throw new Error('ended');
  });
  await expect(interrupted).rejects.toThrow('ended');
  const told: number[] = [];
  const store = await open(file, (done) => told.push(done));
  expect(told[0]).toBe(1_000);
  const { events, rows } = await store.write(async (tx) => ({ events: await tx.eventsOfCustomers(ids), rows: await tx.customerRows(ids) }));
  for (const id of ids) expect(rows.get(id)).toEqual(customerRows(events.get(id) ?? { customerId: id, orders: [], signings: [] }));
  await store.close();
});
