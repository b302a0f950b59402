import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { createDecoder, type Decode } from '../../../../server/pipeline/decode/decode.ts';
import { COMMIT_LIMITS } from '../../../../server/pipeline/ingest/commit-unit.ts';
import { BadData, Fenced, Unavailable } from '../../../../server/pipeline/ports/errors.ts';
import type { Store } from '../../../../server/pipeline/ports/store.ts';
import type { StoreTx } from '../../../../server/pipeline/ports/transaction.ts';
import { decodeUtf8, encodeUtf8 } from '../../../../server/adapters/system/bytes.ts';
import { generateEvents } from '../../../helpers/event-generator.ts';
import { createIngestRig, feedOf, NOW } from '../../../helpers/ingest-rig.ts';
import { openMemoryStore, type MemoryStore } from '../../../helpers/memory-store.ts';
import type { FamilyName } from '../../../../server/domain/ledger/registry.ts';

const envelope = { specversion: '1.0', source: '/shop', time: '2026-11-23T10:00:00+08:00' };
const order = (n: number, data: object = {}): object => ({
  ...envelope,
  id: `e-${n}`,
  type: 'sales.order.paid',
  data: {
    orderId: `SO-${n}`,
    version: 1,
    buyerId: 'B',
    channel: '天猫',
    region: '华东',
    lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: 100 }],
    ...data,
  },
});
const orders = (from: number, count: number): object[] => Array.from({ length: count }, (_, i) => order(from + i));
const junk = encodeUtf8('nonsense');

function net(store: MemoryStore): number {
  return store
    .ledger()
    .reduce((sum, { family, measures: [paid = 0, refunded = 0] }) => (family === 'sales' ? sum + paid - refunded : sum), 0);
}
const offset = (store: MemoryStore): unknown => store.db.prepare('select next_offset as n from offsets').get()?.['n'];

/** The store with something happening before `putFacts`: `hit` sees the keys of the facts about to be written. */
function interfere(store: MemoryStore, hit: (keys: readonly string[]) => void): MemoryStore {
  const write: Store['write'] = (work) =>
    store.write((tx) => {
      const watched: StoreTx = {
        ...tx,
        putFacts: async (writes) => {
          hit(writes.map((w) => w.fact.key));
          await tx.putFacts(writes);
        },
      };
      return work(watched);
    });
  return { ...store, write };
}

describe('[I1] a batch is one transaction', () => {
  it('applies the good, keeps the bad apart, counts tombstones and moves the offset', async () => {
    const rig = createIngestRig();
    await rig.feed([order(1), junk, null, order(2, { channel: 7 }), order(1), order(3)]);
    expect(rig.ingest.consumed()).toEqual({ applied: 2, older: 0, duplicate: 1, quarantined: 2, skipped: 0, tombstone: 1 });
    expect(net(rig.store)).toBe(200);
    expect(offset(rig.store)).toBe(6);
    expect(rig.quarantined()).toEqual([
      { code: 'not_json', path: '', event_id: null, position: 'log sales/0@1' },
      { code: 'invalid_data', path: 'data.channel', event_id: 'e-2', position: 'log sales/0@3' },
    ]);
    expect(rig.commits).toEqual([['sales', 'quarantine']]);
  });

  it('leaves nothing behind when the store fails at the very end, and tells nobody', async () => {
    const store = openMemoryStore(() => NOW);
    let fail = true;
    const failing: MemoryStore = {
      ...store,
      write: (work) =>
        store.write(async (tx) => {
          const result = await work({
            ...tx,
            appendChange: (touched, at) => {
              if (fail) throw new Unavailable('store_full', 'no space');
              return tx.appendChange(touched, at);
            },
          });
          return result;
        }),
    };
    const rig = createIngestRig({ store: failing as unknown as Store }, store);
    await rig.assign();
    await expect(rig.feed([order(1), junk])).rejects.toBeInstanceOf(Unavailable);
    expect([net(store), offset(store), rig.quarantined(), rig.commits]).toEqual([0, null, [], []]);
    fail = false;
    await rig.replay(0);
    expect([net(store), offset(store), rig.quarantined().length]).toEqual([100, 2, 1]);
  });

  it('cuts a long batch into several, each with its own offset', async () => {
    const rig = createIngestRig();
    await rig.feed(orders(0, COMMIT_LIMITS.records + 1));
    expect(rig.commits).toHaveLength(2);
    expect(net(rig.store)).toBe(100 * (COMMIT_LIMITS.records + 1));
  });

  it('moves past offsets that hold no records', async () => {
    const rig = createIngestRig();
    await rig.feed([]);
    const { epoch } = await rig.ingest.assign('sales', 0);
    await rig.ingest.consume(feedOf({ topic: 'sales', partition: 0, epoch, records: [], nextOffset: 7, highWatermark: 7 }));
    expect(offset(rig.store)).toBe(7);
  });
});

