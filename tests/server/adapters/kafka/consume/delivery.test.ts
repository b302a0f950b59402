/** What is fetched ahead of the store: how much of it, in which order, and what becomes of it when something comes between. */
import { describe, expect, it } from 'vitest';
import { newPartition, type Partition } from '../../../../../server/adapters/kafka/consume/assignment.ts';
import type { EachBatchPayload } from '../../../../../server/adapters/kafka/client.ts';
import { Delivery } from '../../../../../server/adapters/kafka/consume/delivery.ts';
import { Generation } from '../../../../../server/adapters/kafka/consume/generation.ts';
import { Membership, type SessionParts } from '../../../../../server/adapters/kafka/consume/membership.ts';
import { Progress } from '../../../../../server/adapters/kafka/consume/progress.ts';
import { Fenced, Unavailable } from '../../../../../server/pipeline/ports/errors.ts';
import type { LogFeed, LogRecord } from '../../../../../server/pipeline/ports/log.ts';
import { SourceStatus } from '../../../../../server/pipeline/ingest/source-status.ts';
import { silentLogger } from '../../../../helpers/silent-logger.ts';

/** The most bytes fetched ahead. */
const BUDGET = 5 * 1024 * 1024;

/** Nothing here waits for anything but promises, so everything that can happen has happened after one turn of the event loop. */
const pass = () => new Promise((resolve) => setImmediate(resolve));

function delivering(partitions = 1) {
  let now = 0;
  const pausedTopics = new Set<string>();
  /** What was committed together: the records that a feed held when its commit began. */
  const commits: { partition: number; records: LogRecord[]; nextOffset: number }[] = [];
  const stored: string[] = [];
  /** What storing waits for, by partition; none = at once. */
  const gates = new Map<number, Promise<void>>();
  const progress = new Progress(60_000, 0);
  const paused: string[] = [];
  const parts = {
    consumer: {
      pause: (where: { topic: string }[]) => paused.push(...where.map(({ topic }) => topic)),
      resume: () => {},
      seek: () => {},
    },
    admin: { topic: () => Promise.resolve({ id: null, partitions: new Map() }) },
    handler: {
      assign: () => new Promise<never>(() => {}),
      gap: () => Promise.resolve(),
      consume: async (feed: LogFeed): Promise<void> => {
        for (let last = feed.batches.at(-1); last; last = feed.batches.at(-1)) {
          const { partition, nextOffset } = last;
          const records = feed.batches.flatMap((batch) => batch.records);
          commits.push({ partition, records, nextOffset });
          await gates.get(partition);
          stored.push(...records.map(({ offset }) => `${partition}@${offset}`));
          if (!feed.stored(nextOffset)) return;
        }
      },
    },
    status: new SourceStatus(
      'kafka',
      () => 0,
      () => {},
    ),
    progress,
    clock: { now: () => now, monotonic: () => now },
    logger: silentLogger,
    random: () => 0.5,
    pausedTopics,
    onJoined: () => {},
  };
  const member = new Membership(parts as unknown as SessionParts);
  const generation = new Generation(member);
  const delivery = new Delivery(member, generation);
  const owned = Array.from({ length: partitions }, (_, n): Partition => {
    const part = { ...newPartition('t', n), epoch: 1, ready: true };
    progress.begin(part.name, 0, { high: 100, readable: 100 }, 0);
    return part;
  });
  member.partitions = new Map(owned.map((part) => [part.name, part]));
  const resolved: string[] = [];
  /** The library hands over a batch of one partition; the promise is what it waits for. */
  const fetched = (partition: number, from: number, count: number, over: Partial<EachBatchPayload> = {}, bytes = 1) => {
    const messages = Array.from({ length: count }, (_, i) => ({
      ...{ offset: String(from + i), timestamp: '0', key: null, value: Buffer.alloc(bytes), headers: {} },
    }));
    const payload = {
      batch: {
        ...{ topic: 't', partition, messages, highWatermark: '100' },
        firstOffset: () => String(from),
        lastOffset: () => String(from + count - 1),
      },
      resolveOffset: (last: string) => resolved.push(`${partition}@${last}`),
      heartbeat: () => Promise.resolve(),
      isStale: () => false,
      ...over,
    };
    let taken = false;
    const done = delivery.batch(payload as unknown as EachBatchPayload).then(() => (taken = true));
    return { done, taken: () => taken };
  };
  const elapse = (ms: number) => (now += ms);
  return { member, delivery, parts, pausedTopics, commits, stored, gates, progress, resolved, fetched, owned, elapse };
}

function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { promise, open: resolve };
}

