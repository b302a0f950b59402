/** Why a figure changed: rows received between two moments, by cause. */
import { expect, test } from 'vitest';
import type { LedgerCase } from './ledger-contract.ts';
import { changesOf, salesRow, sorted } from './samples.ts';

export function registerChangeCases(ledgers: LedgerCase): void {
  test('[R26] sums and counts by cause, received after one moment and up to another', async () => {
    const { ledger } = await ledgers.open([
      [
        salesRow({ entity: 'o1', received: 10, cause: 'new', paid: 1 }),
        salesRow({ entity: 'o1', received: 20, cause: 'correction', paid: -1 }),
        salesRow({ entity: 'o1', received: 20, cause: 'correction', paid: 20, category: 'bags' }),
        salesRow({ entity: 'o2', received: 20, cause: 'late', paid: 300 }),
        salesRow({ entity: 'o1', received: 30, cause: 'correction', paid: 4_000 }),
        salesRow({ entity: 'o3', received: 31, cause: 'new', paid: 50_000 }),
      ],
    ]);
    const answer = await ledger.changes(changesOf({ after: 10, until: 30 }));
    expect(sorted(answer)).toEqual([
      { dims: [], cause: 'correction', count: 2, received: 30, measures: [4_019, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
      { dims: [], cause: 'late', count: 1, received: 20, measures: [300, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
    ]);
  });

  test('[R26] by a dimension, with conditions; changes that cancel each other are still changes', async () => {
    const { ledger } = await ledgers.open([
      [
        salesRow({ entity: '1', received: 5, cause: 'reattribution', channel: 'jd', paid: -8 }),
        salesRow({ entity: '1', received: 5, cause: 'reattribution', channel: null, paid: 8 }),
        salesRow({ entity: '1', kind: 'refund', received: 5, cause: 'reattribution', channel: null, refunded: 2 }),
        salesRow({ entity: '2', received: 5, cause: 'reattribution', channel: 'jd', region: 'west', paid: 70 }),
      ],
    ]);
    const where = [{ dim: 'region', value: 'east' }] as const;
    const [byChannel, whole] = [
      await ledger.changes(changesOf({ by: ['channel'], where })),
      await ledger.changes(changesOf({ where: [...where, { dim: 'buyer', value: 'B' }] })),
    ];
    expect(sorted(byChannel)).toEqual([
      { dims: ['jd'], cause: 'reattribution', count: 1, received: 5, measures: [-8, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
      { dims: [null], cause: 'reattribution', count: 2, received: 5, measures: [8, 2, 0, 0, 0, 0, 0, 0, 0, 0] },
    ]);
    expect(whole).toEqual([{ dims: [], cause: 'reattribution', count: 2, received: 5, measures: [0, 2, 0, 0, 0, 0, 0, 0, 0, 0] }]);
  });

  test('[R21] a cut and a range of days hold for changes too', async () => {
    const { ledger } = await ledgers.open([
      [
        salesRow({ entity: '1', day: 1, since: 10, received: 5, paid: 1 }),
        salesRow({ entity: '2', day: 1, since: 90, received: 5, paid: 20 }),
        salesRow({ entity: '3', day: 2, since: 10, received: 5, paid: 300 }),
      ],
    ]);
    const changes = await ledger.changes(changesOf({ from: 1, to: 2, cut: { asOf: 50 } }));
    expect(changes).toEqual([{ dims: [], cause: 'new', count: 1, received: 5, measures: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0] }]);
  });
}
