import { expect, it } from 'vitest';
import { decodeUtf8 } from '../../../../server/adapters/system/bytes.ts';
import { createDecoder, type Decode } from '../../../../server/pipeline/decode/decode.ts';
import { Fenced, Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import type { Store } from '../../../../server/pipeline/ports/store.ts';
import type { StoreTx } from '../../../../server/pipeline/ports/transaction.ts';
import { eventBytes } from '../../../helpers/event-generator.ts';
import { createIngestRig, feedOf, NOW, type IngestRig } from '../../../helpers/ingest-rig.ts';
import { openMemoryStore, type MemoryStore } from '../../../helpers/memory-store.ts';

const order = (n: number): object => ({
  ...{ specversion: '1.0', source: '/shop', time: '2026-11-23T10:00:00+08:00', id: `e-${String(n)}`, type: 'sales.order.paid' },
  data: {
    ...{ orderId: `SO-${String(n)}`, version: 1, buyerId: 'B', channel: '天猫', region: '华东' },
    lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: 100 }],
  },
});

/** The store with what each transaction commits and counts, in this order; `before` is asked before an offset advances. */
function watchedStore(store: MemoryStore, before: (nextOffset: number) => void = () => undefined) {
  const happened: string[] = [];
  const whole = store as unknown as Store;
  const watched: Store = {
    ...whole,
    async write(work) {
      const commits: string[] = [];
      const counts: string[] = [];
      const result = await whole.write((tx: StoreTx) =>
        work({
          ...tx,
          countAttempt(name) {
            if (!name.endsWith('assigned')) counts.push(`count ${name}`);
            return tx.countAttempt(name);
          },
          advanceOffset(position) {
            before(position.nextOffset);
            commits.push(`commit log ${position.topic}/${String(position.partition)}@${String(position.nextOffset - 1)}`);
            return tx.advanceOffset(position);
          },
        }),
      );
      happened.push(...commits, ...counts);
      return result;
    },
  };
  return { watched, happened };
}

const batch = (partition: number, epoch: number, from: number, size: number) => ({
  ...{ topic: 'sales' as const, partition, epoch, nextOffset: from + size, highWatermark: from + size },
  records: Array.from({ length: size }, (_, i) => ({
    ...{ offset: from + i, key: null, headers: {}, appendedAt: NOW },
    value: eventBytes(order(partition * 1_000 + from + i)),
  })),
});

/** As three starts leave it that got no further than this offset. */
async function suspect(store: Store, partition: number, offset = 0): Promise<void> {
  for (let n = 0; n < 3; n++) await store.write((tx) => tx.countAttempt(`log sales/${String(partition)}@${String(offset)} assigned`));
}

const attempts = (store: MemoryStore) => store.db.prepare('select position, tries from attempts').all();

it('[I9] between the count of a careful record and its commit no other partition commits: nobody is blamed for a neighbour', async () => {
  const store = openMemoryStore(() => NOW);
  const { watched, happened } = watchedStore(store);
  await suspect(watched, 0);
  await suspect(watched, 1);
  const rig = createIngestRig({ store: watched }, store);
  const consume = async (partition: number, batches: number, size: number) => {
    const { epoch } = await rig.ingest.assign('sales', partition);
    for (let n = 0; n < batches; n++) await rig.ingest.consume(feedOf(batch(partition, epoch, n * size, size)));
  };
  await Promise.all([consume(0, 1, 70), consume(1, 1, 6), consume(2, 20, 1)]);
  const counted = happened.flatMap((line, i) => (line.startsWith('count ') ? [[line.slice(6), happened[i + 1]]] : []));
  expect(counted).toHaveLength(76);
  for (const [position, next] of counted) expect(next).toBe(`commit ${String(position)}`);
  expect(happened.filter((line) => line.startsWith('commit log sales/2'))).toHaveLength(20);
  expect(rig.quarantined()).toEqual([]);
  expect(attempts(store)).toEqual([]);
});