describe('[I2] [I3] positions', () => {
  it('skips for ever what lies below the stored offset, whatever it says now', async () => {
    const rig = createIngestRig();
    await rig.feed(orders(0, 5));
    await rig.replay(2);
    expect(rig.ingest.consumed()).toMatchObject({ applied: 5, skipped: 3, duplicate: 0 });
    expect(offset(rig.store)).toBe(5);
  });

  it('continues where the store stands on assignment, under a higher epoch', async () => {
    const rig = createIngestRig();
    await rig.feed(orders(0, 3));
    const again = await rig.ingest.assign('sales', 0);
    expect(again).toEqual({ epoch: 2, nextOffset: 3, logId: null });
  });

  it('lets a batch of an older assignment write nothing', async () => {
    const rig = createIngestRig();
    await rig.feed(orders(0, 1));
    await rig.ingest.assign('sales', 0);
    await expect(rig.feed(orders(1, 1))).rejects.toBeInstanceOf(Fenced);
    expect(net(rig.store)).toBe(100);
  });
});

describe('[I4] one thing is one thing', () => {
  it('quarantines other content under the same version; the first to come stays', async () => {
    const rig = createIngestRig();
    await rig.feed([order(1), order(1, { channel: '京东' })]);
    await rig.feed([order(1, { region: '华南' }), order(1)]);
    expect(rig.ingest.consumed()).toMatchObject({ applied: 1, quarantined: 2, duplicate: 1 });
    expect(rig.quarantined().map((q) => q.code)).toEqual(['id_conflict', 'id_conflict']);
    expect(net(rig.store)).toBe(100);
  });

  it('keeps a late older version as history: its repeat is a duplicate, its contradiction a conflict', async () => {
    const rig = createIngestRig();
    await rig.feed([order(1, { version: 3, channel: 'c3' })]);
    await rig.feed([order(1, { version: 2, channel: 'c2' })]);
    await rig.feed([order(1, { version: 2, channel: 'c2' }), order(1, { version: 2, channel: 'other' })]);
    expect(rig.ingest.consumed()).toMatchObject({ applied: 1, older: 1, duplicate: 1, quarantined: 1 });
    expect(rig.commits.slice(1)).toEqual([['quarantine']]);
  });

  it('changes nothing when everything comes again', async () => {
    const rig = createIngestRig();
    const events = generateEvents({ seed: 5, count: 300, until: NOW });
    await rig.feed(events);
    const before = rig.store.dump();
    const commits = rig.commits.length;
    await rig.feed(events);
    expect(rig.store.dump()).toEqual(before);
    expect(rig.commits).toHaveLength(commits);
    expect(rig.ingest.consumed()).toMatchObject({ duplicate: 300, quarantined: 0 });
  });
});

describe('bad input beside good [I13]', () => {
  it('a refund of 200 % is counted whole and its order flagged', async () => {
    const rig = createIngestRig();
    const refund = {
      ...envelope,
      id: 'r',
      type: 'sales.order.refunded',
      data: { refundId: 'R', orderId: 'SO-1', version: 1, amount: 200 },
    };
    await rig.feed([refund, order(1), order(2)]);
    expect(net(rig.store)).toBe(0);
    expect(rig.store.db.prepare('select key from orders where over_refunded = 1').all()).toEqual([{ key: '/shop SO-1' }]);
  });

  it('a 5 MB record is quarantined with its first 64 KB and its whole length; its neighbours are counted', async () => {
    const rig = createIngestRig();
    await rig.feed([order(1), encodeUtf8(`{"id":"big","x":"${'x'.repeat(5_000_000)}"}`), order(2)]);
    expect(net(rig.store)).toBe(200);
    expect(rig.store.db.prepare('select event_id, length, length(raw) as kept, length(sha256) as sha from quarantine').get()).toEqual({
      event_id: 'big',
      length: 5_000_019,
      kept: 65_536,
      sha: 64,
    });
  });

  it('a record in binary mode is kept as the structured event it means, so that it can be sent again', async () => {
    const rig = createIngestRig();
    await rig.assign();
    const headers = { ce_specversion: '1.0', ce_id: 'e-9', ce_source: '/shop', ce_type: 'sales.order.paid', ce_time: 'yesterday' };
    const record = { offset: 0, value: encodeUtf8('{"orderId":"SO-9"}'), key: null, headers, appendedAt: NOW };
    await rig.ingest.consume(feedOf({ topic: 'sales', partition: 0, epoch: 1, records: [record], nextOffset: 1, highWatermark: 1 }));
    const raw = rig.store.db.prepare('select raw, code from quarantine').get();
    expect(raw?.['code']).toBe('bad_time');
    expect(JSON.parse(new TextDecoder().decode(raw?.['raw'] as Uint8Array))).toMatchObject({ id: 'e-9', data: { orderId: 'SO-9' } });
  });
});

