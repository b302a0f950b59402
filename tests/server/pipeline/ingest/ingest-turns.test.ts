/** The edges of consumption's turn: which starts count as crashes, and what one transaction takes together. */
import { describe, expect, it } from 'vitest';
import { decodeUtf8 } from '../../../../server/adapters/system/bytes.ts';
import { createDecoder, type Decode } from '../../../../server/pipeline/decode/decode.ts';
import type { IngestParts } from '../../../../server/pipeline/ingest/ingest.ts';
import { Fenced, Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import type { Store } from '../../../../server/pipeline/ports/store.ts';
import { RECORDS_PER_CHUNK } from '../../../../server/pipeline/ingest/commit-unit.ts';
import { eventBytes } from '../../../helpers/event-generator.ts';
import { createIngestRig, feedOf, NOW } from '../../../helpers/ingest-rig.ts';
import { openMemoryStore, type MemoryStore } from '../../../helpers/memory-store.ts';
import { dependencies, order, orders } from '../../../helpers/sales-events.ts';

const net = (store: MemoryStore): number =>
  store.ledger().reduce((sum, { family, measures: [paid = 0, refunded = 0] }) => (family === 'sales' ? sum + paid - refunded : sum), 0);
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

describe('a batch of several pieces', () => {
  /** Each section at the beginning of a piece of its own. */
  const piecesOf = (sections: readonly (readonly object[])[]): object[] =>
    sections.flatMap((section, i) => [...section, ...orders(10_000 * (i + 1), RECORDS_PER_CHUNK - section.length)]);

  it.each(dependencies)('[I5] leave what the same records leave one by one: %s', async (_, ...sections) => {
    const events = piecesOf(sections as object[][]);
    const [whole, single] = [createIngestRig(), createIngestRig()];
    await whole.feed(events);
    for (const event of events) await single.feed([event]);
    expect(whole.commits).toHaveLength(1);
    expect(whole.store.dump()).toEqual(single.store.dump());
    expect(whole.ingest.consumed()).toEqual(single.ingest.consumed());
  });

  it('[I4] knows in a later piece what an earlier one brought: a repeat, and a contradiction', async () => {
    const rig = createIngestRig();
    await rig.feed(piecesOf([[order(1)], [order(1), order(1, { channel: '京东' })]]));
    expect(rig.ingest.consumed()).toMatchObject({ applied: 2 * RECORDS_PER_CHUNK - 2, duplicate: 1, quarantined: 1 });
  });

  it('[I9] a record of a later piece that is a bug to read leaves its neighbours stored', async () => {
    const atFault = 3 + RECORDS_PER_CHUNK;
    const good = createDecoder({ currency: 'CNY', decodeUtf8 });
    const decode: Decode = (value, headers, now) => {
      const result = good(value, headers, now);
      if (result.ok && result.event.id === `e-${atFault}`) throw new TypeError('a bug of the reader');
      return result;
    };
    const rig = createIngestRig({ decode });
    await rig.feed(orders(0, 2));
    await expect(rig.feed(orders(2, 2 * RECORDS_PER_CHUNK))).rejects.toThrow('a bug of the reader');
    expect(offset(rig.store)).toBe(atFault);
  });
});

describe('partitions that wait for the store together', () => {
  async function rigOf(partitions: number, over: Partial<IngestParts> = {}) {
    const rig = createIngestRig(over);
    const epochs: number[] = [];
    for (let p = 0; p < partitions; p++) epochs.push((await rig.ingest.assign('sales', p)).epoch);
    const feed = (partition: number, from: number, events: readonly object[]): Promise<void> => {
      const records = events.map((event, i) => ({
        ...{ offset: from + i, value: eventBytes(event), key: null, headers: {}, appendedAt: NOW },
      }));
      const nextOffset = from + events.length;
      return rig.ingest.consume(
        feedOf({ topic: 'sales', partition, epoch: epochs[partition] as number, records, nextOffset, highWatermark: nextOffset }),
      );
    };
    // What comes first after an assignment is committed alone.
    for (let p = 0; p < partitions; p++) await feed(p, 0, orders(p, 1));
    return {
      rig,
      feed,
      offsets: () =>
        rig.store.db
          .prepare('select next_offset as n from offsets order by "partition"')
          .all()
          .map((r) => r['n']),
    };
  }

  it('[I1] share one commit, each with its own offset', async () => {
    const { rig, feed, offsets } = await rigOf(4);
    const before = rig.commits.length;
    await Promise.all([0, 1, 2, 3].map((p) => feed(p, 1, orders(100 * (p + 1), 3))));
    // The first begins at once, the others have gathered behind it.
    expect(rig.commits.length - before).toBe(2);
    expect(offsets()).toEqual([4, 4, 4, 4]);
    expect(net(rig.store)).toBe(1_600);
  });

  it('[I2] one that is no longer ours does not hold up the others', async () => {
    const { rig, feed, offsets } = await rigOf(4);
    await rig.ingest.assign('sales', 2);
    const ends = await Promise.allSettled([0, 1, 2, 3].map((p) => feed(p, 1, orders(100 * (p + 1), 3))));
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect((ends[2] as PromiseRejectedResult).reason).toBeInstanceOf(Fenced);
    expect(offsets()).toEqual([4, 4, 1, 4]);
  });

  it('[I9] a store that is away is away for all of them, and takes them later', async () => {
    const store = openMemoryStore(() => NOW);
    let away = false;
    const { rig, feed, offsets } = await rigOf(3, { store: failing(store, () => away) });
    const all = () => Promise.allSettled([0, 1, 2].map((p) => feed(p, 1, orders(100 * (p + 1), 3))));
    away = true;
    expect((await all()).map((end) => end.status === 'rejected' && end.reason instanceof Unavailable)).toEqual([true, true, true]);
    away = false;
    expect((await all()).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    expect(rig.ingest.consumed().applied).toBe(12);
    expect(offsets()).toEqual([]);
  });
});
