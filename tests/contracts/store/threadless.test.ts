import { join } from 'node:path';
import { openLedgerSource } from '../../../server/adapters/sqlite/ledger/ledger-source.ts';
import { openThreadlessStore, removeStore } from '../../helpers/threadless-store.ts';
import { registerStoreContract, type OpenedStore } from './store-contract.ts';

registerStoreContract('SQLite without threads, as tests use it', async (now) => {
  const open = async (folder?: string): Promise<OpenedStore> => {
    const store = openThreadlessStore({ now, timeZone: 'UTC', ...(folder === undefined ? {} : { folder }) });
    return {
      store,
      openSource: () => openLedgerSource(join(store.folder, 'store.db')),
      async reopen() {
        await store.close();
        return open(store.folder);
      },
      async dispose() {
        await store.close();
        removeStore(store);
      },
    };
  };
  return open();
});
