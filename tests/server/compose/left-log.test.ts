/** The log that is no longer configured: what it still holds is read first, or reported. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEmbeddedLog } from '../../../server/adapters/log/embedded-log.ts';
import { openStore, type SqliteStore } from '../../../server/adapters/sqlite/open/open-store.ts';
import { systemClock } from '../../../server/adapters/system/clock.ts';
import { createLeftLog, type LeftLogParts } from '../../../server/compose/left-log.ts';
import { Unavailable } from '../../../server/pipeline/ports/errors.ts';
import { createProblems } from '../../../server/pipeline/ports/problems.ts';
import { RecordingHandler, until } from '../../contracts/log/recording-handler.ts';
import { silentLogger } from '../../helpers/silent-logger.ts';

/** Waits pass fifty times as fast. */
const timers = {
  after(ms: number, run: () => void) {
    const timer = setTimeout(run, ms / 50);
    return () => clearTimeout(timer);
  },
};

describe('[I9] the log that was left', () => {
  let dir: string;
  let store: SqliteStore;
  let handler: RecordingHandler;
  const problems = createProblems();
  beforeEach(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'warroom-left-'));
    store = await openStore({
      ...{ file: path.join(dir, 'store.db'), timeZone: 'Asia/Shanghai', currency: 'CNY' },
      ...{ newStoreId: 'test', now: () => Date.now() },
    });
    handler = new RecordingHandler();
  });
  afterEach(async () => {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  });

  /** With so many accepted events in the embedded log. */
  async function left(accepted: number, parts: Partial<LeftLogParts>) {
    const embedded = createEmbeddedLog({
      ...{ tables: store.log, storeId: store.storeId, topics: ['leads'], clock: systemClock, logger: silentLogger, batchBytes: 20 },
    });
    await embedded.producer.append(
      Array.from({ length: accepted }, (_, n) => ({ topic: 'leads', key: 'k', value: Buffer.from(`event ${n}`) })),
    );
    const never = () => Promise.resolve([]);
    const log = createLeftLog({
      ...{ store, handler, problems, timers, now: () => Date.now() },
      configured: { name: 'kafka', caughtUp: () => Promise.resolve(false), unreadTopics: never },
      embedded: {
        ...embedded,
        name: 'log',
        unreadTopics: never,
        caughtUp: () => Promise.resolve(handler.taken.length >= accepted),
        close: () => Promise.resolve(),
      },
      ...parts,
    });
    return { log, embedded };
  }
  const kafka = (over: Partial<LeftLogParts['configured']> = {}): LeftLogParts['configured'] => ({
    name: 'kafka',
    caughtUp: () => Promise.resolve(true),
    unreadTopics: () => Promise.resolve([]),
    ...over,
  });
  const embeddedOnly = kafka({ name: 'log' });

  it('is read to its end before Kafka is begun, and shows itself meanwhile', async () => {
    const { log } = await left(9, { configured: kafka() });
    const gate = Promise.withResolvers<void>();
    handler.before = () => gate.promise;
    const finished = log.finish();
    await until(() => log.source() !== null && handler.batches.length > 0, 'the embedded log to be read');
    expect(log.source()).toMatchObject({ source: 'log', state: 'running' });
    gate.resolve();
    await finished;
    expect(handler.taken).toHaveLength(9);
    expect(log.source()).toBeNull();
    expect(log.reason()).toBeNull();
  });

  it('does not hold Kafka up when it is stopped for too many bad records: that is reported instead', async () => {
    const { log, embedded } = await left(9, { configured: kafka() });
    handler.before = () => embedded.consumer.pause('leads', 'too_many_bad', 'more than 20 % bad');
    await log.finish();
    expect(handler.taken.length).toBeLessThan(9);
    expect(log.reason()).toMatchObject({ code: 'events_in_unused_log', detail: expect.stringContaining('quarantine') as string });
    expect(problems.list()).toContain('events_in_unused_log');
  });

  it('ends the process when reading it has a bug', async () => {
    const { log } = await left(3, { configured: kafka() });
    const bug = new TypeError('planted');
    handler.before = () => {
      throw bug;
    };
    await expect(log.finish()).rejects.toBe(bug);
  });

  it('waits for a store that is away before it begins', async () => {
    let refusals = 1;
    const write: SqliteStore['write'] = (work) =>
      refusals-- > 0 ? Promise.reject(new Unavailable('store_full', 'the disk is full')) : store.write(work);
    const { log } = await left(2, { configured: kafka(), store: { reads: store.reads, write } });
    await log.finish();
    expect(handler.taken).toHaveLength(2);
  });

  it('was Kafka, and not read to its end: reported over restarts until Kafka is read on or somebody acknowledges it', async () => {
    const first = (await left(0, { configured: kafka() })).log;
    await first.finish();
    // The process is killed here.
    for (let start = 0; start < 2; start += 1) {
      const { log } = await left(0, { configured: embeddedOnly });
      await log.finish();
      expect(log.reason()?.detail).toContain('KAFKA_BROKERS');
    }
    const { log } = await left(0, { configured: embeddedOnly });
    await log.finish();
    await log.resume();
    expect(log.reason()).toBeNull();
    expect(problems.list()).toEqual([]);
    const again = (await left(0, { configured: embeddedOnly })).log;
    await again.finish();
    expect(again.reason()).toBeNull();
  });

  it('was Kafka, read to its end: nothing is reported; not read to its end: it is', async () => {
    for (const caughtUp of [true, false]) {
      const first = (await left(0, { configured: kafka({ caughtUp: () => Promise.resolve(caughtUp) }) })).log;
      await first.finish();
      await first.stop();
      const { log } = await left(0, { configured: embeddedOnly });
      await log.finish();
      expect(log.reason() === null).toBe(caughtUp);
    }
  });

  it('is a topic that is named no longer: reported as soon as Kafka answers', async () => {
    let answers = 0;
    const unreadTopics = () =>
      ++answers === 1 ? Promise.reject(new Unavailable('broker_unreachable', 'away')) : Promise.resolve(['marketing.old']);
    const { log } = await left(0, { configured: kafka({ unreadTopics }) });
    await log.finish();
    await log.findUnread();
    expect(log.reason()?.detail).toContain('marketing.old');
    await log.resume();
    expect(log.reason()).toBeNull();
    const again = (await left(0, { configured: kafka({ unreadTopics: () => Promise.resolve(['marketing.old', 'marketing.older']) }) })).log;
    await again.findUnread();
    expect(again.reason()?.detail).toMatch(/read marketing\.older, which/);
  });
});
