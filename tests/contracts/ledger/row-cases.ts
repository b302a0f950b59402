/** The rows behind a figure, page by page. */
import { expect, test } from 'vitest';
import type { LedgerRow } from '../../../server/domain/ledger/row.ts';
import type { Ledger, PlacedRow, RowsQuestion } from '../../../server/pipeline/ports/ledger.ts';
import type { LedgerCase } from './ledger-contract.ts';
import { rowsOf, salesRow, spendRow } from './samples.ts';

export function registerRowCases(ledgers: LedgerCase): void {
  test('rows come back as they were written, in the order of blocks and within them', async () => {
    const first = [
      salesRow({ entity: 'o2', day: 5, since: 7, received: 8, paid: 2, channel: null }),
      spendRow('tmall', 9),
      salesRow({ entity: 'o1', day: -3, since: -5, received: 9, cause: 'late', paid: -1 }),
    ];
    const second = [salesRow({ entity: '订单', kind: 'refund', day: 1, cause: 'refund', refunded: 4 })];
    const { ledger } = await ledgers.open([first, second]);
    const { rows, next } = await ledger.rows(rowsOf());
    expect(rows).toEqual([placed(first[0], 1), placed(first[2], 1), placed(second[0], 2)]);
    expect(next).toBeNull();
  });

  test('pages neither lose nor repeat a row, also where a block is longer than a page', async () => {
    const blocks = [3, 7, 1, 4].map((size, b) => Array.from({ length: size }, (_, i) => salesRow({ entity: `o${b}-${i}`, paid: 1 })));
    const { ledger } = await ledgers.open(blocks);
    for (const limit of [1, 2, 5, 14, 15, 16]) {
      const pages = await allPages(ledger, rowsOf({ limit }));
      expect(pages.flat().map((row) => row.entity)).toEqual(blocks.flat().map((row) => row.entity));
      expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
      expect(pages).toHaveLength(Math.ceil(15 / limit));
    }
  });

  test('a block written meanwhile shifts no page', async () => {
    const { ledger, append } = await ledgers.open([[1, 2, 3].map((n) => salesRow({ entity: `o${n}`, paid: n }))]);
    const page = await ledger.rows(rowsOf({ limit: 2 }));
    await append([salesRow({ entity: 'o4', paid: 4 })]);
    const rest = await ledger.rows(rowsOf({ limit: 2, ...(page.next === null ? {} : { cursor: page.next }) }));
    expect([...page.rows, ...rest.rows].map((row) => row.entity)).toEqual(['o1', 'o2', 'o3', 'o4']);
  });

  test('only rows of the cell, of the cut, and with something in the measure', async () => {
    const { ledger } = await ledgers.open([
      [
        salesRow({ entity: 'o1', channel: 'jd', paid: 1 }),
        salesRow({ entity: 'o2', paid: 2, since: 50, received: 60 }),
        salesRow({ entity: 'o3', refunded: 3 }),
        salesRow({ entity: 'o4', paid: -4 }),
        salesRow({ entity: 'o5', day: 8, paid: 5 }),
        salesRow({ entity: 'o6', channel: null, paid: 6 }),
      ],
    ]);
    const found = async (question: Partial<RowsQuestion>) => (await ledger.rows(rowsOf(question))).rows.map((row) => row.entity);
    expect(await found({ measure: 'paid', where: [{ dim: 'channel', value: 'tmall' }], to: 5 })).toEqual(['o2', 'o4']);
    expect(await found({ where: [{ dim: 'channel', value: null }] })).toEqual(['o6']);
    expect(await found({ cut: { asOf: 50, knownAt: 60 } })).toEqual(['o2']);
    expect(await found({ unit: 'hour', from: 8 * 24 + 12, to: 8 * 24 + 13 })).toEqual(['o5']);
    expect(await found({ from: 9 })).toEqual([]);
  });
}

function placed(row: LedgerRow | undefined, position: number) {
  return { ...row, position };
}

async function allPages(ledger: Ledger, question: RowsQuestion): Promise<PlacedRow[][]> {
  const pages: PlacedRow[][] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page = await ledger.rows({ ...question, ...(cursor === undefined ? {} : { cursor }) });
    pages.push([...page.rows]);
    cursor = page.next;
  }
  return pages;
}