it('[I9] a partition that is taken away again and again, and a store that is away, are no crashes of a careful record', async () => {
  const store = openMemoryStore(() => NOW);
  let failures = 0;
  const { watched } = watchedStore(store, (nextOffset) => {
    if (nextOffset !== 3 || failures >= 8) return;
    failures += 1;
    throw failures % 2 === 0 ? new Fenced('the partition has moved') : new Unavailable('store_busy', 'the store is away');
  });
  await suspect(watched, 0);
  const rig = createIngestRig({ store: watched }, store);
  for (let from = 0; from < 5;) {
    const { epoch, nextOffset } = await rig.ingest.assign('sales', 0);
    from = nextOffset ?? 0;
    await rig.ingest.consume(feedOf(batch(0, epoch, from, 5 - from))).then(
      () => (from = 5),
      (error: unknown) => {
        if (!(error instanceof Fenced || error instanceof Unavailable)) throw error;
      },
    );
  }
  expect(failures).toBe(8);
  expect(rig.quarantined()).toEqual([]);
  expect(attempts(store)).toEqual([]);
});

it('[I9] a clean stop among careful records is no crash', async () => {
  const store = openMemoryStore(() => NOW);
  const { watched } = watchedStore(store, (nextOffset) => {
    if (nextOffset === 3) throw new Fenced('the partition has moved');
  });
  for (let start = 0; start < 5; start++) {
    const rig = createIngestRig({ store: watched }, store);
    const { epoch, nextOffset } = await rig.ingest.assign('sales', 0);
    const from = nextOffset ?? 0;
    await suspect(watched, 0, from);
    await expect(rig.ingest.consume(feedOf(batch(0, epoch, from, 5 - from)))).rejects.toThrow('moved');
    await rig.ingest.rest();
    expect(rig.quarantined()).toEqual([]);
    expect(attempts(store)).toEqual([]);
  }
});

it('[I14] careful records are told to the source every few dozen, so that it takes none of it for a standstill', async () => {
  const store = openMemoryStore(() => NOW);
  const { watched, happened } = watchedStore(store);
  await suspect(watched, 0);
  const rig = createIngestRig({ store: watched }, store);
  const { epoch } = await rig.ingest.assign('sales', 0);
  const told: number[] = [];
  const feed = feedOf(batch(0, epoch, 0, 70));
  const stored = (nextOffset: number) => {
    told.push(nextOffset);
    return feed.stored(nextOffset);
  };
  await rig.ingest.consume({ batches: feed.batches, stored });
  expect(told).toEqual([32, 64, 70]);
  expect(happened.filter((line) => line.startsWith('count '))).toHaveLength(70);
  expect(attempts(store)).toEqual([]);
  await rig.ingest.consume(feedOf(batch(0, epoch, 70, 3)));
  expect(happened.at(-1)).toBe('commit log sales/0@72');
});

/** Starts processes one after the other until one comes through 3,000 records; each ends at the record, if there is one. */
async function startsUntilThrough(poison: number | null): Promise<{ starts: number; alone: number; rig: IngestRig; store: MemoryStore }> {
  const store = openMemoryStore(() => NOW);
  const { watched, happened } = watchedStore(store);
  const good = createDecoder({ currency: 'CNY', decodeUtf8 });
  class Killed extends Unavailable {}
  const decode: Decode = (value, headers, now) => {
    const result = good(value, headers, now);
    if (poison !== null && result.ok && result.event.id === `e-${String(poison)}`) throw new Killed('killed', 'no trace');
    return result;
  };
  for (let starts = 1; ; starts++) {
    const rig = createIngestRig({ store: watched, decode }, store);
    const { epoch, nextOffset } = await rig.ingest.assign('sales', 0);
    const from = nextOffset ?? 0;
    const through = await rig.ingest.consume(feedOf(batch(0, epoch, from, 3_000 - from))).then(
      () => true,
      (error: unknown) => {
        if (!(error instanceof Killed)) throw error;
        return false;
      },
    );
    if (through) return { starts, alone: happened.filter((line) => line.startsWith('count ')).length, rig, store };
    expect(starts).toBeLessThan(20);
  }
}

it('[I9] what kills the process deep among many records is found in a few starts, and few go one by one', async () => {
  const { starts, alone, rig, store } = await startsUntilThrough(700);
  expect(rig.quarantined()).toMatchObject([{ code: 'reader_bug', position: 'log sales/0@700' }]);
  expect(starts).toBeLessThanOrEqual(7);
  expect(alone).toBeLessThanOrEqual(300);
  expect(attempts(store)).toEqual([]);
});

it('[I9] without anything that kills it one start comes through, and no record is counted', async () => {
  expect(await startsUntilThrough(null)).toMatchObject({ starts: 1, alone: 0 });
});
