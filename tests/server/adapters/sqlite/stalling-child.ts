/** A process of its own that writes a batch of 20,000 orders and prints how long its event loop was held up meanwhile: `node stalling-child.ts <file>`. */
import { openStore } from '../../../../server/adapters/sqlite/open/open-store.ts';
import { salesRow } from '../../../contracts/store/ledger-cases.ts';
import { orderWrite } from '../../../contracts/store/samples.ts';

const [file = ''] = process.argv.slice(2);
const store = await openStore({ file, timeZone: 'UTC', newStoreId: 'x', now: Date.now });
const writes = Array.from({ length: 20_000 }, (_, i) =>
  orderWrite({ orderId: `o${i}`, buyerId: `b${(i * 7_919) % 5_003}`, paidAt: i * 1_000 }),
);
const refs = writes.map((w) => ({ kind: 'order' as const, key: w.fact.key, version: 1 }));
const customerIds = writes.map((w) => (w.columns.kind === 'order' ? w.columns.customerId : null) ?? '');
const rows = writes.flatMap((_, i) => [salesRow(`o${i}`, i), salesRow(`o${i}`, i)]);
let turns = 0;
let longestMs = 0;
let turning = true;
let before = process.threadCpuUsage();
// Work between two turns of the loop, not time: others share the machine with tests.
const turn = (): void => {
  const { user, system } = process.threadCpuUsage(before);
  before = process.threadCpuUsage();
  longestMs = Math.max(longestMs, (user + system) / 1_000);
  turns++;
  if (turning) setImmediate(turn);
};
turn();
await store.write(async (tx) => {
  await tx.loadFacts(refs);
  await tx.putFacts(writes);
  await tx.customerRows(customerIds);
  await tx.eventsOfCustomers(customerIds);
  await tx.appendLedger(rows);
});
turning = false;
console.log(JSON.stringify({ longestMs, turns }));
await store.close();
