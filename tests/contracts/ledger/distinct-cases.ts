/** Exact counts of different things: a thing counts while its rows of the group sum above 0. */
import { expect, test } from 'vitest';
import type { LedgerCase } from './ledger-contract.ts';
import { distinctOf, salesRow, sorted } from './samples.ts';

export function registerDistinctCases(ledgers: LedgerCase): void {
  test('a buyer with many orders counts once, an absent buyer never', async () => {
    const { ledger } = await ledgers.open([
      [
        salesRow({ entity: 'o1', buyer: 'A', orders: 1 }),
        salesRow({ entity: 'o2', buyer: 'A', orders: 1 }),
        salesRow({ entity: 'o3', buyer: 'B', orders: 1 }),
        salesRow({ entity: 'o4', buyer: null, orders: 1 }),
        salesRow({ entity: 'r1', kind: 'refund', buyer: null, refunded: 5 }),
      ],
    ]);
    expect(await ledger.ask([distinctOf()])).toEqual([[{ dims: [], count: 2, onSeveralDays: 0 }]]);
  });

  test('a thing whose rows sum to 0 or below does not count, and a group without any is left out', async () => {
    const { ledger } = await ledgers.open([
      [salesRow({ buyer: 'A', channel: 'jd', orders: 1 }), salesRow({ buyer: 'B', orders: 1 }), salesRow({ buyer: 'C', orders: 1 })],
      [salesRow({ buyer: 'A', channel: 'jd', orders: -1 }), salesRow({ buyer: 'B', orders: -1 }), salesRow({ buyer: 'B', orders: -1 })],
    ]);
    const [whole, byChannel] = await ledger.ask([distinctOf(), distinctOf({ by: ['channel'] })]);
    expect(whole).toEqual([{ dims: [], count: 1, onSeveralDays: 0 }]);
    expect(byChannel).toEqual([{ dims: ['tmall'], count: 1, onSeveralDays: 0 }]);
  });

  test('each group counts its own things: the groups may sum to more than the whole', async () => {
    const { ledger } = await ledgers.open([
      [
        salesRow({ entity: 'o1', buyer: 'A', category: 'shoes', orders: 1 }),
        salesRow({ entity: 'o1', buyer: 'A', category: 'bags', orders: 1 }),
        salesRow({ entity: 'o2', buyer: 'B', category: 'bags', orders: 1 }),
        salesRow({ entity: 'o3', buyer: 'B', category: null, orders: 1 }),
      ],
    ]);
    const [whole, byCategory, byTwo] = await ledger.ask([
      distinctOf(),
      distinctOf({ by: ['category'] }),
      distinctOf({ by: ['channel', 'category'], where: [{ dim: 'category', value: 'bags' }] }),
    ]);
    expect(whole).toEqual([{ dims: [], count: 2, onSeveralDays: 0 }]);
    expect(sorted(byCategory).map(({ dims, count }) => [dims[0], count])).toEqual([
      ['bags', 2],
      ['shoes', 1],
      [null, 1],
    ]);
    expect(byTwo).toEqual([{ dims: ['tmall', 'bags'], count: 2, onSeveralDays: 0 }]);
  });

  test('entities are told apart by kind and key', async () => {
    const { ledger } = await ledgers.open([
      [
        salesRow({ entity: '1', category: 'shoes', paid: 5 }),
        salesRow({ entity: '1', category: 'bags', paid: 5 }),
        salesRow({ entity: '1', kind: 'refund', paid: 5 }),
        salesRow({ entity: '2', paid: 5 }),
        salesRow({ entity: '3', refunded: 5 }),
      ],
    ]);
    expect(await ledger.ask([distinctOf({ of: 'entity', measure: 'paid' })])).toEqual([[{ dims: [], count: 3, onSeveralDays: 0 }]]);
  });

  test('on several days: days on which the rows sum to 0 are no days', async () => {
    const { ledger } = await ledgers.open([
      [
        // Twice on one day.
        salesRow({ buyer: 'once', day: 1, orders: 1 }),
        salesRow({ buyer: 'once', day: 1, orders: 1 }),
        salesRow({ buyer: 'twice', day: 1, orders: 1 }),
        salesRow({ buyer: 'twice', day: 2, orders: 1 }),
        // The second order was given back.
        salesRow({ buyer: 'back', day: 1, orders: 1 }),
        salesRow({ buyer: 'back', day: 2, orders: 1 }),
        // A day outside the range does not count.
        salesRow({ buyer: 'outside', day: 3, orders: 1 }),
        salesRow({ buyer: 'outside', day: 10, orders: 1 }),
        // Above 0 on two days, though below in sum.
        salesRow({ buyer: 'below', day: 1, orders: 1 }),
        salesRow({ buyer: 'below', day: 2, orders: 1 }),
        salesRow({ buyer: 'below', day: 3, orders: -5 }),
      ],
      [salesRow({ buyer: 'back', day: 2, orders: -1 })],
    ]);
    const range = { from: 0, to: 10 } as const;
    const [whole, byChannel] = await ledger.ask([distinctOf(range), distinctOf({ ...range, by: ['channel'] })]);
    expect(whole).toEqual([{ dims: [], count: 4, onSeveralDays: 1 }]);
    expect(byChannel).toEqual([{ dims: ['tmall'], count: 4, onSeveralDays: 1 }]);
  });

  test('a range of hours still asks for days', async () => {
    const { ledger } = await ledgers.open([
      [
        salesRow({ buyer: 'A', day: 1, orders: 1 }),
        salesRow({ buyer: 'A', day: 2, orders: 1 }),
        salesRow({ buyer: 'B', day: 2, orders: 1 }),
      ],
    ]);
    const [both, one] = await ledger.ask([distinctOf({ unit: 'hour', from: 36, to: 61 }), distinctOf({ unit: 'hour', from: 37, to: 61 })]);
    expect(both).toEqual([{ dims: [], count: 2, onSeveralDays: 1 }]);
    expect(one).toEqual([{ dims: [], count: 2, onSeveralDays: 0 }]);
  });

  test('[R21] counts of what had happened and of what was known', async () => {
    const { ledger } = await ledgers.open([
      [salesRow({ buyer: 'A', since: 100, received: 500, orders: 1 }), salesRow({ buyer: 'B', since: 200, received: 200, orders: 1 })],
      [salesRow({ buyer: 'B', since: 300, received: 600, orders: -1 })],
    ]);
    const cuts = [{}, { asOf: 250 }, { asOf: 150 }, { knownAt: 500 }, { asOf: 250, knownAt: 300 }, { asOf: 1 }] as const;
    const answers = await ledger.ask(cuts.map((cut) => distinctOf({ cut })));
    expect(answers.map((rows) => rows[0]?.count ?? 0)).toEqual([1, 2, 1, 2, 1, 0]);
  });
}
