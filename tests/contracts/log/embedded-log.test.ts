import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedLog } from '../../../server/adapters/log/embedded-log.ts';
import { openStore } from '../../../server/adapters/sqlite/open/open-store.ts';
import { systemClock } from '../../../server/adapters/system/clock.ts';
import { silentLogger } from '../../helpers/silent-logger.ts';
import { registerLogContract } from './log-contract.ts';

registerLogContract('embedded, in a SQLite store', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'warroom-log-'));
  const store = await openStore({ file: join(dir, 'store.db'), timeZone: 'Asia/Shanghai', newStoreId: 'test', now: () => Date.now() });
  const open = () =>
    createEmbeddedLog({ tables: store.log, storeId: store.storeId, topics: ['sales'], clock: systemClock, logger: silentLogger });
  let current = open();
  return {
    topic: 'sales',
    name: 'sales',
    producer: { append: (records) => current.producer.append(records) },
    consumer: () => (current = open()).consumer,
    close: async () => {
      await store.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
});
