/** What only the embedded log does: look behind it, share its turns, forget what is read. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmbeddedLog, type EmbeddedLogOptions } from '../../../../server/adapters/log/embedded-log.ts';
import { openStore, type SqliteStore } from '../../../../server/adapters/sqlite/open/open-store.ts';
import { systemClock } from '../../../../server/adapters/system/clock.ts';
import { RecordingHandler, until } from '../../../contracts/log/recording-handler.ts';
import { silentLogger } from '../../../helpers/silent-logger.ts';

describe('embedded log', () => {
  let dir: string;
  let store: SqliteStore;
  const stops: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'warroom-log-'));
    store = await openStore({ file: join(dir, 'store.db'), timeZone: 'Asia/Shanghai', newStoreId: 'test', now: () => Date.now() });
  });
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  });

  function open(options: Partial<EmbeddedLogOptions> = {}) {
    const log = createEmbeddedLog({
      ...{ tables: store.log, storeId: store.storeId, topics: ['sales', 'leads'], clock: systemClock, logger: silentLogger },
      ...options,
    });
    stops.push(() => log.consumer.stop());
    const append = (topic: string, count: number) =>
      log.producer.append(Array.from({ length: count }, (_, n) => ({ topic, key: 'k', value: Buffer.from(`${topic}${n}`) })));
    return { ...log, append };
  }

  it('[S3] says that it connects until its topics are open, before it is run too', async () => {
    const log = open();
    expect(log.consumer.health()).toMatchObject({ state: 'connecting', reason: 'connecting', lag: null });
    void log.consumer.run(new RecordingHandler());
    await until(() => log.consumer.health().state === 'running', 'a log that runs');
    expect(log.consumer.health().lag).toBe(0);
  });

  it('[I12] writes a gap when the log was trimmed past our offset, as after restoring an older store beside it', async () => {
    const log = open();
    await log.append('sales', 10);
    await store.log.trim('sales', 6);
    const handler = new RecordingHandler();
    handler.offsets.set('sales/0', { epoch: 1, nextOffset: 2 });
    void log.consumer.run(handler);
    await handler.has(4);
    expect(handler.gaps).toEqual([{ topic: 'sales', partition: 0, expected: 2, oldest: 6, cause: 'lost' }]);
    expect(log.consumer.health()).toMatchObject({ source: 'log', state: 'gap' });
  });

  it('forgets what lies further behind than it keeps, and nothing that is not yet read', async () => {
    const log = open({ keepRecords: 100, batchBytes: 300 });
    await log.append('sales', 500);
    const handler = new RecordingHandler();
    void log.consumer.run(handler);
    await handler.has(500);
    await until(() => log.consumer.health().lag === 0, 'the end');
    const kept = 500 - (await store.log.start('sales'));
    expect(kept).toBeGreaterThanOrEqual(100);
    expect(kept).toBeLessThan(300);
    expect(handler.gaps).toEqual([]);
  });

  it('lets a short topic through beside a long one', async () => {
    const log = open({ batchBytes: 200 });
    await log.append('sales', 400);
    await log.append('leads', 1);
    const handler = new RecordingHandler();
    void log.consumer.run(handler);
    await handler.has(401);
    expect(handler.values().indexOf('leads0')).toBeLessThan(100);
  });

  it('starts reading within milliseconds of an append', async () => {
    const log = open();
    const handler = new RecordingHandler();
    void log.consumer.run(handler);
    await until(() => log.consumer.health().lag === 0, 'an idle reader');
    const before = performance.now();
    await log.append('leads', 1);
    await handler.has(1);
    expect(performance.now() - before).toBeLessThan(500);
  });
});