describe('[I9] whose fault it is', () => {
  it('infrastructure passes through, quarantines nothing, and is not hunted for', async () => {
    const store = openMemoryStore(() => NOW);
    let calls = 0;
    const rig = createIngestRig(
      {
        store: interfere(store, () => {
          calls++;
          throw new Unavailable('store_full', 'no space');
        }) as unknown as Store,
      },
      store,
    );
    await expect(rig.feed(orders(0, 8))).rejects.toBeInstanceOf(Unavailable);
    expect(calls).toBe(1);
    expect(rig.quarantined()).toEqual([]);
  });

  it('data the store refuses costs only the record at fault', async () => {
    const store = openMemoryStore(() => NOW);
    const refusing = interfere(store, (keys) => {
      if (keys.includes('/shop SO-5')) throw new BadData('value out of range');
    });
    const rig = createIngestRig({ store: refusing as unknown as Store }, store);
    await rig.feed(orders(0, 9));
    expect(rig.ingest.consumed()).toMatchObject({ applied: 8, quarantined: 1 });
    expect(rig.quarantined()).toMatchObject([{ code: 'invalid_data', position: 'log sales/0@5' }]);
    expect([net(store), offset(store)]).toEqual([800, 9]);
  });

  it('a bug ends the process; the third time its record is quarantined reader_bug and the rest goes on', async () => {
    const store = openMemoryStore(() => NOW);
    const good = createDecoder({ currency: 'CNY', decodeUtf8 });
    const decode: Decode = (value, headers, now) => {
      const result = good(value, headers, now);
      if (result.ok && result.event.id === 'e-3') throw new TypeError('a bug of the reader');
      return result;
    };
    const runs: unknown[] = [];
    for (let start = 1; start <= 3; start++) {
      const rig = createIngestRig({ decode }, store);
      await rig.assign();
      runs.push(
        await rig.feed(orders(0, 6)).then(
          () => 'through',
          (error: Error) => error.message,
        ),
      );
      if (start < 3) expect([net(store), offset(store)]).toEqual([300, 3]);
      else expect(rig.quarantined()).toMatchObject([{ code: 'reader_bug', position: 'log sales/0@3' }]);
    }
    expect(runs).toEqual(['a bug of the reader', 'a bug of the reader', 'through']);
    expect([net(store), offset(store)]).toEqual([500, 6]);
    expect(store.db.prepare("select count(*) as n from attempts where position not like '%assigned'").get()).toEqual({ n: 0 });
  });

  it('a crash without a trace is found by going record by record once several starts made no progress', async () => {
    const store = openMemoryStore(() => NOW);
    const good = createDecoder({ currency: 'CNY', decodeUtf8 });
    /** As a kill would: the process never comes back from this record, and nothing catches it. */
    class Killed extends Unavailable {}
    const decode: Decode = (value, headers, now) => {
      const result = good(value, headers, now);
      if (result.ok && result.event.id === 'e-2') throw new Killed('killed', 'no trace');
      return result;
    };
    let starts = 0;
    for (let through = false; !through; starts++) {
      expect(starts).toBeLessThan(10);
      const rig = createIngestRig({ decode }, store);
      await rig.assign();
      through = await rig.feed(orders(0, 4)).then(
        () => true,
        (error: unknown) => {
          if (!(error instanceof Killed)) throw error;
          return false;
        },
      );
      if (through) expect(rig.quarantined()).toMatchObject([{ code: 'reader_bug', position: 'log sales/0@2' }]);
    }
    expect([net(store), offset(store)]).toEqual([300, 4]);
    // Three without a commit, three more at the record itself.
    expect(starts).toBe(7);
    expect(store.db.prepare('select position from attempts').all()).toEqual([]);
  });

  it('the road without crashes pays nothing for that: no attempt is left, none is written between commits', async () => {
    const rig = createIngestRig();
    for (let i = 0; i < 5; i++) {
      await rig.assign();
      await rig.feed(orders(i * 10, 10));
    }
    expect(rig.store.db.prepare('select count(*) as n from attempts').get()).toEqual({ n: 0 });
    expect(rig.quarantined()).toEqual([]);
  });
});

describe('[I10] the breaker', () => {
  it('stops the topic with one alarm once more than 20 % of 500 are bad, and keeps what was good', async () => {
    const rig = createIngestRig();
    await rig.feed([...orders(0, 380), ...Array.from({ length: 120 }, () => junk)]);
    expect(rig.pauses).toEqual([{ topic: 'sales', reason: 'too_many_bad' }]);
    await rig.feed(Array.from({ length: 500 }, () => junk));
    expect(rig.pauses).toHaveLength(1);
    expect(net(rig.store)).toBe(38_000);
  });
});

