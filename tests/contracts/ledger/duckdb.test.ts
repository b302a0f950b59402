import { openThreadlessStore, removeStore } from '../../helpers/threadless-store.ts';
import { openLedger, statusWhere } from '../../helpers/duck-ledger.ts';
import { registerLedgerContract } from './ledger-contract.ts';

registerLedgerContract('DuckDB', async (timeZone) => {
  const store = openThreadlessStore({ now: () => 1_000_000, timeZone });
  const ledger = openLedger(store.folder);
  await statusWhere(ledger, ({ state }) => state === 'ready');
  return {
    ledger,
    append: async (rows) => ledger.advance(await store.write((tx) => tx.appendLedger(rows))),
    async dispose() {
      await ledger.stop();
      await store.close();
      removeStore(store);
    },
  };
});
