import { afterEach, describe, expect, it } from 'vitest';
import { answerTask } from '../../../../../server/adapters/duckdb/engine/answer.ts';
import { answersOf, rollingIn } from '../../../../../server/adapters/duckdb/engine/rolling.ts';
import type { LedgerRow } from '../../../../../server/domain/ledger/row.ts';
import { DAY_MS } from '../../../../../server/domain/time/calendar.ts';
import type { DistinctQuestion } from '../../../../../server/pipeline/ports/ledger.ts';
import { distinctOf, noon, salesRow, sorted } from '../../../../contracts/ledger/samples.ts';
import { rounds } from '../../../../helpers/long-form.ts';
import { seededRandom, type Random } from '../../../../helpers/random.ts';
import { testSeed } from '../../../../helpers/seed.ts';
import { engineRig, type EngineRig } from './engine-rig.ts';

let rig: EngineRig;
afterEach(() => rig.dispose());

const DAYS = 30;
const NOW = noon(DAYS);

interface Order {
  readonly entity: string;
  readonly buyer: string | null;
  readonly channel: string | null;
  readonly at: number;
}

/** Orders as the program books them: what an order was is taken back on its own day, whenever that is known. */
function history(random: Random) {
  const orders: Order[] = [];
  let entities = 0;
  const anyOrder = (entity: string): Order => ({
    entity,
    buyer: random.pick([null, '', 'A', 'B', ...Array.from({ length: 25 }, (_, i) => `buyer ${i}`)]),
    channel: random.pick([null, 'jd', 'tmall', 'jd']),
    at: random.below(DAYS) * DAY_MS + random.below(DAY_MS),
  });
  const booked = ({ entity, buyer, channel, at }: Order, count: 1 | -1, since = at): LedgerRow =>
    salesRow({ entity, buyer, channel, at, since, received: random.below(100), orders: count, paid: count * 7 });
  /** Of a correction: at times at an instant close to those that are asked about, or behind them. */
  const later = (): number => random.pick([NOW, NOW + random.below(3), NOW + 5 * DAY_MS]);
  return (most: number): LedgerRow[] => {
    const rows: LedgerRow[] = [];
    for (let n = 1 + random.below(most); n > 0; n -= 1) {
      const place = random.below(orders.length + 1);
      const order = orders[place];
      if (!order || random.chance(0.6)) {
        const made = anyOrder(`order ${(entities += 1)}`);
        orders.push(made);
        rows.push(booked(made, 1, random.chance(0.9) ? made.at : later()));
        // Lines of an order that count for nothing more.
        if (random.chance(0.5)) rows.push(salesRow({ entity: made.entity, buyer: made.buyer, at: made.at, paid: 3 }));
      } else if (random.chance(0.5)) {
        orders.splice(place, 1);
        rows.push(booked(order, -1, random.chance(0.5) ? order.at : later()));
      } else {
        const moved = { ...anyOrder(order.entity), ...(random.chance(0.5) && { buyer: order.buyer }) };
        orders.splice(place, 1, moved);
        rows.push(booked(order, -1), booked(moved, 1));
      }
    }
    return rows;
  };
}

function anyQuestion(random: Random): DistinctQuestion {
  const { severalDays: _days, ...question } = distinctOf({ of: random.pick(['buyer', 'customer']), measure: 'orders' });
  const from = random.below(DAYS + 4) - 2;
  return {
    ...question,
    ...{ from, to: random.pick([from, from + 1, from + 1 + random.below(DAYS), 1_000]) },
    ...(random.chance(0.1) && { from: -Infinity }),
    ...(random.chance(0.7) && { severalDays: true }),
    ...(random.chance(0.4) && { by: ['channel'] }),
    ...(random.chance(0.3) && { where: [{ dim: 'channel', value: random.pick([null, 'jd', 'nowhere']) }] }),
    // What no table answers.
    ...(random.chance(0.1) && { only: [{ dim: 'channel', values: ['jd', null] }] }),
    ...(random.chance(0.1) && { unit: 'hour', from: from * 24 + 7, to: from * 24 + 7 + random.below(99) }),
    ...anyCut(random),
  };
}

