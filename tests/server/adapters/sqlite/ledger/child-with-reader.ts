/**
 * A server's process with a process of its own that reads the store for the ledger, for a test that kills the former:
 * `node child-with-reader.ts <file>`. Prints a line once the other one reads.
 */
import { fork } from 'node:child_process';
import { writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openLedgerSource } from '../../../../../server/adapters/sqlite/ledger/ledger-source.ts';
import { openStore } from '../../../../../server/adapters/sqlite/open/open-store.ts';
import { orderWrite } from '../../../../contracts/store/samples.ts';

const [file = '', role = 'server'] = process.argv.slice(2);
const ORDERS = 3_000;

if (role === 'server') {
  const store = await openStore({ file, timeZone: 'UTC', newStoreId: 'child', now: Date.now });
  await store.write((tx) =>
    tx.putFacts(Array.from({ length: ORDERS }, (_, i) => orderWrite({ orderId: `${i}`, buyerId: `B${i % 1_000}` }))),
  );
  const reader = fork(fileURLToPath(import.meta.url), [file, 'reader']);
  reader.once('message', () => writeSync(1, 'reading\n'));
  setInterval(() => undefined, 60_000);
} else {
  // The way of every helper process: without its parent it ends.
  process.once('disconnect', () => process.exit(0));
  const source = openLedgerSource(file);
  for (let round = 0; ; round++) {
    const snapshot = source.snapshot();
    for (const page of snapshot.entities()) {
      if (round === 1 && page[0]?.entity === 'order') process.send?.(page.length);
      await new Promise(setImmediate);
    }
    snapshot.close();
  }
}
