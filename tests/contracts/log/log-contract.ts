/** What every log promises the line, run against each adapter on the real thing. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Unavailable } from '../../../server/pipeline/ports/errors.ts';
import type { LogConsumer, LogHandler, LogProducer } from '../../../server/pipeline/ports/log.ts';
import { RecordingHandler, until } from './recording-handler.ts';

export interface LogUnderTest {
  /** As `append` knows it. */
  readonly topic: string;
  /** As batches name it. */
  readonly name: string;
  readonly producer: LogProducer;
  /** A new consumer of the same log, as after a restart of the process. */
  consumer(): LogConsumer;
  close(): Promise<void>;
}

/** `open` gives an empty log with one topic of one partition. */
export function registerLogContract(adapter: string, open: () => Promise<LogUnderTest>): void {
  describe(`log contract: ${adapter}`, () => {
    const cleanups: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
    });

    async function opened(): Promise<LogUnderTest> {
      const log = await open();
      cleanups.push(() => log.close());
      return log;
    }
    function running(log: LogUnderTest, handler: LogHandler) {
      const consumer = log.consumer();
      const run = consumer.run(handler);
      run.catch(() => {});
      cleanups.push(() => consumer.stop());
      return { consumer, run };
    }
    const append = (log: LogUnderTest, values: readonly string[], key = 'k') =>
      log.producer.append(values.map((value) => ({ topic: log.topic, key, value: Buffer.from(value) })));
    const numbered = (count: number, prefix = 'v') => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

    it('hands records over in the order they were appended, with key, offset and time', async () => {
      const log = await opened();
      const before = Date.now();
      await append(log, numbered(30, 'a'));
      const handler = new RecordingHandler();
      running(log, handler);
      await handler.has(30);
      await append(log, numbered(30, 'b'));
      await handler.has(60);
      expect(handler.values()).toEqual([...numbered(30, 'a'), ...numbered(30, 'b')]);
      expect(handler.taken.map(({ offset }) => offset)).toEqual(Array.from({ length: 60 }, (_, index) => index));
      expect(handler.taken.every(({ topic, key }) => topic === log.name && Buffer.from(key ?? '').toString() === 'k')).toBe(true);
      expect(handler.taken.every(({ appendedAt }) => appendedAt >= before - 1_000 && appendedAt <= Date.now() + 1_000)).toBe(true);
    });

    it('says where a batch ends and how far the log goes', async () => {
      const log = await opened();
      await append(log, numbered(10));
      const handler = new RecordingHandler();
      running(log, handler);
      await handler.has(10);
      const last = handler.batches.at(-1);
      expect(last?.nextOffset).toBe(10);
      expect(last?.highWatermark).toBe(10);
    });

    it('delivers again what was not committed when the consumer stopped (at least once)', async () => {
      const log = await opened();
      await append(log, numbered(5));
      const handler = new RecordingHandler();
      handler.before = () => {
        throw new Unavailable('store_busy', 'not now');
      };
      const first = running(log, handler);
      await until(() => handler.batches.length > 0, 'a first offer');
      await first.consumer.stop();
      expect(handler.taken).toEqual([]);

      handler.before = () => {};
      running(log, handler);
      await handler.has(5);
      expect(handler.values()).toEqual(numbered(5));
    });

    it('[I2] continues at the offset the store names, whatever was read before', async () => {
      const log = await opened();
      await append(log, numbered(10));
      const handler = new RecordingHandler();
      const first = running(log, handler);
      await handler.has(10);
      await first.consumer.stop();

      const restored = new RecordingHandler();
      restored.offsets.set(`${log.name}/0`, { epoch: 7, nextOffset: 4 });
      running(log, restored);
      await restored.has(6);
      expect(restored.values()).toEqual(numbered(10).slice(4));
      expect(restored.gaps).toEqual([]);
    });

    it('[I3] gives a position the identity of its log, the same one after a restart', async () => {
      const log = await opened();
      await append(log, numbered(3));
      const handler = new RecordingHandler();
      const first = running(log, handler);
      await handler.has(3);
      const named = handler.logId(log.name);
      expect(named).toMatch(/^(topic|store) \S+$/);
      await first.consumer.stop();
      await append(log, ['later']);
      running(log, handler);
      await handler.has(4);
      expect(handler.logId(log.name)).toBe(named);
      expect(handler.gaps).toEqual([]);
    });

    it.each([2, 6, 9])(
      '[I3] reads from its start a log that is not the one whose offset %i is stored, and tells the gap',
      async (nextOffset) => {
        const log = await opened();
        await append(log, numbered(6));
        const handler = new RecordingHandler();
        const first = running(log, handler);
        await handler.has(6);
        await first.consumer.stop();
        const road = handler.logId(log.name)?.split(' ')[0] ?? '';

        const other = new RecordingHandler();
        other.offsets.set(`${log.name}/0`, { epoch: 4, nextOffset, logId: `${road} another` });
        const { consumer } = running(log, other);
        // The store skips nothing: its old offset is forgotten.
        await other.has(6);
        expect(other.values()).toEqual(numbered(6));
        expect(other.gaps).toEqual([{ topic: log.name, partition: 0, expected: nextOffset, oldest: 0, cause: 'new_log' }]);
        expect(other.logId(log.name)).toBe(handler.logId(log.name));
        expect(consumer.health()).toMatchObject({ state: 'gap', reason: 'gap' });
        consumer.showGap(null);
        expect(consumer.health().state).toBe('running');
      },
    );

    it('[I3] reads from its start, without a gap, where another road left a position under the same name', async () => {
      const log = await opened();
      await append(log, numbered(4));
      const handler = new RecordingHandler();
      handler.offsets.set(`${log.name}/0`, { epoch: 1, nextOffset: 3, logId: 'road of-another-kind' });
      const { consumer } = running(log, handler);
      await handler.has(4);
      expect(handler.gaps).toEqual([]);
      expect(consumer.health().state).toBe('running');
    });

    it('[I3] keeps the position of a store that has not named its log yet', async () => {
      const log = await opened();
      await append(log, numbered(4));
      const handler = new RecordingHandler();
      handler.offsets.set(`${log.name}/0`, { epoch: 1, nextOffset: 3 });
      running(log, handler);
      await handler.has(1);
      expect(handler.values()).toEqual(['v3']);
      expect(handler.logId(log.name)).not.toBeNull();
      expect(handler.gaps).toEqual([]);
    });

    it('[I2] takes a new epoch at each assignment and stamps it on every batch', async () => {
      const log = await opened();
      await append(log, ['a']);
      const handler = new RecordingHandler();
      const first = running(log, handler);
      await handler.has(1);
      await first.consumer.stop();
      await append(log, ['b']);
      running(log, handler);
      await handler.has(2);
      const [a, b] = handler.taken;
      expect(b?.epoch).toBeGreaterThan(a?.epoch ?? Number.NaN);
      expect(b?.epoch).toBe(handler.offsets.get(`${log.name}/0`)?.epoch);
    });

    it('[I2] asks anew after the store has fenced it, and loses nothing', async () => {
      const log = await opened();
      const handler = new RecordingHandler();
      let fenceOnce = true;
      handler.before = (batch) => {
        const at = handler.offsets.get(`${batch.topic}/${batch.partition}`);
        if (fenceOnce && at) handler.offsets.set(`${batch.topic}/${batch.partition}`, { ...at, epoch: at.epoch + 1 });
        fenceOnce = false;
      };
      await append(log, numbered(3));
      running(log, handler);
      await handler.has(3);
      expect(handler.values()).toEqual(numbered(3));
    });

    it('[I9] offers the same records until an unavailable store takes them, and says why it waits', async () => {
      const log = await opened();
      await append(log, numbered(8));
      const handler = new RecordingHandler();
      let refusals = 0;
      handler.before = () => {
        refusals += 1;
        if (refusals <= 4) throw new Unavailable('store_full', 'the disk is full');
      };
      const { consumer } = running(log, handler);
      await until(() => consumer.health().reason === 'store_full', 'the reason to show');
      expect(consumer.health()).toMatchObject({ state: 'down', detail: 'the disk is full' });
      await handler.has(8);
      expect(handler.values()).toEqual(numbered(8));
      expect(handler.batches.slice(0, 5).map(({ records }) => records[0]?.offset)).toEqual([0, 0, 0, 0, 0]);
      await until(() => consumer.health().state === 'running', 'health to be good again');
    });

    it('[I9] ends with the very error when the line has a bug', async () => {
      const log = await opened();
      const handler = new RecordingHandler();
      const bug = new TypeError('planted');
      handler.before = () => {
        throw bug;
      };
      const { run, consumer } = running(log, handler);
      await append(log, ['x']);
      await expect(run).rejects.toBe(bug);
      expect(consumer.health().state).toBe('down');
    });

    it('hands over a large backlog in batches of bounded size, in order', async () => {
      const log = await opened();
      const filler = 'x'.repeat(1_000);
      const values = numbered(4_000).map((v) => `${v} ${filler}`);
      for (let at = 0; at < values.length; at += 1_000) await append(log, values.slice(at, at + 1_000));
      const handler = new RecordingHandler();
      running(log, handler);
      await handler.has(4_000, 60_000);
      expect(handler.values()).toEqual(values);
      const largest = Math.max(...handler.batches.map(({ records }) => records.reduce((sum, r) => sum + (r.value?.length ?? 0), 0)));
      expect(largest).toBeLessThanOrEqual(2 * 1024 * 1024);
    });

    it('reports as lag what is appended and not yet committed', async () => {
      const log = await opened();
      const handler = new RecordingHandler();
      const gate = Promise.withResolvers<void>();
      handler.before = () => gate.promise;
      const { consumer } = running(log, handler);
      await append(log, ['first']);
      await until(() => handler.batches.length === 1, 'the first batch');
      await append(log, numbered(24));
      await until(
        () => consumer.health().lag === 25,
        'a lag of 25',
        60_000,
        () => `lag is ${consumer.health().lag}`,
      );
      gate.resolve();
      await handler.has(25);
      await until(
        () => consumer.health().lag === 0,
        'no lag',
        60_000,
        () => `lag is ${consumer.health().lag}`,
      );
    });

    it('finishes the batch in hand on stop, takes no other, and run resolves', async () => {
      const log = await opened();
      const handler = new RecordingHandler();
      const gate = Promise.withResolvers<void>();
      handler.before = () => gate.promise;
      const { consumer, run } = running(log, handler);
      await append(log, ['one']);
      await until(() => handler.batches.length === 1, 'a batch');
      await append(log, ['two']);
      let stopped = false;
      const stopping = consumer.stop().then(() => (stopped = true));
      await sleep(300);
      expect(stopped).toBe(false);
      gate.resolve();
      await stopping;
      await run;
      expect(handler.values()).toEqual(['one']);
      expect(consumer.health().state).toBe('stopped');
    });

    it('[I10] stands still while paused, with the reason, and goes on where it was', async () => {
      const log = await opened();
      const handler = new RecordingHandler();
      const { consumer } = running(log, handler);
      await append(log, ['before']);
      await handler.has(1);
      consumer.pause(log.name, 'too_many_bad', 'more than 20 % bad');
      expect(consumer.health()).toMatchObject({ state: 'stopped', reason: 'too_many_bad', detail: 'more than 20 % bad' });
      let resumed = false;
      const offeredWhilePaused: string[] = [];
      handler.before = ({ records }) => {
        if (!resumed) offeredWhilePaused.push(...records.map(({ value }) => String(value)));
      };
      await append(log, ['while']);
      // The consumer has seen that the record is there, and has not taken it.
      await until(
        () => consumer.health().lag === 1,
        'a lag of 1',
        60_000,
        () => `lag is ${consumer.health().lag}`,
      );
      expect(handler.values()).toEqual(['before']);
      resumed = true;
      consumer.resume(log.name);
      await handler.has(2);
      expect(offeredWhilePaused).toEqual([]);
      expect(handler.values()).toEqual(['before', 'while']);
      expect(consumer.health().state).toBe('running');
    });

    it('may be paused by the handler itself, keeping the batch it has just committed', async () => {
      const log = await opened();
      const handler = new RecordingHandler();
      const { consumer } = running(log, handler);
      handler.before = () => consumer.pause(log.name, 'too_many_bad', 'bad');
      await append(log, ['a']);
      await handler.has(1);
      await append(log, ['b']);
      await until(
        () => consumer.health().lag === 1,
        'a lag of 1',
        60_000,
        () => `lag is ${consumer.health().lag}`,
      );
      expect(handler.values()).toEqual(['a']);
      handler.before = () => {};
      consumer.resume(log.name);
      await handler.has(2);
      expect(handler.values()).toEqual(['a', 'b']);
    });

    it('[S3] says when a topic was last read to its end, also while nothing comes, and not while what came is not stored', async () => {
      const log = await opened();
      await append(log, numbered(2));
      const handler = new RecordingHandler();
      const { consumer } = running(log, handler);
      const reachedBehind = (instant: number) =>
        until(() => (consumer.reachedEndAt(log.topic) ?? -Infinity) > instant, 'a read to the end', 60_000);
      await reachedBehind(-Infinity);
      expect(handler.values()).toEqual(numbered(2));
      await reachedBehind(consumer.reachedEndAt(log.topic) ?? Infinity);
      handler.before = () => {
        throw new Unavailable('store_busy', 'not now');
      };
      const offered = handler.batches.length;
      await append(log, ['waits']);
      await until(() => handler.batches.length > offered + 1, 'a second offer');
      const reached = consumer.reachedEndAt(log.topic) ?? Infinity;
      const next = handler.batches.length;
      await until(() => handler.batches.length > next + 1, 'more offers');
      expect(consumer.reachedEndAt(log.topic)).toBe(reached);
      handler.before = () => {};
      await reachedBehind(reached);
      expect(handler.values()).toEqual([...numbered(2), 'waits']);
    });

    it('takes many appends at once and keeps each key in order', async () => {
      const log = await opened();
      const keys = Array.from({ length: 8 }, () => randomUUID());
      const handler = new RecordingHandler();
      running(log, handler);
      await Promise.all(
        keys.map(async (key) => {
          for (let n = 0; n < 10; n += 1) await append(log, [`${n}`], key);
        }),
      );
      await handler.has(80);
      for (const key of keys) {
        const own = handler.taken.filter((record) => Buffer.from(record.key ?? '').toString() === key);
        expect(own.map(({ value }) => Buffer.from(value ?? '').toString())).toEqual(numbered(10, ''));
      }
    });
  });
}
