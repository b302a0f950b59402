/** Blocks of ledger rows and their positions, customers' own rows, and what those are made from. */
import { expect, test } from 'vitest';
import type { LedgerRow, TimedRow } from '../../../server/domain/ledger/row.ts';
import type { StoreTx } from '../../../server/pipeline/ports/transaction.ts';
import { leadWrite, orderWrite, refundWrite, signingWrite } from './samples.ts';
import type { StoreCase } from './store-contract.ts';

export const salesRow = (entity: string, at: number): LedgerRow => ({
  family: 'sales',
  kind: 'order',
  entity,
  at,
  since: at,
  dims: ['天猫', '华东', null, '咖啡机', 'true', 'B', 'B'],
  measures: [100, 0, 0, 1, 1, 1, 1, 0, 0, 0],
  received: at + 5,
  cause: 'new',
});
export const customerRow = (entity: string, at: number, since = at, sign = 1): TimedRow => ({
  kind: 'customer',
  entity,
  at,
  since,
  dims: ['天猫', null, 'C'],
  measures: [sign],
});

export function registerLedgerCases(stores: StoreCase): void {
  test('[I1] a transaction’s rows are one block; positions rise by one with every transaction that appends and commits', async () => {
    let store = await stores.open();
    const append = async (tx: StoreTx) => [await tx.appendLedger([salesRow('1', 1)]), await tx.appendLedger([salesRow('2', 2)])];
    expect(await store.write(append)).toEqual([1, 1]);
    await store.write((tx) => tx.putCustomerRows([]));
    expect(await store.write(append)).toEqual([2, 2]);
    store = await stores.reopen();
    expect(await store.write(append)).toEqual([3, 3]);
  });

  test('[I1] a transaction that fails gives its position back, also with others waiting behind it', async () => {
    const store = await stores.open();
    const append = (tx: StoreTx) => tx.appendLedger([salesRow('1', 1)]);
    const failing = async (tx: StoreTx) => {
      await append(tx);
      throw new TypeError('planted');
    };
    const outcomes = await Promise.allSettled([append, failing, append, failing, failing, append].map((work) => store.write(work)));
    expect(outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))).toEqual([1, 2, 3]);
  });

  test('[R6] a customer’s rows are kept, replaced and removed', async () => {
    const store = await stores.open();
    const moved = [customerRow('b', 7), customerRow('b', 7, 9, -1), customerRow('b', 8, 9)];
    await store.write(async (tx) => {
      await tx.putCustomerRows(['a', 'b', 'c'].map((customerId) => ({ customerId, rows: [customerRow(customerId, 1)] })));
      await tx.putCustomerRows([
        { customerId: 'b', rows: moved },
        { customerId: 'c', rows: [] },
      ]);
    });
    const found = await store.write((tx) => tx.customerRows(['a', 'b', 'c', 'd']));
    expect(Object.fromEntries(found)).toEqual({ a: [customerRow('a', 1)], b: moved });
  });

  test('[R6] a customer’s events are every order and signing that names the customer, whatever they count for', async () => {
    const store = await stores.open();
    const events = await store.write(async (tx) => {
      await tx.putFacts([
        orderWrite({ orderId: '2', buyerId: 'K', live: false }),
        orderWrite({ orderId: '1', buyerId: 'B', customerId: 'K', leadId: 'L' }),
        orderWrite({ orderId: '3', buyerId: 'K', campaignId: 'C', leadId: 'L' }),
        orderWrite({ orderId: '4', buyerId: 'other' }),
        refundWrite('r2', '2', 3),
        refundWrite('r1', '2', 2),
        refundWrite('r3', '4', 2),
        leadWrite('L', 1, { source: '/b' }),
        leadWrite('L', 1, { source: '/a' }),
        signingWrite('L', 'K', 5),
        signingWrite('unknown', 'S', 6),
      ]);
      return tx.eventsOfCustomers(['K', 'S', 'K', 'nobody']);
    });
    const keys = (facts: readonly { key: string }[]) => facts.map(({ key }) => key);
    const shown = [...events.values()].map(({ customerId, orders, signings }) => ({
      customerId,
      orders: orders.map(({ order, refunds, leads }) => [order?.key, keys(refunds), keys(leads)]),
      signings: signings.map(({ signing, leads }) => [signing.key, keys(leads)]),
    }));
    expect(shown).toEqual([
      {
        customerId: 'K',
        orders: [
          ['/shop 1', [], ['/a L', '/b L']],
          ['/shop 2', ['/shop r1', '/shop r2'], []],
          ['/shop 3', [], []],
        ],
        signings: [['/shop ["L","lead.signed"]', ['/a L', '/b L']]],
      },
      { customerId: 'S', orders: [], signings: [['/shop ["unknown","lead.signed"]', []]] },
    ]);
  });

  test('[I1] the ledger’s source gives the committed blocks in order, whatever their size', async () => {
    const store = await stores.open(() => 77);
    const source = stores.source();
    expect([source.storeId, source.createdAt, source.timeZone]).toEqual(['fresh', 77, 'UTC']);
    expect([source.bounds(), source.blocks(0, 10)]).toEqual([{ oldest: null, newest: 0 }, []]);
    const many = Array.from({ length: 5_000 }, (_, i) => salesRow(`${i}`, i));
    await store.write((tx) => tx.appendLedger(many));
    await store.write(async (tx) => {
      await tx.appendLedger([salesRow('a', 1)]);
      await tx.appendLedger([{ ...salesRow('b', 2), family: 'newCustomers', kind: 'customer', dims: ['天猫', null, 'C'], measures: [-1] }]);
    });
    await store.write((tx) => tx.appendLedger([salesRow('c', 3)]));
    expect(source.bounds()).toEqual({ oldest: 1, newest: 3 });
    const read = (after: number, maxRows: number) => source.blocks(after, maxRows).map(({ position, rows }) => [position, rows.length]);
    expect([read(0, 1), read(0, 5_001), read(1, 2), read(1, 3), read(3, 9)]).toEqual([
      [[1, 5_000]],
      [
        [1, 5_000],
        [2, 2],
      ],
      [[2, 2]],
      [
        [2, 2],
        [3, 1],
      ],
      [],
    ]);
    expect(source.blocks(0, 1)[0]?.rows).toEqual(many);
    expect(source.blocks(1, 1)[0]?.rows.map(({ entity, measures }) => [entity, measures])).toEqual([
      ['a', [100, 0, 0, 1, 1, 1, 1, 0, 0, 0]],
      ['b', [-1]],
    ]);
  });

  test('[R21] a snapshot is one state: what is committed while it is read is not in it', async () => {
    const store = await stores.open();
    await store.write(async (tx) => {
      await tx.putFacts([
        orderWrite({ orderId: '1', buyerId: 'K' }),
        refundWrite('r', 'unknown', 2),
        leadWrite('L', 3, { contactHash: 'H' }),
      ]);
      await tx.appendLedger([salesRow('1', 1)]);
    });
    const snapshot = stores.source().snapshot();
    await store.write(async (tx) => {
      await tx.putFacts([orderWrite({ orderId: '2', buyerId: 'K' }), leadWrite('L2', 3, { contactHash: 'H' })]);
      await tx.appendLedger([salesRow('2', 1)]);
    });
    const names = [...snapshot.entities()].flat().map(({ entity, members }) => {
      if ('customerId' in members) return [entity, members.customerId, members.orders.length];
      if ('contact' in members) return [entity, members.contact, members.leads.length];
      return 'orderKey' in members ? [entity, members.orderKey, members.order === undefined] : [entity, members.fact.key];
    });
    expect([snapshot.position, snapshot.total]).toEqual([1, 4]);
    snapshot.close();
    expect(names).toEqual([
      ['order', '/shop 1', false],
      ['order', '/shop unknown', true],
      ['customer', 'K', 1],
      ['contact', 'H', 1],
    ]);
  });

  test('[R21] thresholds are those in force, from when they were known and effective', async () => {
    const store = await stores.open();
    const put = (threshold: number, setAt: number, effectiveFrom: number) =>
      store.write((tx) => tx.putPolicy('polarity', { value: { threshold }, owner: 'o', reason: 'r', effectiveFrom, setAt }));
    await put(0.4, 100, 100);
    await put(0.5, 200, 150);
    // Set later, and for a time before the one in force: it never is.
    await put(0.6, 300, 120);
    await put(0.7, 400, 900);
    await put(0.8, 500, 500);
    const { thresholds, close } = stores.source().snapshot();
    close();
    expect(thresholds).toEqual([
      { since: Number.NEGATIVE_INFINITY, threshold: 0.3 },
      { since: 100, threshold: 0.4 },
      { since: 200, threshold: 0.5 },
      { since: 500, threshold: 0.8 },
      { since: 900, threshold: 0.7 },
    ]);
  });
}
