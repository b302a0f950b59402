import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { openStore } from '../../../../server/adapters/sqlite/open/open-store.ts';
import { orderWrite } from '../../../contracts/store/samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('the event loop goes on turning while a batch of 20,000 orders is written', async () => {
  const store = await openStore({ file: join(temporaryFolder(), 'store.db'), timeZone: 'UTC', newStoreId: 'x', now: Date.now });
  const writes = Array.from({ length: 20_000 }, (_, i) =>
    orderWrite({ orderId: `o${i}`, buyerId: `b${(i * 7_919) % 5_003}`, paidAt: i * 1_000 }),
  );
  const refs = writes.map((w) => ({ kind: 'order' as const, key: w.fact.key, version: 1 }));
  const customerIds = writes.map((w) => (w.columns.kind === 'order' ? w.columns.customerId : null) ?? '');
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let turns = 0;
  let turning = true;
  const turn = (): void => {
    turns++;
    if (turning) setImmediate(turn);
  };
  turn();
  delay.enable();
  await store.write(async (tx) => {
    await tx.loadFacts(refs);
    await tx.putFacts(writes);
    await tx.customers(customerIds);
    await tx.firstEvents(customerIds);
  });
  delay.disable();
  turning = false;
  const maxMs = delay.max / 1e6;
  process.stdout.write(`longest stall ${maxMs.toFixed(1)} ms, ${turns} turns\n`);
  expect(turns).toBeGreaterThan(3);
  // The promise is 20 ms on an idle machine; tests share theirs.
  expect(maxMs).toBeLessThan(200);
  await store.close();
});
