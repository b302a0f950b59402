/**
 * A process of its own with a store, for tests that kill it: `node child-store.ts <file> <mode>`.
 * `hold` opens and waits; `write` commits pairs of rows for ever and prints each number once it is acknowledged.
 */
import { writeSync } from 'node:fs';
import { Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import { openStore } from '../../../../server/adapters/sqlite/open/open-store.ts';

const [file = '', mode = 'hold'] = process.argv.slice(2);
const store = await openStore({ file, timeZone: 'UTC', newStoreId: 'child', now: Date.now });
store.announce('http://127.0.0.1:8080');
// Whoever writes is refused at once; the process ends when the watch does.
store.watch().catch(() => process.exit(1));
writeSync(1, 'open\n');

setInterval(() => undefined, 60_000);
if (mode === 'write') {
  for (;;) {
    const number = await store
      .write(async (tx) => {
        const n = await tx.countAttempt('counter');
        await tx.countAttempt(`row ${n}`);
        return n;
      })
      .catch((error: unknown) => (error instanceof Unavailable ? null : Promise.reject(error)));
    if (number === null) break;
    writeSync(1, `${number}\n`);
  }
}