function anyCut(random: Random): Pick<DistinctQuestion, 'cut'> {
  const asOf = random.pick([NOW, NOW + 1, NOW + 6 * DAY_MS, noon(random.below(DAYS))]);
  return random.pick([{}, { cut: { asOf: NOW } }, { cut: { asOf } }, { cut: { asOf, knownAt: random.below(120) } }]);
}

function anyWindows(random: Random): readonly DistinctQuestion[] {
  const question = { ...anyQuestion(random), unit: 'day' as const };
  const length = random.pick([1, 2, 5 + random.below(20)]);
  const step = random.pick([1, 2]);
  const begin = random.below(10) - 5;
  return Array.from({ length: 20 }, (_, i) => ({ ...question, from: begin + i * step, to: begin + i * step + length }));
}

const usesGaps = (asked: readonly string[]): boolean => asked.some((sql) => sql.includes('from "gaps_'));

/** Resolves to the statements it took. */
async function expectCount(question: DistinctQuestion): Promise<readonly string[]> {
  const { found, asked } = await rig.reading((run) => rig.carried.answer(question, rig.position(), run));
  const [expected] = await rig.plain.ask([question]);
  const counts = found.flatMap((row) => ('count' in row ? [row] : []));
  expect(sorted(counts), JSON.stringify(question)).toEqual(sorted(expected ?? []));
  return asked;
}

async function expectWindows(questions: readonly DistinctQuestion[]): Promise<readonly string[]> {
  const [rolling] = rollingIn(questions, () => true);
  if (!rolling) throw new Error('the windows are not taken together');
  const { found, asked } = await rig.reading((run) => rig.carried.answer(rolling.question, rig.position(), run));
  const answers = answersOf(
    rolling,
    found.flatMap((row) => ('count' in row ? [row] : [])),
  );
  const expected = await rig.plain.ask(rolling.asked);
  expect(answers.map(sorted), JSON.stringify(questions[0])).toEqual(expected.map(sorted));
  return asked;
}

async function keepGaps(): Promise<readonly string[]> {
  const done: string[] = [];
  for (;;) {
    const step = await rig.stepGaps();
    if (step === 'nothing') return done;
    done.push(step);
  }
}

const eager = { behind: 1, anew: 1_000_000, ofAPass: 1_000_000 };

describe('[R10] [R21] counts by day gaps are those of the rows', () => {
  it.each(['Asia/Shanghai', 'Australia/Lord_Howe'])('over random histories, %s', async (timeZone) => {
    const random = seededRandom(testSeed(`day gaps ${timeZone}`));
    rig = await engineRig(timeZone);
    const more = history(random);
    let used = 0;
    await rig.append(more(300));
    rig.forget(eager);
    await keepGaps();
    for (let round = 0; round < rounds('DAY_GAPS', { short: 6, long: 60 }); round += 1) {
      const limits = random.pick([eager, eager, { behind: 1, anew: 40, ofAPass: 50 }, { behind: 200, anew: 1_000, ofAPass: 70 }]);
      if (random.chance(0.7)) rig.forget(limits);
      if (random.chance(0.6)) await keepGaps();
      // A table may be half made when rows come, and when the process ends.
      else if (random.chance(0.5)) await rig.stepGaps();
      for (let blocks = random.below(3); blocks > 0; blocks -= 1) await rig.append(more(40));
      for (let n = 0; n < 9; n += 1) if (usesGaps(await expectCount(anyQuestion(random)))) used += 1;
      for (let n = 0; n < 2; n += 1) if (usesGaps(await expectWindows(anyWindows(random)))) used += 1;
    }
    expect(used).toBeGreaterThan(4);
  });
});

