import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CarriedRows } from '../../../../../server/adapters/duckdb/engine/carried.ts';
import { answersOf, countedWindows, rollingIn, type WindowsQuestion } from '../../../../../server/adapters/duckdb/engine/rolling.ts';
import type { Run } from '../../../../../server/adapters/duckdb/engine/answer.ts';
import type { DistinctQuestion } from '../../../../../server/pipeline/ports/ledger.ts';
import { distinctOf, noon, salesRow, sorted } from '../../../../contracts/ledger/samples.ts';
import { seededRandom } from '../../../../helpers/random.ts';
import { testSeed } from '../../../../helpers/seed.ts';
import { engineRig, type EngineRig } from './engine-rig.ts';

const windowsOf = (lengths: readonly (readonly [from: number, to: number])[], more: Partial<DistinctQuestion> = {}) =>
  lengths.map(([from, to]) => distinctOf({ from, to, ...more }));
const daily = (days: number, length: number, from = 0) => Array.from({ length: days }, (_, i) => [from + i, from + i + length] as const);

const noTable = (): boolean => false;

describe('which questions are taken together', () => {
  const together = (questions: readonly DistinctQuestion[], hasTable = false) =>
    rollingIn(questions, () => hasTable).map(({ asked }) => asked.length);

  it('takes windows that overlap, in whatever order they are asked, and whether each asks for several days', () => {
    expect(together(windowsOf(daily(90, 365)))).toEqual([90]);
    expect(together(windowsOf(daily(90, 365)).toReversed())).toEqual([90]);
    const [first, ...others] = windowsOf(daily(90, 365));
    const { severalDays: _days, ...plain } = first ?? distinctOf();
    expect(rollingIn([plain, ...others], noTable).map(({ question: { from, to, severalDays } }) => [from, to, severalDays])).toEqual([
      [0, 454, true],
    ]);
  });

  it('leaves apart what is as cheap one by one', () => {
    expect(together([])).toEqual([]);
    expect(together(windowsOf([[0, 365]]))).toEqual([]);
    expect(together(windowsOf(daily(90, 1)))).toEqual([]);
    expect(together(Array.from({ length: 9 }, () => distinctOf({ from: 0, to: 9 })))).toEqual([]);
  });

  it('takes many windows that do not overlap where a table counts them', () => {
    expect(together(windowsOf(daily(90, 1)), true)).toEqual([90]);
    expect(together(windowsOf(daily(7, 1)), true)).toEqual([]);
    expect(
      together(
        Array.from({ length: 9 }, () => distinctOf({ from: 0, to: 9 })),
        true,
      ),
    ).toEqual([]);
    const asked: DistinctQuestion[] = [];
    const [one] = windowsOf(daily(1, 1), { by: ['region'] });
    rollingIn([...windowsOf(daily(90, 1)), ...(one ? [one] : [])], (question) => asked.push(question) > 0);
    expect(asked.map(({ by }) => by)).toEqual([[]]);
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
  const random = seededRandom(testSeed('rolling windows'));
  let rig: EngineRig;

  function append(orders: number): Promise<void> {
    const rows = Array.from({ length: orders }, () => {
      const day = random.below(30);
      return salesRow({
        buyer: random.pick([null, '', 'A', 'B', ...Array.from({ length: 40 }, (_, i) => `buyer ${i}`)]),
        channel: random.pick([null, 'jd', 'tmall']),
        day,
        since: noon(day) + random.below(5),
        received: random.below(100),
        // Some things have days below 0.
        orders: random.pick([1, 1, 1, 1, -1, 7, 0]),
      });
    });
    return rig.append(rows);
  }

  beforeAll(async () => {
    rig = await engineRig();
    await append(600);
  });
  afterAll(() => rig.dispose());

  /** Resolves to how many statements it took. */
  async function expectExact(
    questions: readonly DistinctQuestion[],
    count: (question: WindowsQuestion, run: Run) => Promise<CarriedRows>,
    hasTable = noTable,
  ): Promise<number> {
    const [rolling, ...more] = rollingIn(questions, hasTable);
    if (!rolling || more.length > 0) throw new Error('the questions are not taken together');
    const { found: rows, statements } = await rig.reading((run) => count(rolling.question, run));
    const found = answersOf(
      rolling,
      rows.filter((row) => 'count' in row),
    );
    const expected = await rig.plain.ask(rolling.asked);
    expect(found.map(sorted)).toEqual(expected.map(sorted));
    return statements;
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
      await expectExact(windowsOf(windows, more), countedWindows);
    }
  });

  it('are the same in many passes', async () => {
    for (const rowsOfAPass of [1_000, 100, 7]) {
      await expectExact(windowsOf(daily(25, 9), { by: ['channel'] }), (question, run) => countedWindows(question, run, rowsOfAPass));
    }
  });

  it('are carried on by the rows that came, and to other moments, without another pass', async () => {
    const again = (more: Partial<DistinctQuestion>): Promise<number> =>
      expectExact(windowsOf(daily(25, 9), more), (question, run) => rig.carried.answer(question, rig.position(), run));
    const asked = [{}, { by: ['channel'] }, { cut: { knownAt: 50 } }];
    for (const more of asked) await again(more);
    for (let round = 0; round < 6; round += 1) {
      await append(1 + random.below(20));
      // Those in between are counted; where there are none, such as rows received later than is asked about, that is all.
      for (const more of asked) expect([1, 2]).toContain(await again(more));
      for (const more of asked) expect(await again(more)).toBe(0);
    }
    // Days of which hardly any changes.
    const days = (): Promise<number> =>
      expectExact(
        windowsOf(daily(25, 1), { by: ['channel'] }),
        (question, run) => rig.carried.answer(question, rig.position(), run),
        () => true,
      );
    await days();
    for (let round = 0; round < 9; round += 1) {
      await append(1 + random.below(3));
      expect([1, 2]).toContain(await days());
    }
    // Two moments of one hour, one behind the other: the later one carries on the earlier one, and back.
    for (const day of [12, 12, 20]) {
      for (const after of [0, 3, 2, 4, 1]) await again({ by: ['channel'], cut: { asOf: noon(day) + after } });
    }
  });
});
