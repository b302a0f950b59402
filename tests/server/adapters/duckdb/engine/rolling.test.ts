import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type LedgerDatabase } from '../../../../../server/adapters/duckdb/engine/database.ts';
import { answerRolling, rollingIn } from '../../../../../server/adapters/duckdb/engine/rolling.ts';
import { createCalendar } from '../../../../../server/domain/time/calendar.ts';
import type { DistinctQuestion } from '../../../../../server/pipeline/ports/ledger.ts';
import { distinctOf, salesRow, sorted } from '../../../../contracts/ledger/samples.ts';
import { createMemoryLedger, type MemoryLedger } from '../../../../helpers/memory-ledger.ts';
import { seededRandom } from '../../../../helpers/random.ts';
import { testSeed } from '../../../../helpers/seed.ts';

const windowsOf = (lengths: readonly (readonly [from: number, to: number])[], more: Partial<DistinctQuestion> = {}) =>
  lengths.map(([from, to]) => distinctOf({ from, to, ...more }));
const daily = (days: number, length: number, from = 0) => Array.from({ length: days }, (_, i) => [from + i, from + i + length] as const);

describe('which questions are taken together', () => {
  const together = (questions: readonly DistinctQuestion[]) => rollingIn(questions).map(({ windows }) => windows.length);

  it('takes windows that overlap, in whatever order they are asked, and whether each asks for several days', () => {
    expect(together(windowsOf(daily(90, 365)))).toEqual([90]);
    expect(together(windowsOf(daily(90, 365)).toReversed())).toEqual([90]);
    const [first, ...others] = windowsOf(daily(90, 365));
    const { severalDays: _days, ...plain } = first ?? distinctOf();
    expect(rollingIn([plain, ...others]).map(({ hull }) => [hull.from, hull.to, hull.severalDays])).toEqual([[0, 454, true]]);
  });

  it('leaves apart what is as cheap one by one', () => {
    expect(together([])).toEqual([]);
    expect(together(windowsOf([[0, 365]]))).toEqual([]);
    expect(together(windowsOf(daily(90, 1)))).toEqual([]);
    expect(together(Array.from({ length: 9 }, () => distinctOf({ from: 0, to: 9 })))).toEqual([]);
  });

  it('leaves apart windows of which one lies within another, endless ones, and ones of hours', () => {
    const inside = [...daily(20, 100), [5, 30]] as const;
    expect(together(windowsOf(inside))).toEqual([]);
    expect(together(windowsOf(daily(20, 100).map(([from]) => [from, Infinity])))).toEqual([]);
    expect(together(windowsOf(daily(20, 100), { unit: 'hour' }))).toEqual([]);
  });

  it('takes together only what differs in its days', () => {
    const two = [...windowsOf(daily(30, 90)), ...windowsOf(daily(30, 90), { by: ['channel'] })];
    const cuts = daily(30, 90).map(([from, to]) => distinctOf({ from, to, cut: { asOf: to } }));
    expect(together([...two, ...cuts])).toEqual([30, 30]);
  });
});

describe('counts of windows', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'ledger-'));
  const random = seededRandom(testSeed('rolling windows'));
  let database: LedgerDatabase;
  let plain: MemoryLedger;

  beforeAll(async () => {
    const calendar = createCalendar('UTC');
    database = await openDatabase(path.join(folder, 'ledger.duckdb'), { memoryMb: 192, threads: 2, tempMb: 1_000 }, calendar);
    plain = createMemoryLedger(calendar);
    await database.create({ storeId: 's', format: 'f' });
    const rows = Array.from({ length: 600 }, () =>
      salesRow({
        buyer: random.pick([null, '', 'A', 'B', ...Array.from({ length: 40 }, (_, i) => `buyer ${i}`)]),
        channel: random.pick([null, 'jd', 'tmall']),
        day: random.below(30),
        received: random.below(100),
        // Some things have days below 0.
        orders: random.pick([1, 1, 1, 1, -1, 7, 0]),
      }),
    );
    plain.append(1, rows);
    await database.append(
      rows.map((row, ordinal) => ({ row, position: 1, ordinal })),
      1,
    );
  });
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function expectExact(questions: readonly DistinctQuestion[], rowsOfAPass?: number): Promise<void> {
    const [rolling, ...more] = rollingIn(questions);
    if (!rolling || more.length > 0) throw new Error('the questions are not taken together');
    const reader = await database.reader();
    const found = await reader.within((run) => answerRolling(rolling, run, rowsOfAPass)).finally(() => reader.close());
    const expected = await plain.ask(rolling.windows);
    expect(found.map(sorted)).toEqual(expected.map(sorted));
  }

  it.each([
    ['of one length', daily(25, 9, -4)],
    ['of one day more than the data has', daily(35, 30, -2)],
    ['that begin together', Array.from({ length: 20 }, (_, i) => [3, 4 + i] as const)],
    ['that end together', Array.from({ length: 20 }, (_, i) => [i, 21] as const)],
    ['of uneven steps', daily(40, 8, -9).filter(([from]) => from % 5 !== 0)],
    ['beside all data', daily(9, 9, 500)],
  ])('%s are those of each window by itself', async (_, windows) => {
    for (const more of [
      {},
      { by: ['channel'] },
      { where: [{ dim: 'channel', value: null }] },
      { cut: { knownAt: 50 } },
      { of: 'entity' },
    ]) {
      await expectExact(windowsOf(windows, more));
    }
  });

  it('are the same in many passes', async () => {
    for (const rowsOfAPass of [1_000, 100, 7]) await expectExact(windowsOf(daily(25, 9), { by: ['channel'] }), rowsOfAPass);
  });
});
