/** The edges of consumption's turn: what is read before it, and which starts count as crashes. */
import { describe, expect, it } from 'vitest';
import { decodeUtf8 } from '../../../server/adapters/system/bytes.ts';
import { createDecoder, type Decode } from '../../../server/pipeline/decode.ts';
import { Unavailable, type LogBatch, type Store } from '../../../server/pipeline/ports.ts';
import { eventBytes } from '../../helpers/event-generator.ts';
import { createIngestRig, NOW } from '../../helpers/ingest-rig.ts';
import { openMemoryStore, type MemoryStore } from '../../helpers/memory-store.ts';

const orders = (from: number, count: number): object[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{ specversion: '1.0', source: '/shop', time: '2026-11-23T10:00:00+08:00', id: `e-${from + i}`, type: 'sales.order.paid' },
    data: {
      ...{ orderId: `SO-${from + i}`, version: 1, buyerId: 'B', channel: '天猫', region: '华东' },
      lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: 100 }],
    },
  }));
const net = (store: MemoryStore): number =>
  Number(store.db.prepare("select sum(m0 - m1) as n from cells where family = 'sales'").get()?.['n'] ?? 0);
const offset = (store: MemoryStore): unknown => store.db.prepare('select next_offset as n from offsets').get()?.['n'];

/** The store, failing before it writes facts as long as `away` says so. */
function failing(store: MemoryStore, away: () => boolean): Store {
  const write: Store['write'] = (work) =>
    store.write((tx) =>
      work({
        ...tx,
        putFacts: async (writes) => {
          if (away()) throw new Unavailable('store_full', 'no space');
          await tx.putFacts(writes);
        },
      }),
    );
  return { ...store, write } as unknown as Store;
}

describe('[I9] what is no crash', () => {
  const attempts = (store: MemoryStore): unknown[] => store.db.prepare('select position, tries from attempts').all();

  it('a start that ends before there was anything to read, cleanly or not', async () => {
    const store = openMemoryStore(() => NOW);
    for (let start = 0; start < 6; start++) await createIngestRig({}, store).assign();
    expect(attempts(store)).toEqual([]);
  });

  it('a partition assigned again and again while its first batch waits for the store: one attempt a process', async () => {
    const store = openMemoryStore(() => NOW);
    let away = true;
    const rig = createIngestRig({ store: failing(store, () => away) }, store);
    for (let n = 0; n < 6; n++) {
      await rig.assign();
      await expect(n === 0 ? rig.feed(orders(0, 3)) : rig.replay(0)).rejects.toBeInstanceOf(Unavailable);
    }
    expect(attempts(store)).toEqual([{ position: 'log sales/0@0 assigned', tries: 1 }]);
    away = false;
    await rig.replay(0);
    expect(rig.commits).toHaveLength(1);
    expect(attempts(store)).toEqual([]);
  });

  it('a clean stop with a batch that never got through', async () => {
    const store = openMemoryStore(() => NOW);
    for (let start = 0; start < 6; start++) {
      const rig = createIngestRig({ store: failing(store, () => true) }, store);
      await expect(rig.feed(orders(0, 3))).rejects.toBeInstanceOf(Unavailable);
      await rig.ingest.rest();
    }
    expect(attempts(store)).toEqual([]);
  });
});

describe('what is read ahead of its turn', () => {
  /** A rig that says which events were decoded, in order. */
  function reading(over: (id: string) => void = () => undefined) {
    const good = createDecoder({ currency: 'CNY', decodeUtf8 });
    const decoded: string[] = [];
    const decode: Decode = (value, headers, now) => {
      const result = good(value, headers, now);
      if (result.ok) {
        decoded.push(result.event.id);
        over(result.event.id);
      }
      return result;
    };
    const rig = createIngestRig({ decode });
    const batch = async (from: number, count: number, at = from): Promise<LogBatch> => {
      const records = orders(from, count).map((event, i) => ({
        offset: at + i,
        value: eventBytes(event),
        key: null,
        headers: {},
        appendedAt: NOW,
      }));
      const epoch = rig.store.db.prepare('select epoch from offsets').get()?.['epoch'] as number;
      return Promise.resolve({ topic: 'sales', partition: 0, epoch, records, nextOffset: at + count, highWatermark: at + count });
    };
    const take = (one: LogBatch) => rig.ingest.batch(one, async () => undefined);
    return { rig, decoded, batch, take };
  }
  const settled = () => new Promise((resolve) => setTimeout(resolve, 10));

  it('is decoded once, and folded in its turn', async () => {
    const { rig, decoded, batch, take } = reading();
    await rig.assign();
    await take(await batch(0, 2));
    const next = await batch(2, 2);
    rig.ingest.ahead?.(next);
    rig.ingest.ahead?.(next);
    await settled();
    expect([decoded.length, offset(rig.store)]).toEqual([4, 2]);
    await take(next);
    expect([decoded.length, offset(rig.store), net(rig.store)]).toEqual([4, 4, 400]);
  });

  it('[I3] is skipped where the store has gone past it meanwhile', async () => {
    const { rig, batch, take } = reading();
    await rig.assign();
    await take(await batch(0, 2));
    const next = await batch(2, 3);
    rig.ingest.ahead?.(next);
    await take(await batch(2, 2));
    await take(next);
    expect([net(rig.store), rig.ingest.consumed().skipped]).toEqual([500, 2]);
  });

  it('[I9] is not touched while the first batch of a start is not through', async () => {
    const { rig, decoded, batch } = reading();
    await rig.assign();
    rig.ingest.ahead?.(await batch(0, 2));
    await settled();
    expect(decoded).toEqual([]);
  });

  it('[I9] ends the process only in its turn when reading it is a bug, with its neighbours stored', async () => {
    const { rig, batch, take } = reading((id) => {
      if (id === 'e-4') throw new TypeError('a bug of the reader');
    });
    await rig.assign();
    await take(await batch(0, 2));
    const next = await batch(2, 4);
    rig.ingest.ahead?.(next);
    await settled();
    await expect(take(next)).rejects.toThrow('a bug of the reader');
    expect(offset(rig.store)).toBe(4);
  });
});
