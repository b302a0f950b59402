/** Positions, epochs, gaps, quarantine and tries. */
import { expect, test } from 'vitest';
import { Fenced } from '../../../server/pipeline/ports/errors.ts';
import type { QuarantineEntry } from '../../../server/pipeline/ports/transaction.ts';
import type { StoreCase } from './store-contract.ts';

const entry = (position: string): QuarantineEntry => ({
  rejection: { code: 'invalid_data', path: 'data.lines[0].amount', message: 'must not be negative' },
  raw: new TextEncoder().encode(`raw of ${position}`),
  sha256: 'c0ffee',
  length: 70_000,
  position,
  topic: 'sales',
  eventId: 'e1',
  eventType: 'sales.order.paid',
  source: '/shop',
  receivedAt: 77,
});

export function registerPositionCases(stores: StoreCase): void {
  test('[I2] every assignment raises the epoch and keeps the offset', async () => {
    const store = await stores.open();
    expect(await store.write((tx) => tx.offset('sales', 0))).toBeUndefined();
    expect(await store.write((tx) => tx.raiseEpoch('sales', 0))).toEqual({ epoch: 1, nextOffset: null, logId: null });
    await store.write((tx) => tx.advanceOffset({ topic: 'sales', partition: 0, epoch: 1, nextOffset: 40 }));
    expect(await store.write((tx) => tx.raiseEpoch('sales', 0))).toEqual({ epoch: 2, nextOffset: 40, logId: null });
    expect(await store.write((tx) => tx.raiseEpoch('sales', 1))).toEqual({ epoch: 1, nextOffset: null, logId: null });
    expect(await store.write((tx) => tx.offset('sales', 0))).toEqual({ epoch: 2, nextOffset: 40 });
  });

  test('[I2] an older epoch is fenced, and its batch leaves nothing', async () => {
    const store = await stores.open();
    await store.write((tx) => tx.raiseEpoch('sales', 0));
    await store.write((tx) => tx.raiseEpoch('sales', 0));
    const late = store.write(async (tx) => {
      await tx.touchStreams([{ stream: 'orders', receivedAt: 1, occurredAt: 1, aliveAt: null }]);
      await tx.advanceOffset({ topic: 'sales', partition: 0, epoch: 1, nextOffset: 5 });
    });
    await expect(late).rejects.toBeInstanceOf(Fenced);
    expect(await store.reads.streams()).toEqual([]);
    expect(await store.write((tx) => tx.offset('sales', 0))).toEqual({ epoch: 2, nextOffset: null });
  });

  test('[I3] an offset never moves back, and a partition that was never assigned never moves', async () => {
    const store = await stores.open();
    await store.write((tx) => tx.raiseEpoch('sales', 0));
    const move = (partition: number, nextOffset: number) =>
      store.write((tx) => tx.advanceOffset({ topic: 'sales', partition, epoch: 1, nextOffset }));
    await move(0, 9);
    await move(0, 9);
    await expect(move(0, 8)).rejects.toBeInstanceOf(Fenced);
    await expect(move(1, 1)).rejects.toBeInstanceOf(Fenced);
    expect(await store.reads.offsets()).toEqual([{ topic: 'sales', partition: 0, epoch: 1, nextOffset: 9, logId: null }]);
  });

  test('[I3] a position names its log; of another log it is forgotten, and only by who holds the partition', async () => {
    const store = await stores.open();
    const bind = (epoch: number, logId: string, anew: boolean) =>
      store.write((tx) => tx.bindLog({ topic: 'sales', partition: 0, epoch, logId, anew, empty: false }));
    const advance = (epoch: number, nextOffset: number) =>
      store.write((tx) => tx.advanceOffset({ topic: 'sales', partition: 0, epoch, nextOffset }));
    await store.write((tx) => tx.raiseEpoch('sales', 0));
    await advance(1, 70);
    await bind(1, 'topic a', false);
    expect(await store.reads.offsets()).toEqual([{ topic: 'sales', partition: 0, epoch: 1, nextOffset: 70, logId: 'topic a' }]);
    expect(await store.write((tx) => tx.raiseEpoch('sales', 0))).toEqual({ epoch: 2, nextOffset: 70, logId: 'topic a' });
    await expect(bind(1, 'topic b', true)).rejects.toBeInstanceOf(Fenced);
    await bind(2, 'topic b', true);
    expect(await store.write((tx) => tx.raiseEpoch('sales', 0))).toEqual({ epoch: 3, nextOffset: null, logId: 'topic b' });
    await advance(3, 2);
    expect(await store.reads.offsets()).toMatchObject([{ nextOffset: 2, logId: 'topic b' }]);
  });

  test('[I3] a log that never held a record counts as read to its end', async () => {
    const store = await stores.open();
    await store.write((tx) => tx.raiseEpoch('sales', 0));
    const bind = (anew: boolean) =>
      store.write((tx) => tx.bindLog({ ...{ topic: 'sales', partition: 0, epoch: 1 }, logId: 'topic a', anew, empty: true }));
    await bind(false);
    expect(await store.write((tx) => tx.raiseEpoch('sales', 0))).toEqual({ epoch: 2, nextOffset: 0, logId: 'topic a' });
    await expect(bind(true)).rejects.toBeInstanceOf(Fenced);
    await store.write((tx) => tx.advanceOffset({ topic: 'sales', partition: 0, epoch: 2, nextOffset: 3 }));
    expect(await store.reads.offsets()).toMatchObject([{ nextOffset: 3 }]);
  });

  test('[I9] quarantine is filtered and counted by state, code and topic, and closed many at a time', async () => {
    const store = await stores.open();
    const kinds = [
      ['a', 'not_json', 'http'],
      ['b', 'bad_time', 'sales'],
      ['c', 'bad_time', 'leads'],
      ['d', 'bad_time', 'sales'],
      ['e', 'id_conflict', 'sales'],
    ] as const;
    await store.write((tx) =>
      tx.quarantine(kinds.map(([position, code, topic]) => ({ ...entry(position), topic, rejection: { code, path: '', message: 'x' } }))),
    );
    const found = async (query: Parameters<typeof store.reads.quarantine>[0]) => {
      const { total, rows } = await store.reads.quarantine(query);
      return [total, rows.map((row) => row.position).join('')];
    };
    expect(await found({ code: 'bad_time', limit: 2 })).toEqual([3, 'dc']);
    const second = (await store.reads.quarantine({ code: 'bad_time', limit: 2 })).rows[1]?.id ?? 0;
    expect(await found({ code: 'bad_time', limit: 2, before: second })).toEqual([3, 'b']);
    expect(await found({ code: 'bad_time', topic: 'sales', state: 'open', limit: 9 })).toEqual([2, 'db']);
    expect(await found({ topic: 'sales', limit: 9 })).toEqual([3, 'edb']);
    expect(await found({ code: 'no_such', limit: 9 })).toEqual([0, '']);

    const all = await store.reads.openQuarantine({ after: 0, upTo: Number.MAX_SAFE_INTEGER, limit: 9 });
    expect(all.map(({ kept }) => kept)).toEqual(Array(5).fill(8));
    const ids = all.map(({ id }) => id);
    const open = await store.reads.openQuarantine({ code: 'bad_time', after: ids[1] ?? 0, upTo: ids[3] ?? 0, limit: 9 });
    expect(open.map(({ id }) => id)).toEqual([ids[2], ids[3]]);
    expect((await store.reads.quarantineRaws([ids[3] ?? 0, 999, ids[0] ?? 0])).map(({ raw }) => new TextDecoder().decode(raw))).toEqual([
      'raw of a',
      'raw of d',
    ]);
    expect(await store.write((tx) => tx.closeQuarantined([...ids.slice(1, 4), 999], 'discarded', '林悦', 'x', 7))).toBe(3);
    expect(await store.write((tx) => tx.closeQuarantined(ids.slice(1, 5), 'replayed', '林悦', 'x', 7))).toBe(1);
    expect(await found({ state: 'discarded', limit: 9 })).toEqual([3, 'dcb']);
    expect(await store.reads.openQuarantine({ after: 0, upTo: Number.MAX_SAFE_INTEGER, limit: 9 })).toHaveLength(1);
  });

  test('[I9] quarantine keeps bytes, position and reason, newest first, and is closed once', async () => {
    const store = await stores.open();
    await store.write((tx) => tx.quarantine(['a', 'b', 'c'].map((p) => entry(p))));
    const { total, rows } = await store.reads.quarantine({ limit: 2 });
    expect(total).toBe(3);
    expect(rows.map((r) => r.position)).toEqual(['c', 'b']);
    expect(rows[0]).toMatchObject({
      state: 'open',
      code: 'invalid_data',
      path: 'data.lines[0].amount',
      length: 70_000,
      eventId: 'e1',
      closedBy: null,
    });
    const id = rows[1]?.id ?? -1;
    expect((await store.reads.quarantine({ limit: 5, before: id })).rows.map((r) => r.position)).toEqual(['a']);
    expect(new TextDecoder().decode(await store.reads.quarantineRaw(id))).toBe('raw of b');
    expect(await store.reads.quarantineRaw(999)).toBeUndefined();
    const close = (state: 'replayed' | 'discarded') => store.write((tx) => tx.closeQuarantine(id, state, '林悦', '重复', 88));
    expect(await close('discarded')).toBe(true);
    expect(await close('replayed')).toBe(false);
    expect((await store.reads.quarantine({ state: 'discarded', limit: 5 })).rows).toMatchObject([
      { position: 'b', closedBy: '林悦', closedReason: '重复' },
    ]);
    expect((await store.reads.quarantine({ state: 'open', limit: 5 })).total).toBe(2);
  });

  test('[I9] tries of a record are counted until they are cleared', async () => {
    const store = await stores.open();
    const count = (position: string) => store.write((tx) => tx.countAttempt(position));
    expect([await count('p'), await count('p'), await count('q'), await count('p')]).toEqual([1, 2, 1, 3]);
    await store.write((tx) => tx.clearAttempt('p'));
    expect(await count('p')).toBe(1);
  });

  test('[I12] a gap is kept once for each log, and is open until somebody has acknowledged it', async () => {
    const store = await stores.open();
    const gap = { topic: 'sales', partition: 2, expected: 10, oldest: 0, cause: 'new_log' } as const;
    const put = (logId: string | null, at: number) => store.write((tx) => tx.putGap({ ...gap, logId, at }));
    await put('topic b', 5);
    await put('topic b', 6);
    expect(await store.reads.gaps()).toEqual([{ ...gap, at: 5, acknowledgedBy: null }]);
    const acknowledge = (actor: string, at: number) => store.write((tx) => tx.acknowledgeGaps(actor, at));
    expect(await acknowledge('周屿', 7)).toBe(1);
    expect(await acknowledge('林悦', 8)).toBe(0);
    await put('topic c', 9);
    await put(null, 10);
    expect(await store.reads.gaps()).toEqual([
      { ...gap, at: 5, acknowledgedBy: '周屿' },
      { ...gap, at: 9, acknowledgedBy: null },
      { ...gap, at: 10, acknowledgedBy: null },
    ]);
  });

  test('[I9] a log is marked with what was said of it last', async () => {
    const store = await stores.open();
    const mark = (name: 'kafka' | 'log', caughtUp: boolean, at: number) => store.write((tx) => tx.markLog({ name, caughtUp, at }));
    await mark('kafka', false, 1);
    await mark('log', false, 2);
    await mark('kafka', true, 3);
    expect(await store.reads.logs()).toEqual([
      { name: 'kafka', caughtUp: true, at: 3 },
      { name: 'log', caughtUp: false, at: 2 },
    ]);
  });

  test('[S3] a sign of life stands beside receipt and event time, and what is not said changes nothing', async () => {
    const store = await stores.open();
    const said = (receivedAt: number | null, occurredAt: number | null, aliveAt: number | null) =>
      store.write((tx) => tx.touchStreams([{ stream: 'spend', receivedAt, occurredAt, aliveAt }]));
    await said(null, 7, null);
    expect(await store.reads.streams()).toEqual([{ stream: 'spend', receivedAt: null, occurredAt: 7, aliveAt: null }]);
    await said(null, null, 20);
    await said(15, 3, 19);
    expect(await store.reads.streams()).toEqual([{ stream: 'spend', receivedAt: 15, occurredAt: 7, aliveAt: 20 }]);
  });

  test('[S3] freshness keeps the newest receipt and the newest event time, each by itself', async () => {
    const store = await stores.open();
    await store.write((tx) =>
      tx.touchStreams([
        { stream: 'orders', receivedAt: 10, occurredAt: 9, aliveAt: null },
        { stream: 'orders', receivedAt: 12, occurredAt: 3, aliveAt: null },
        { stream: 'leads', receivedAt: 1, occurredAt: 1, aliveAt: null },
      ]),
    );
    await store.write((tx) => tx.touchStreams([{ stream: 'orders', receivedAt: 11, occurredAt: 11, aliveAt: null }]));
    expect(await store.reads.streams()).toEqual([
      { stream: 'leads', receivedAt: 1, occurredAt: 1, aliveAt: null },
      { stream: 'orders', receivedAt: 12, occurredAt: 11, aliveAt: null },
    ]);
  });
}
