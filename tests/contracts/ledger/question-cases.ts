/** How questions are asked: none, one, many at once, and questions that cannot be meant. */
import { expect, test } from 'vitest';
import { Unavailable } from '../../../server/pipeline/ports/errors.ts';
import type { LedgerCase } from './ledger-contract.ts';
import { changesOf, distinctOf, rowsOf, salesRow, sumsOf } from './samples.ts';

export function registerQuestionCases(ledgers: LedgerCase): void {
  test('no question has no answer; many have theirs in order, of either kind', async () => {
    const { ledger } = await ledgers.open([
      Array.from({ length: 40 }, (_, day) => salesRow({ entity: `o${day}`, buyer: `B${day % 3}`, day, paid: day, orders: 1 })),
    ]);
    expect(await ledger.ask([])).toEqual([]);
    const answers = await ledger.ask(
      Array.from({ length: 40 }, (_, day) => (day % 2 === 0 ? sumsOf({ from: day, to: day + 1 }) : distinctOf({ to: day + 1 }))),
    );
    answers.forEach((rows, day) => {
      const expected =
        day % 2 === 0
          ? [{ bucket: null, dims: [], measures: [day, 0, 0, 1, 1, 1, 1, 0, 0, 0] }]
          : [{ dims: [], count: Math.min(3, day + 1), onSeveralDays: Math.max(0, Math.min(3, day - 2)) }];
      expect(rows).toEqual(expected);
    });
  });

  test('a question sees every block committed before it, and says so', async () => {
    const { ledger, append } = await ledgers.open([]);
    for (let position = 1; position <= 30; position += 1) {
      await append([salesRow({ paid: 1 })]);
      const [[row]] = await ledger.ask([sumsOf()]);
      expect(row?.measures[0]).toBe(position);
      expect(ledger.status()).toMatchObject({ state: 'ready', position, head: position });
    }
  });

  test('a dimension, a measure or a family that does not exist is a bug of the caller, not an outage', async () => {
    const { ledger } = await ledgers.open([[salesRow({ paid: 1 })]]);
    const wrong = [
      () => ledger.ask([sumsOf({ by: ['weather'] })]),
      () => ledger.ask([sumsOf(), sumsOf({ where: [{ dim: 'weather', value: 'fine' }] })]),
      () => ledger.ask([sumsOf({ by: ['paid'] })]),
      () => ledger.ask([distinctOf({ of: 'weather' })]),
      () => ledger.ask([distinctOf({ measure: 'weather' })]),
      () => ledger.ask([distinctOf({ family: 'spend' })]),
      () => ledger.rows(rowsOf({ measure: 'weather' })),
      () => ledger.rows(rowsOf({ cursor: 'not a place' })),
      () => ledger.changes(changesOf({ by: ['channel" from sales --'] })),
    ];
    for (const question of wrong) {
      const error: unknown = await question().then(
        () => 'answered',
        (thrown: unknown) => thrown,
      );
      expect(error, question.toString()).toBeInstanceOf(Error);
      expect(error).not.toBeInstanceOf(Unavailable);
    }
    expect(await ledger.ask([sumsOf()])).toHaveLength(1);
  });
}
