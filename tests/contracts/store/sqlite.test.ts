import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLedgerSource } from '../../../server/adapters/sqlite/ledger/ledger-source.ts';
import { openStore } from '../../../server/adapters/sqlite/open/open-store.ts';
import { registerStoreContract, type OpenedStore } from './store-contract.ts';

registerStoreContract('SQLite', async (now) => {
  const folder = mkdtempSync(join(tmpdir(), 'warroom-store-'));
  const open = async (): Promise<OpenedStore> => {
    const store = await openStore({ file: join(folder, 'store.db'), timeZone: 'UTC', newStoreId: 'fresh', now });
    return {
      store,
      openSource: () => openLedgerSource(join(folder, 'store.db')),
      async reopen() {
        await store.close();
        return open();
      },
      async dispose() {
        await store.close();
        rmSync(folder, { recursive: true });
      },
    };
  };
  return open();
});
