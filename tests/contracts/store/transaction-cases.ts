/** All of a batch or nothing, one batch at a time, nothing seen before it is durable. */
import { expect, test } from 'vitest';
import type { StoreTx } from '../../../server/pipeline/ports/transaction.ts';
import { customerRow, salesRow } from './ledger-cases.ts';
import { mentionWrite, orderWrite, outboxMessage } from './samples.ts';
import type { StoreCase } from './store-contract.ts';

async function wholeBatch(tx: StoreTx): Promise<void> {
  await tx.putFacts([orderWrite({ orderId: '1' }), mentionWrite({ mentionId: 'm' })]);
  await tx.putCustomerRows([{ customerId: 'B', rows: [customerRow('B', 0)] }]);
  await tx.appendLedger([salesRow('1', 0)]);
  await tx.quarantine([
    {
      rejection: { code: 'bad_time', path: 'time', message: 'no offset' },
      raw: new Uint8Array([1, 2]),
      sha256: 'ab',
      length: 2,
      position: 'kafka sales/0@7',
      topic: 'sales',
      eventId: null,
      eventType: null,
      source: null,
      receivedAt: 5,
    },
  ]);
  await tx.putRaw({ partition: 'kafka sales/0', receivedAt: 5, offsets: [6], bytes: [new Uint8Array([3])] });
  await tx.putOutbox([outboxMessage({ key: 'k' })]);
  await tx.touchStreams([{ stream: 'orders', receivedAt: 5, occurredAt: 4, aliveAt: null }]);
  await tx.raiseEpoch('sales', 0);
  await tx.advanceOffset({ topic: 'sales', partition: 0, epoch: 1, nextOffset: 8 });
}

export function registerTransactionCases(stores: StoreCase): void {
  const everything = async (reads: Awaited<ReturnType<StoreCase['open']>>['reads']) => ({
    counts: await reads.counts(),
    offsets: await reads.offsets(),
    streams: await reads.streams(),
    change: await reads.changeNumber(),
    ledgerBytes: await reads.ledgerBytes(),
  });

  test('[I1] facts, ledger rows, quarantine, messages, offset and change number become true together', async () => {
    const store = await stores.open();
    await store.write(async (tx) => {
      await wholeBatch(tx);
      await tx.appendChange(['sales'], 9);
    });
    const state = await everything(store.reads);
    expect(state.counts).toMatchObject({ order: 1, mention: 1, customers: 1, quarantineOpen: 1, outbox: 1 });
    expect(state.offsets).toEqual([{ topic: 'sales', partition: 0, epoch: 1, nextOffset: 8, logId: null }]);
    expect(state.streams).toEqual([{ stream: 'orders', receivedAt: 5, occurredAt: 4, aliveAt: null }]);
    expect(state.change).toBe(1);
    expect(state.ledgerBytes).toBeGreaterThan(0);
  });

  test('transactions run one at a time in the order of the calls, each to its end, whatever became of the one before', async () => {
    const store = await stores.open();
    const log: string[] = [];
    const run = (name: string, fails = false) =>
      store.write(async (tx) => {
        log.push(`begin ${name}`);
        await tx.policies();
        log.push(`end ${name}`);
        if (fails) throw new Error('planted');
      });
    await Promise.allSettled([run('a'), run('b', true), run('c'), run('d')]);
    expect(log).toEqual(['a', 'b', 'c', 'd'].flatMap((name) => [`begin ${name}`, `end ${name}`]));
  });

  test('[I1] a batch that throws at its end leaves nothing, and the next one works', async () => {
    const store = await stores.open();
    const before = await everything(store.reads);
    const bug = new Error('planted');
    const failed = store.write(async (tx) => {
      await wholeBatch(tx);
      await tx.appendChange(['sales'], 9);
      throw bug;
    });
    await expect(failed).rejects.toBe(bug);
    expect(await everything(store.reads)).toEqual(before);
    await store.write((tx) => tx.appendChange(['sales'], 9));
    expect(await store.reads.changeNumber()).toBe(1);
  });

  test('[I1] reads see nothing of a write before it resolves', async () => {
    const store = await stores.open();
    let during: unknown;
    await store.write(async (tx) => {
      await wholeBatch(tx);
      during = (await store.reads.counts())['order'];
    });
    expect(during).toBe(0);
    expect((await store.reads.counts())['order']).toBe(1);
  });

  test('writes run one after another in the order they were asked for, also after one that failed', async () => {
    const store = await stores.open();
    const steps: string[] = [];
    const job = (name: string, fail = false) =>
      store.write(async (tx) => {
        steps.push(`${name} begins`);
        await tx.pageFacts('order', null, 1);
        await new Promise((resolve) => setImmediate(resolve));
        steps.push(`${name} ends`);
        if (fail) throw new Error(name);
      });
    const results = await Promise.allSettled([job('a'), job('b', true), job('c')]);
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  test('change numbers rise by one per commit and leave no gap behind a failed one', async () => {
    const store = await stores.open();
    const numbers: number[] = [];
    for (let i = 0; i < 5; i++) {
      const attempt = store.write(async (tx) => {
        await tx.appendChange(['sales'], i);
        if (i === 2) throw new Error('planted');
      });
      await attempt.catch(() => undefined);
      numbers.push(await store.reads.changeNumber());
    }
    expect(numbers).toEqual([1, 2, 2, 3, 4]);
  });

  test('what was committed, and the name of the store, are there after it was closed and opened', async () => {
    const store = await stores.open();
    await store.write(async (tx) => {
      await wholeBatch(tx);
      await tx.appendChange(['sales'], 9);
    });
    const before = await everything(store.reads);
    const again = await stores.reopen();
    expect(again.storeId).toBe(store.storeId);
    expect(await everything(again.reads)).toEqual(before);
  });
}
