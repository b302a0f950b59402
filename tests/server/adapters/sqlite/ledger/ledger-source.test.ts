import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { openLedgerSource } from '../../../../../server/adapters/sqlite/ledger/ledger-source.ts';
import { openStore } from '../../../../../server/adapters/sqlite/open/open-store.ts';
import { startScript } from '../child.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const script = fileURLToPath(new URL('./child-with-reader.ts', import.meta.url));

test('[I1] the next server opens the store of one that was killed while another process was reading it for the ledger', async () => {
  const file = join(temporaryFolder(), 'store.db');
  const server = startScript(script, [file]);
  onTestFinished(() => server.kill());
  await server.printed(1);
  await server.kill();
  const store = await openStore({ file, timeZone: 'UTC', newStoreId: 'x', now: Date.now });
  expect((await store.reads.counts())['order']).toBe(3_000);
  await store.close();
});

test('a source of a file that is none, or is no store, says so', () => {
  const file = join(temporaryFolder(), 'nothing.db');
  expect(() => openLedgerSource(file)).toThrow('unable to open');
});
