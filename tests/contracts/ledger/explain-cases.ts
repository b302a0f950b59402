/** What a sum is made of: entities whose amounts add up to it, a page at a time. */
import { expect, test } from 'vitest';
import type { Ledger, SumQuestion } from '../../../server/pipeline/ports/ledger.ts';
import type {
  ExplainedCount,
  ExplainedRow,
  ExplainedTerm,
  ExplainPlace,
  ExplainQuestion,
} from '../../../server/pipeline/ports/ledger-explain.ts';
import type { LedgerCase } from './ledger-contract.ts';
import { noon, salesRow, spendRow, sumsOf } from './samples.ts';

const wholeDays = { family: 'sales', unit: 'day', from: -1_000, to: 1_000, where: [] } as const;
const net: ExplainedTerm = {
  ask: 'sums',
  ...wholeDays,
  weights: [
    { measure: 'paid', factor: 1 },
    { measure: 'refunded', factor: -1 },
  ],
};
const buyers: ExplainedCount = { ask: 'distinct', ...wholeDays, of: 'buyer', measure: 'holds', count: 'all', factor: 1 };

export function registerExplainCases(ledgers: LedgerCase): void {
  test('rows are netted by entity; one that nets to 0 is not listed; the newest change that moved the amount comes with it', async () => {
    const { ledger } = await ledgers.open([
      [
        salesRow({ entity: 'o1', received: 10, paid: 100 }),
        salesRow({ entity: 'o1', received: 10, category: 'bags', paid: 20 }),
        salesRow({ entity: 'o2', received: 20, paid: 7 }),
        salesRow({ entity: 'o2', received: 40, cause: 'cancellation', paid: -7 }),
        salesRow({ entity: 'o3', received: 15, paid: 5 }),
      ],
      [
        // Moves 20 from one category to another: the order's amount is as it was.
        salesRow({ entity: 'o1', received: 50, cause: 'correction', category: 'bags', paid: -20 }),
        salesRow({ entity: 'o1', received: 50, cause: 'correction', category: 'hats', paid: 20 }),
        salesRow({ entity: 'r1', kind: 'refund', received: 30, cause: 'refund', day: 2, refunded: 9 }),
      ],
    ]);
    const { page } = await ledger.explain(asked([net]), []);
    expect(page.totals).toEqual({ sum: 116, count: 3, received: 50 });
    expect(page.next).toBeNull();
    expect(page.rows).toEqual([
      row('refund', 'r1', -9, { received: 30, cause: 'refund', at: noon(2), since: noon(2) }),
      row('order', 'o3', 5, { received: 15 }),
      row('order', 'o1', 120, { received: 10 }),
    ]);
  });

  test('of a distinct count each thing is one row, with whose row came last', async () => {
    const { ledger } = await ledgers.open([
      [
        salesRow({ entity: 'o1', buyer: 'B1', received: 1, orders: 1 }),
        salesRow({ entity: 'o2', buyer: 'B1', received: 2, day: 1, orders: 1 }),
        salesRow({ entity: 'o3', buyer: 'B2', received: 3, orders: 1 }),
        salesRow({ entity: 'o4', buyer: 'B3', received: 4, orders: 1 }),
        salesRow({ entity: 'o4', buyer: 'B3', received: 5, orders: -1 }),
        salesRow({ entity: 'o5', buyer: null, received: 6, orders: 1 }),
      ],
    ]);
    const all = await ledger.explain(asked([buyers]), []);
    expect(all.page.rows.map(({ kind, entity, amount, latest }) => [kind, entity, amount, latest.entity])).toEqual([
      ['buyer', 'B2', 1, 'o3'],
      ['buyer', 'B1', 1, 'o2'],
    ]);
    const several = await ledger.explain(asked([{ ...buyers, count: 'onSeveralDays', factor: -2 }]), []);
    expect(several.page.rows.map(({ entity, amount }) => [entity, amount])).toEqual([['B1', -2]]);
    const entities = await ledger.explain(asked([{ ...buyers, of: 'entity' }]), []);
    expect(entities.page.rows.map(({ kind, entity }) => [kind, entity])).toEqual(['o5', 'o3', 'o2', 'o1'].map((id) => ['order', id]));
  });

  test('terms of several families and ranges add up; only rows with one of the listed values; what is asked beside sees the same state', async () => {
    const { ledger } = await ledgers.open([
      [
        salesRow({ entity: 'o1', paid: 10, channel: 'jd' }),
        salesRow({ entity: 'o2', paid: 100, channel: null }),
        salesRow({ entity: 'o3', paid: 1_000 }),
        salesRow({ entity: 'o4', paid: 10_000, day: 3 }),
        spendRow('jd', 5),
      ],
    ]);
    const listed = { ...net, to: 2, only: [{ dim: 'channel', values: ['jd', null] }] };
    const spend: ExplainedTerm = { ...wholeDays, ask: 'sums', family: 'spend', weights: [{ measure: 'amount', factor: -3 }] };
    const { page, beside } = await ledger.explain(asked([listed, spend, { ...net, from: 3 }]), [sumsOf()]);
    expect(page.totals).toMatchObject({ sum: 10 + 100 - 15 + 10_000, count: 4 });
    expect(page.rows.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['order', 10_000],
      ['order', 10],
      ['order', 100],
      ['spend', -15],
    ]);
    expect(beside[0]?.[0]).toMatchObject({ measures: [11_110, 0, 0, 0, 0, 0, 0, 0, 0, 0] });
    const nothing = await ledger.explain(asked([]), []);
    expect(nothing.page).toEqual({ rows: [], next: null, totals: { sum: 0, count: 0, received: null } });
  });

  test('totals are the same whatever is asked beside', async () => {
    const { ledger } = await ledgers.open([
      [
        salesRow({ entity: 'o1', received: 10, paid: 10, channel: 'jd' }),
        salesRow({ entity: 'r1', kind: 'refund', received: 15, refunded: 4, channel: 'jd', region: 'north' }),
        salesRow({ entity: 'o2', received: 20, paid: 100, channel: null }),
        salesRow({ entity: 'o3', received: 30, paid: 1_000, channel: 'tmall' }),
        salesRow({ entity: 'o4', received: 40, paid: 10_000, channel: 'jd', day: 3 }),
      ],
    ]);
    const only = [{ dim: 'channel', values: ['jd', null] }];
    const sums = (more: Partial<SumQuestion>): SumQuestion => ({ ask: 'sums', ...wholeDays, to: 2, by: [], ...more });
    const beside = [
      sums({}),
      sums({ by: ['channel'] }),
      sums({ by: ['region', 'channel'], measures: ['refunded', 'paid'] }),
      sums({ by: ['channel'], measures: ['paid'] }),
      sums({ by: ['channel'], perBucket: true }),
      sums({ by: ['channel'], only: [{ dim: 'region', values: ['north'] }] }),
      sums({ by: ['channel'], where: [{ dim: 'region', value: 'north' }] }),
      sums({ by: ['channel'], cut: { knownAt: 12 } }),
      sums({ by: ['channel'], to: 1_000 }),
    ];
    for (const one of beside) {
      const listed = await ledger.explain(asked([{ ...net, to: 2, only }]), [one]);
      expect(listed.page.totals, JSON.stringify(one)).toEqual({ sum: 106, count: 3, received: 30 });
      const all = await ledger.explain(asked([{ ...net, to: 2 }]), [one]);
      expect(all.page.totals, JSON.stringify(one)).toEqual({ sum: 1_106, count: 4, received: 30 });
    }
  });

  test('pages of any size give the same rows in the same order, also where most entities net to 0', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => [
      salesRow({ entity: `o${i}`, received: Math.floor(i / 7), paid: 3 }),
      salesRow({ entity: `o${i}`, received: 100 + (i % 5), cause: 'correction', category: 'bags', paid: i % 9 === 0 ? 2 : -3 }),
      salesRow({ entity: `o${i}`, received: 200, cause: 'correction', category: 'hats', paid: 1 }),
      salesRow({ entity: `o${i}`, received: 200, cause: 'correction', category: 'caps', paid: -1 }),
    ]).flat();
    const { ledger } = await ledgers.open([rows]);
    const { page } = await ledger.explain(asked([net], { limit: 1_000 }), []);
    expect(new Set(page.rows.map(({ entity }) => entity))).toEqual(new Set(Array.from({ length: 34 }, (_, i) => `o${i * 9}`)));
    for (const limit of [1, 2, 5, 33, 34, 35]) expect(await allPages(ledger, asked([net], { limit }))).toEqual(page.rows);
  });

  test('[R26] rows received later count where their cause is listed', async () => {
    const { ledger } = await ledgers.open([
      [
        salesRow({ entity: 'o1', received: 10, paid: 1 }),
        salesRow({ entity: 'o2', received: 20, paid: 20 }),
        salesRow({ entity: 'o3', received: 20, cause: 'late', paid: 300 }),
        salesRow({ entity: 'o3', received: 30, cause: 'late', paid: 4_000 }),
      ],
    ]);
    const cut = (causes: readonly ('new' | 'late')[]) => ({ knownAt: 10, besides: { until: 20, causes } });
    const answers = await ledger.ask([sumsOf({ cut: cut([]) }), sumsOf({ cut: cut(['new']) }), sumsOf({ cut: cut(['new', 'late']) })]);
    expect(answers.map(([one]) => one?.measures[0])).toEqual([1, 21, 321]);
  });
}

function asked(terms: readonly ExplainedTerm[], more: Partial<ExplainQuestion> = {}): ExplainQuestion {
  return { terms, limit: 50, totals: true, ...more };
}

function row(kind: 'order' | 'refund', entity: string, amount: number, latest: Partial<ExplainedRow['latest']>): ExplainedRow {
  return { kind, entity, amount, latest: { kind, entity, at: noon(0), since: noon(0), received: 0, cause: 'new', ...latest } };
}

async function allPages(ledger: Ledger, question: ExplainQuestion): Promise<ExplainedRow[]> {
  const rows: ExplainedRow[] = [];
  let after: ExplainPlace | undefined;
  for (;;) {
    const { page } = await ledger.explain({ ...question, totals: false, ...(after && { after }) }, []);
    rows.push(...page.rows);
    if (!page.next) return rows;
    after = page.next;
  }
}