describe('fetching ahead of the store', () => {
  it('lets the library go on while a batch is stored, and has what came meanwhile in the same feed', async () => {
    const line = delivering();
    const hold = gate();
    line.gates.set(0, hold.promise);
    for (const from of [0, 2, 4]) await line.fetched(0, from, 2).done;
    expect([line.commits.length, line.resolved]).toEqual([1, ['0@1', '0@3', '0@5']]);
    hold.open();
    await line.delivery.idle();
    expect(line.stored).toEqual(['0@0', '0@1', '0@2', '0@3', '0@4', '0@5']);
    expect(line.commits.map(({ records, nextOffset }) => [records.length, nextOffset])).toEqual([
      [2, 2],
      [4, 6],
    ]);
    expect(line.owned[0]).toMatchObject({ position: 6, seen: 6, waiting: [] });
  });

  it('hands over partitions beside each other, one batch of each at a time', async () => {
    const line = delivering(4);
    const holds = [0, 1, 2, 3].map((n) => {
      const one = gate();
      line.gates.set(n, one.promise);
      return one;
    });
    for (let n = 0; n < 4; n++) await line.fetched(n, 0, 1).done;
    await line.fetched(0, 1, 1).done;
    await pass();
    expect(line.commits.map(({ partition }) => partition)).toEqual([0, 1, 2, 3]);
    for (const one of holds) one.open();
    await line.delivery.idle();
    expect([...line.stored].sort()).toEqual(['0@0', '0@1', '1@0', '2@0', '3@0']);
  });

  it('holds no more than so many bytes, whatever the number of partitions', async () => {
    const line = delivering(12);
    const hold = gate();
    for (let n = 0; n < 12; n++) line.gates.set(n, hold.promise);
    const taken: ReturnType<typeof line.fetched>[] = [];
    for (let n = 0; n < 12; n++) {
      taken.push(line.fetched(n, 0, 1, {}, 1024 * 1024));
      await pass();
    }
    expect(taken.filter((one) => one.taken()).length).toBe(5);
    hold.open();
    await Promise.all(taken.map((one) => one.done));
    await line.delivery.idle();
    expect(line.stored).toHaveLength(12);
  });

  it('passes on what a heartbeat throws while it waits, so that the library joins again', async () => {
    const line = delivering();
    line.gates.set(0, new Promise(() => {}));
    await line.fetched(0, 0, 1, {}, BUDGET).done;
    const rebalancing = new Error('the group is rebalancing');
    await expect(line.fetched(0, 1, 1, { heartbeat: () => Promise.reject(rebalancing) }).done).rejects.toBe(rebalancing);
  });
});

describe('what comes between', () => {
  it('[I10] a paused topic keeps its queued batches, drops the batch that waits for the budget, and does not delay other topics', async () => {
    const line = delivering();
    const hold = gate();
    line.gates.set(0, hold.promise);
    await line.fetched(0, 0, 1, {}, BUDGET / 2).done;
    await line.fetched(0, 1, 1, {}, BUDGET / 2).done;
    const third = line.fetched(0, 2, 1);
    await pass();
    line.pausedTopics.add('t');
    line.delivery.notify();
    await third.done;
    hold.open();
    await pass();
    expect([line.stored, line.resolved]).toEqual([['0@0'], ['0@0', '0@1']]);
    line.pausedTopics.delete('t');
    line.delivery.work(line.owned[0] as Partition);
    await line.delivery.idle();
    expect(line.stored).toEqual(['0@0', '0@1']);
    await line.fetched(0, 2, 1).done;
    await line.delivery.idle();
    expect(line.stored).toEqual(['0@0', '0@1', '0@2']);
  });

  it('[I2] an assignment lost drops what waits: nothing of it is offered', async () => {
    const line = delivering();
    const hold = gate();
    line.gates.set(0, hold.promise);
    await line.fetched(0, 0, 1).done;
    await line.fetched(0, 1, 1).done;
    line.member.partitions = new Map();
    hold.open();
    await line.delivery.idle();
    expect(line.commits).toHaveLength(1);
  });

  it('[I2] a fence drops what waits, and the partition is prepared again', async () => {
    const line = delivering();
    line.parts.handler.consume = () => Promise.reject(new Fenced('gone'));
    await line.fetched(0, 0, 1).done;
    await line.delivery.idle();
    const again = line.member.partitions.get('t/0');
    expect(again).not.toBe(line.owned[0]);
    expect(again).toMatchObject({ ready: false, waiting: [], epoch: null });
    line.member.end({ kind: 'stopped' });
  });

  it('a stop lets what is being committed finish and offers nothing more', async () => {
    const line = delivering();
    const hold = gate();
    line.gates.set(0, hold.promise);
    await line.fetched(0, 0, 1).done;
    await line.fetched(0, 1, 1).done;
    line.member.end({ kind: 'stopped' });
    let idle = false;
    const ending = line.delivery.idle().then(() => (idle = true));
    await pass();
    expect(idle).toBe(false);
    hold.open();
    await ending;
    expect(line.stored).toEqual(['0@0']);
  });

  it('[I9] [I14] a store that is away excuses every partition, also those whose turn does not come', async () => {
    const line = delivering(3);
    line.parts.handler.consume = () => Promise.reject(new Unavailable('store_full', 'the disk is full'));
    await line.fetched(0, 0, 1).done;
    await pass();
    line.elapse(3_600_000);
    line.progress.life(3_600_000);
    expect(line.progress.stalled(3_600_000)).toBe(null);
    line.member.end({ kind: 'stopped' });
    await line.delivery.idle();
  });
});