describe('tables of day gaps', () => {
  const question = distinctOf({ of: 'customer', measure: 'orders', from: 0, to: DAYS });
  const order = (buyer: string, day: number, orders = 1): LedgerRow => salesRow({ entity: `${buyer} ${day}`, buyer, day, orders });

  it('answer the first question after a start without a look at the rows', async () => {
    rig = await engineRig();
    rig.forget(eager);
    await rig.append([order('A', 1), order('A', 3), order('B', 3)]);
    await keepGaps();
    rig.forget();
    const asked = await expectCount(question);
    expect(asked.filter((sql) => sql.includes('from "rows_') && !sql.includes('max(since)'))).toEqual([]);
    expect(usesGaps(asked)).toBe(true);
  });

  it('answer many days at once', async () => {
    rig = await engineRig();
    rig.forget(eager);
    await rig.append([order('A', 1), order('A', 3), order('B', 3), order('C', 12)]);
    const days = Array.from({ length: 14 }, (_, day) => ({ ...question, from: day, to: day + 1 }));
    const expectDays = async (): Promise<readonly string[]> => {
      const { found, asked } = await rig.reading((run) => answerTask({ kind: 'ask', questions: days }, run, rig.carried));
      expect(found.kind === 'ask' && found.answers).toEqual(await rig.plain.ask(days));
      return asked;
    };
    expect(usesGaps(await expectDays())).toBe(false);
    rig.forget(eager);
    await keepGaps();
    const asked = await expectDays();
    expect(asked.filter((sql) => sql.includes('from "gaps_'))).toHaveLength(1);
    // A day between two others, looked at without the days of other windows.
    await rig.append([order('D', 7), order('A', 7)]);
    const carried = await expectDays();
    expect(carried.filter((sql) => sql.includes('touched'))).toEqual([expect.stringContaining('day >= 7 and day < 8')]);
  });

  it('are brought up to date by the things that came, and not for a few rows', async () => {
    rig = await engineRig();
    rig.forget({ ...eager, behind: 4 });
    await rig.append([order('A', 1), order('A', 3), order('B', 3)]);
    expect(await keepGaps()).toEqual([]);
    await rig.append([order('D', 5)]);
    expect(new Set(await keepGaps())).toEqual(new Set(['much']));
    // A day between two others, and one that is no more.
    await rig.append([order('A', 2), order('B', 3, -1)]);
    expect(await keepGaps()).toEqual([]);
    await expectCount(question);
    await rig.append([order('C', 9), order('B', 1)]);
    expect(new Set(await keepGaps())).toEqual(new Set(['little']));
    rig.forget();
    const asked = await expectCount(question);
    expect(asked.filter((sql) => sql.includes('touched'))).toEqual([]);
  });

  it('are made anew when they are far behind', async () => {
    rig = await engineRig();
    rig.forget({ behind: 1, anew: 2, ofAPass: 1 });
    await rig.append([order('A', 1)]);
    await keepGaps();
    await rig.append([order('A', 2), order('B', 2), order('C', 4), order('C', 7)]);
    expect(new Set(await keepGaps())).toEqual(new Set(['much']));
    rig.forget();
    expect(usesGaps(await expectCount(question))).toBe(true);
  });

  it('are made again by another version of the program, and where the process ended while they were made', async () => {
    rig = await engineRig();
    rig.forget({ ...eager, ofAPass: 1 });
    await rig.append([order('A', 1), order('B', 2), order('B', 4)]);
    for (let steps = 0; steps < 3; steps += 1) await rig.stepGaps();
    rig.forget(eager);
    expect(usesGaps(await expectCount(question))).toBe(false);
    await keepGaps();
    rig.forget(eager);
    expect(usesGaps(await expectCount(question))).toBe(true);
    await rig.spoil(`update meta set name = replace(name, 'gaps ', 'gaps of another ') where name like 'gaps %'`);
    rig.forget(eager);
    expect(usesGaps(await expectCount(question))).toBe(false);
    await keepGaps();
    rig.forget(eager);
    expect(usesGaps(await expectCount(question))).toBe(true);
  });

  it('are given up while a day of a thing sums below 0, which no table can tell', async () => {
    rig = await engineRig();
    rig.forget(eager);
    await rig.append([order('A', 1), order('A', 3), order('B', 3)]);
    await keepGaps();
    await rig.append([order('A', 2, -1)]);
    await keepGaps();
    rig.forget(eager);
    expect(usesGaps(await expectCount(question))).toBe(false);
    await keepGaps();
    expect(usesGaps(await expectCount(question))).toBe(false);
    await rig.append([order('A', 2, 1)]);
    rig.forget(eager);
    await keepGaps();
    rig.forget(eager);
    expect(usesGaps(await expectCount(question))).toBe(true);
  });
});