describe('[I12] a gap', () => {
  it('is written down and told, never passed over', async () => {
    const rig = createIngestRig();
    await rig.assign();
    await rig.ingest.gap({ topic: 'sales', partition: 0, expected: 5, oldest: 50, cause: 'lost' });
    expect(rig.store.db.prepare('select expected, oldest, at from gaps').all()).toEqual([{ expected: 5, oldest: 50, at: NOW }]);
    expect(rig.commits).toEqual([['sources']]);
  });
});

describe('[I6] what comes out of order', () => {
  const lead = (data: object): object => ({
    ...envelope,
    id: 'l',
    source: '/crm',
    type: 'lead.created',
    data: { leadId: 'L', version: 1, channel: '抖音', region: '华南', touch: 'paid', reachable: true, ...data },
  });
  const signed = { ...envelope, id: 's', type: 'lead.signed', data: { leadId: 'L', version: 1, customerId: 'K', value: 1 } };
  /** First three dimensions whose rows of a measure do not sum to nothing: channel, region and campaign. */
  function cells(store: MemoryStore, family: FamilyName, measure: number): string[] {
    const sums = new Map<string, number>();
    for (const row of store.ledger().filter((one) => one.family === family)) {
      const dims = JSON.stringify(row.dims.slice(0, 3));
      sums.set(dims, (sums.get(dims) ?? 0) + (row.measures[measure] ?? 0));
    }
    return [...sums].flatMap(([dims, sum]) => (sum === 0 ? [] : [dims])).sort();
  }
  const liveOrders = (store: MemoryStore) => cells(store, 'sales', 3);
  const newCustomers = (store: MemoryStore) => cells(store, 'newCustomers', 0);

  it('an order finds the campaign of its lead when the lead arrives, and follows its corrections', async () => {
    const rig = createIngestRig();
    await rig.feed([order(1, { leadId: 'L' })]);
    expect(liveOrders(rig.store)).toEqual(['["天猫","华东",null]']);
    await rig.feed([lead({ campaignId: 'C' })]);
    expect(liveOrders(rig.store)).toEqual(['["天猫","华东","C"]']);
    await rig.feed([lead({ version: 2, campaignId: 'C2' })]);
    expect(liveOrders(rig.store)).toEqual(['["天猫","华东","C2"]']);
    expect(rig.commits).toEqual([['sales'], ['leads', 'sales'], ['leads', 'sales']]);
    expect(rig.store.db.prepare('select campaign_id from orders').get()).toEqual({ campaign_id: 'C2' });
  });

  it('a signing finds the channel and region of its lead when the lead arrives', async () => {
    const rig = createIngestRig();
    await rig.feed([signed]);
    expect(newCustomers(rig.store)).toEqual(['[null,null,null]']);
    await rig.feed([lead({})]);
    expect(newCustomers(rig.store)).toEqual(['["抖音","华南",null]']);
  });

  it('a first order cancelled later gives its place to the next one', async () => {
    const rig = createIngestRig();
    const first = { ...order(1, { channel: '京东' }), time: '2026-11-20T10:00:00+08:00' };
    await rig.feed([order(2), first]);
    expect(newCustomers(rig.store)).toEqual(['["京东","华东",null]']);
    await rig.feed([{ ...envelope, id: 'c', type: 'sales.order.cancelled', data: { orderId: 'SO-1', version: 2 } }]);
    expect(newCustomers(rig.store)).toEqual(['["天猫","华东",null]']);
  });

  it('a refund corrected to another order leaves the one and joins the other', async () => {
    const rig = createIngestRig();
    const refund = (v: number, orderId: string): object => ({
      ...envelope,
      id: `r${v}`,
      type: 'sales.order.refunded',
      data: { refundId: 'R', orderId, version: v, amount: 100 },
    });
    await rig.feed([order(1, { channel: 'one' }), order(2, { channel: 'two' }), refund(1, 'SO-1')]);
    expect(liveOrders(rig.store)).toEqual(['["two","华东",null]']);
    await rig.feed([refund(2, 'SO-2')]);
    expect(liveOrders(rig.store)).toEqual(['["one","华东",null]']);
    expect(rig.store.db.prepare('select key, live from orders order by key').all()).toEqual([
      { key: '/shop SO-1', live: 1 },
      { key: '/shop SO-2', live: 0 },
    ]);
  });
});

describe('days are business days', () => {
  it('whatever zone the source writes its time in', async () => {
    const rig = createIngestRig();
    await rig.feed([{ ...order(1), time: '2026-11-22T16:30:00Z' }]);
    const day = createCalendar('Asia/Shanghai').dayOf(Date.parse('2026-11-23T00:30:00+08:00'));
    expect(rig.store.db.prepare('select day from orders').get()).toEqual({ day });
  });
});
