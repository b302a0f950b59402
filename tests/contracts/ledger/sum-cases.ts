/** Sums by period, dimension, condition and cut of history. */
import { expect, test } from 'vitest';
import { HOUR_MS } from '../../../server/domain/time/calendar.ts';
import { STEP_MS, stepOf } from '../../../server/domain/time/step.ts';
import type { LedgerCase } from './ledger-contract.ts';
import { noon, salesRow, sorted, spendRow, sumsOf } from './samples.ts';

export function registerSumCases(ledgers: LedgerCase): void {
  test('an empty ledger has no sums', async () => {
    const { ledger } = await ledgers.open([]);
    expect(await ledger.ask([sumsOf()])).toEqual([[]]);
  });

  test('only the measures that are wanted are summed, and a group of nothing but others is left out', async () => {
    const { ledger } = await ledgers.open([
      [
        salesRow({ channel: 'tmall', paid: 500, orders: 1 }),
        salesRow({ channel: 'store', refunded: 70 }),
        salesRow({ channel: 'app', orders: 1 }),
      ],
    ]);
    const [all, two, one] = await ledger.ask([
      sumsOf({ by: ['channel'] }),
      sumsOf({ by: ['channel'], measures: ['orders', 'paid'] }),
      sumsOf({ measures: ['refunded'], perBucket: true }),
    ]);
    expect(all).toHaveLength(3);
    expect(sorted(two)).toEqual([
      { bucket: null, dims: ['app'], measures: [0, 0, 0, 1, 0, 0, 0, 0, 0, 0] },
      { bucket: null, dims: ['tmall'], measures: [500, 0, 0, 1, 0, 0, 0, 0, 0, 0] },
    ]);
    expect(one).toEqual([{ bucket: 0, dims: [], measures: [0, 70, 0, 0, 0, 0, 0, 0, 0, 0] }]);
    await expect(ledger.ask([sumsOf({ measures: ['nothing'] })])).rejects.toThrow('sales has no measure nothing');
  });

  test('a range of days is half-open and looks at one family', async () => {
    const { ledger } = await ledgers.open([
      [
        salesRow({ day: 9, paid: 1 }),
        salesRow({ day: 10, paid: 20 }),
        salesRow({ day: 11, paid: 300 }),
        salesRow({ day: 12, paid: 4_000 }),
      ],
      [spendRow('tmall', 7, 10)],
    ]);
    const [sales, spend] = await ledger.ask([sumsOf({ from: 10, to: 12 }), sumsOf({ family: 'spend', from: 10, to: 12 })]);
    expect(sales).toEqual([{ bucket: null, dims: [], measures: [320, 0, 0, 0, 0, 0, 0, 0, 0, 0] }]);
    expect(spend).toEqual([{ bucket: null, dims: [], measures: [7, 1] }]);
  });

  test('days and hours are those of the wall clock of the zone', async () => {
    // 16:30 UTC is half past midnight of the next day in Shanghai.
    const at = noon(10) + 4.5 * HOUR_MS;
    const { ledger } = await ledgers.open([[salesRow({ at, paid: 5 })]], 'Asia/Shanghai');
    const answers = await ledger.ask([
      sumsOf({ from: 10, to: 11 }),
      sumsOf({ from: 11, to: 12, perBucket: true }),
      sumsOf({ unit: 'hour', from: 11 * 24, to: 11 * 24 + 1, perBucket: true }),
      sumsOf({ unit: 'hour', from: 11 * 24 + 1, to: 12 * 24 }),
    ]);
    expect(answers.map((rows) => rows.map((row) => ('bucket' in row ? [row.bucket, row.measures[0]] : [])))).toEqual([
      [],
      [[11, 5]],
      [[11 * 24, 5]],
      [],
    ]);
  });

  test('steps are five minutes counted from 1970 on, whatever the zone', async () => {
    const at = noon(10);
    const rows = [
      salesRow({ at: at - 1, paid: 1 }),
      salesRow({ at, paid: 20 }),
      salesRow({ at: at + STEP_MS - 1, paid: 300 }),
      salesRow({ at: at + STEP_MS, paid: 4_000 }),
      salesRow({ at: -1, paid: 7 }),
    ];
    const { ledger } = await ledgers.open([rows], 'Australia/Lord_Howe');
    const [each, one, early] = await ledger.ask([
      sumsOf({ unit: 'step', from: stepOf(at) - 1, to: stepOf(at) + 2, perBucket: true }),
      sumsOf({ unit: 'step', from: stepOf(at), to: stepOf(at) + 1 }),
      sumsOf({ unit: 'step', from: -1, to: 0, perBucket: true }),
    ]);
    expect(sorted(each).map((row) => [(row.bucket ?? 0) - stepOf(at), row.measures[0]])).toEqual([
      [-1, 1],
      [0, 320],
      [1, 4_000],
    ]);
    expect(one).toMatchObject([{ bucket: null, measures: [320, 0, 0, 0, 0, 0, 0, 0, 0, 0] }]);
    expect(early).toMatchObject([{ bucket: -1, measures: [7, 0, 0, 0, 0, 0, 0, 0, 0, 0] }]);
  });

  test('days before 1970 count like any other', async () => {
    const { ledger } = await ledgers.open([
      [salesRow({ day: -400, paid: 3 }), salesRow({ at: -1, paid: 4 }), salesRow({ at: 0, paid: 5 })],
    ]);
    const [days, hours] = await ledger.ask([
      sumsOf({ from: -500, to: 1, perBucket: true }),
      sumsOf({ unit: 'hour', from: -1, to: 1, perBucket: true }),
    ]);
    expect(sorted(days).map((row) => [row.bucket, row.measures[0]])).toEqual([
      [-1, 4],
      [-400, 3],
      [0, 5],
    ]);
    expect(sorted(hours).map((row) => [row.bucket, row.measures[0]])).toEqual([
      [-1, 4],
      [0, 5],
    ]);
  });

  test('groups by any dimensions, the absent value included, and signed rows add up', async () => {
    const { ledger } = await ledgers.open([
      [salesRow({ channel: 'tmall', region: 'east', paid: 10 }), salesRow({ channel: 'jd', region: 'east', paid: 20 })],
      [salesRow({ channel: null, region: null, paid: 5 }), salesRow({ channel: 'tmall', region: 'east', paid: -4 })],
    ]);
    const [byChannel, byBoth] = await ledger.ask([sumsOf({ by: ['channel'] }), sumsOf({ by: ['region', 'channel'] })]);
    expect(sorted(byChannel).map((row) => [row.dims, row.measures[0]])).toEqual([
      [['jd'], 20],
      [['tmall'], 6],
      [[null], 5],
    ]);
    expect(sorted(byBoth).map((row) => [row.dims, row.measures[0]])).toEqual([
      [['east', 'jd'], 20],
      [['east', 'tmall'], 6],
      [[null, null], 5],
    ]);
  });

  test('conditions on values, on the absent value, and on several dimensions at once', async () => {
    const { ledger } = await ledgers.open([
      [
        salesRow({ channel: 'tmall', region: 'east', paid: 1 }),
        salesRow({ channel: 'tmall', region: null, paid: 20 }),
        salesRow({ channel: null, region: null, paid: 300 }),
      ],
    ]);
    const where = (...pairs: readonly (readonly [string, string | null])[]) =>
      sumsOf({ where: pairs.map(([dim, value]) => ({ dim, value })) });
    const answers = await ledger.ask([
      where(['channel', 'tmall']),
      where(['channel', null]),
      where(['channel', 'tmall'], ['region', null]),
      where(['channel', 'tmall'], ['channel', null]),
      where(['channel', 'nobody']),
      where(['channel', '']),
    ]);
    expect(answers.map((rows) => rows.map((row) => ('measures' in row ? row.measures[0] : undefined)))).toEqual([
      [21],
      [300],
      [20],
      [],
      [],
      [],
    ]);
  });

  test('texts of dimensions are kept to the letter', async () => {
    const texts = [
      '天猫',
      "o'clock",
      '"quoted"',
      '',
      ' ',
      'a b',
      '🛒',
      'e\u0301',
      '\u00e9',
      '未归属',
      'NULL',
      'x'.repeat(300),
      '%_\\',
      'ⅷ',
      'Tmall',
      'tmall',
    ];
    const { ledger } = await ledgers.open([texts.map((channel, i) => salesRow({ channel, paid: i + 1 }))]);
    const [byChannel] = await ledger.ask([sumsOf({ by: ['channel'] })]);
    expect(new Map(byChannel.map((row) => [row.dims[0], row.measures[0]]))).toEqual(new Map(texts.map((text, i) => [text, i + 1])));
    const each = await ledger.ask(texts.map((value) => sumsOf({ where: [{ dim: 'channel', value }] })));
    expect(each.map((rows) => rows.map((row) => row.measures[0]))).toEqual(texts.map((_, i) => [i + 1]));
  });

  test('a group whose sums are all 0 is left out; one measure that is not 0 keeps it', async () => {
    const { ledger } = await ledgers.open([
      [salesRow({ channel: 'gone', paid: 10, orders: 1 }), salesRow({ channel: 'kept', paid: 10, orders: 1 })],
      [salesRow({ channel: 'gone', paid: -10, orders: -1 }), salesRow({ channel: 'kept', paid: -10 })],
    ]);
    const [byChannel] = await ledger.ask([sumsOf({ by: ['channel'] })]);
    expect(byChannel).toEqual([{ bucket: null, dims: ['kept'], measures: [0, 0, 0, 1, 1, 1, 1, 0, 0, 0] }]);
  });

  test('a sum for each day', async () => {
    const { ledger } = await ledgers.open([
      [salesRow({ day: 3, paid: 1 }), salesRow({ day: 5, paid: 2 }), salesRow({ day: 5, channel: 'jd', paid: 4 })],
      [salesRow({ day: 3, paid: -1 })],
    ]);
    const [total, byChannel] = await ledger.ask([sumsOf({ perBucket: true }), sumsOf({ perBucket: true, by: ['channel'] })]);
    expect(total.map((row) => [row.bucket, row.measures[0]])).toEqual([[5, 6]]);
    expect(sorted(byChannel).map((row) => [row.bucket, row.dims, row.measures[0]])).toEqual([
      [5, ['jd'], 4],
      [5, ['tmall'], 2],
    ]);
  });

  test('[R21] asOf takes rows that hold by then, knownAt rows received by then, both the rows of both', async () => {
    const { ledger } = await ledgers.open([
      [salesRow({ day: 1, since: 100, received: 900, paid: 1 }), salesRow({ day: 1, since: 200, received: 200, paid: 20 })],
      [salesRow({ day: 1, since: 300, received: 300, paid: 300 }), salesRow({ day: 1, since: 50, received: 400, paid: 4_000 })],
    ]);
    const cuts = [{ asOf: 200 }, { asOf: 199 }, { knownAt: 300 }, { knownAt: 299 }, { asOf: 200, knownAt: 400 }, {}] as const;
    const answers = await ledger.ask(cuts.map((cut) => sumsOf({ cut })));
    expect(answers.map((rows) => rows.map((row) => row.measures[0]))).toEqual([[4_021], [4_001], [320], [20], [4_020], [4_321]]);
  });

  test('[I16] a sum beyond 2^53 is exact, and a number again once it is small enough', async () => {
    const big = Number.MAX_SAFE_INTEGER;
    const { ledger, append } = await ledgers.open([[salesRow({ paid: big, refunded: -big }), salesRow({ paid: 2, refunded: -3 })]]);
    expect(await ledger.ask([sumsOf()])).toEqual([
      [{ bucket: null, dims: [], measures: [BigInt(big) + 2n, -BigInt(big) - 3n, 0, 0, 0, 0, 0, 0, 0, 0] }],
    ]);
    await append(Array.from({ length: 2_000 }, () => salesRow({ paid: big })));
    expect(await ledger.ask([sumsOf()])).toEqual([
      [{ bucket: null, dims: [], measures: [2_001n * BigInt(big) + 2n, -BigInt(big) - 3n, 0, 0, 0, 0, 0, 0, 0, 0] }],
    ]);
    await append([...Array.from({ length: 2_000 }, () => salesRow({ paid: -big })), salesRow({ paid: -3, refunded: 4 })]);
    expect(await ledger.ask([sumsOf()])).toEqual([[{ bucket: null, dims: [], measures: [big - 1, -big + 1, 0, 0, 0, 0, 0, 0, 0, 0] }]]);
  });

  test('sums to be carried on come with the block they see and the rows that hold only later', async () => {
    const { ledger, append } = await ledgers.open([
      [salesRow({ entity: 'o1', day: 1, since: 100, paid: 1 }), salesRow({ entity: 'o2', day: 1, since: 300, paid: 20 })],
      [salesRow({ entity: 'o3', day: 2, since: 200, paid: 300, channel: 'jd' })],
      [salesRow({ entity: 'o4', day: 30, since: 300, paid: 4_000 })],
    ]);
    const questions = [sumsOf({ to: 9 }), sumsOf({ to: 9, by: ['channel'] }), sumsOf({ from: 30, to: 31 })];
    const early = await ledger.sumsAt(questions, 100, 9);
    expect(early.position).toBe(3);
    expect(early.sums.map((rows) => rows.map((row) => [row.dims, row.measures[0]]))).toEqual([[[[], 1]], [[['tmall'], 1]], []]);
    expect(early.ahead.map(({ rows }) => rows.map((row) => row.entity).sort())).toEqual([['o2', 'o3'], ['o2', 'o3'], ['o4']]);
    expect(early.ahead.map(({ upTo }) => upTo)).toEqual([Infinity, Infinity, Infinity]);
    expect(early.ahead[2]?.rows[0]).toMatchObject(salesRow({ entity: 'o4', day: 30, since: 300, paid: 4_000 }));
    await append([salesRow({ entity: 'o5', day: 1, since: 150, paid: 50_000 })]);
    const late = await ledger.sumsAt(questions, 300, 9);
    expect([late.position, late.ahead.flatMap(({ rows }) => rows)]).toEqual([4, []]);
    expect(late.sums.map((rows) => rows.reduce((sum, row) => sum + Number(row.measures[0]), 0))).toEqual([50_321, 50_321, 4_000]);
  });

  test('of many rows that hold only later the first come, those of one instant together, with the moment they reach to', async () => {
    const since = [500, 200, 300, 300, 300, 400, 200];
    const { ledger } = await ledgers.open([
      since.map((at, i) => salesRow({ entity: `o${i}`, day: 1, since: at, paid: 1 })),
      [salesRow({ entity: 'elsewhere', day: 20, since: 150 }), salesRow({ entity: 'before', day: 1, since: 100 })],
    ]);
    const ahead = async (asOf: number, most: number) => {
      const [found] = (await ledger.sumsAt([sumsOf({ to: 9 })], asOf, most)).ahead;
      return [found?.rows.map((row) => row.since).toSorted(), found?.upTo];
    };
    expect(await ahead(100, 1)).toEqual([[], 199]);
    expect(await ahead(100, 2)).toEqual([[200, 200], 299]);
    expect(await ahead(100, 4)).toEqual([[200, 200], 299]);
    expect(await ahead(100, 5)).toEqual([[200, 200, 300, 300, 300], 399]);
    expect(await ahead(200, 4)).toEqual([[300, 300, 300, 400], 499]);
    expect(await ahead(200, 5)).toEqual([[300, 300, 300, 400, 500], Infinity]);
    expect(await ledger.instantsAhead('sales', 100, 9)).toEqual([150, 200, 300, 400, 500]);
    expect(await ledger.instantsAhead('sales', 200, 2)).toEqual([300, 400]);
    expect(await ledger.instantsAhead('sales', 500, 2)).toEqual([]);
    expect(await ledger.instantsAhead('leads', 0, 2)).toEqual([]);
  });
}
