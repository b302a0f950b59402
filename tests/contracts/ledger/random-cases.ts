/** Thousands of random rows and questions: every ledger answers as the plain one in memory does. */
import { expect, test } from 'vitest';
import { families, familyNames } from '../../../server/domain/ledger/registry.ts';
import type { Follower } from '../../../server/domain/ledger/follower.ts';
import { causes, type LedgerRow } from '../../../server/domain/ledger/row.ts';
import { createCalendar, DAY_MS } from '../../../server/domain/time/calendar.ts';
import type {
  ChangesQuestion,
  DistinctQuestion,
  FollowedQuestion,
  LedgerAnswer,
  LedgerQuestion,
  LedgerRange,
  RowsQuestion,
  SumQuestion,
} from '../../../server/pipeline/ports/ledger.ts';
import type { ExplainedTerm, ExplainQuestion } from '../../../server/pipeline/ports/ledger-explain.ts';
import { rounds } from '../../helpers/long-form.ts';
import { createMemoryLedger } from '../../helpers/memory-ledger.ts';
import { seededRandom, type Random } from '../../helpers/random.ts';
import { testSeed } from '../../helpers/seed.ts';
import type { LedgerCase } from './ledger-contract.ts';
import { sorted } from './samples.ts';

const DAYS = 40;
const FIRST_DAY = 19_990;

export function registerRandomCases(ledgers: LedgerCase): void {
  test('[R21] [R26] random rows and questions are answered as by counting', async () => {
    const random = seededRandom(testSeed('ledger questions'));
    const timeZone = random.pick(['UTC', 'Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe']);
    const { ledger, append } = await ledgers.open([], timeZone);
    const plain = createMemoryLedger(createCalendar(timeZone));
    let position = 0;
    for (let round = 0; round < 6; round += 1) {
      for (let block = 0; block < 5; block += 1) {
        const rows = Array.from({ length: 1 + random.below(200) }, () => randomRow(random));
        await append(rows);
        plain.append((position += 1), rows);
      }
      const sums = Array.from({ length: 12 }, () => randomSums(random));
      const counts = Array.from({ length: 12 }, () => randomDistinct(random));
      const [ours, theirs] = [await ledger.ask(sums), await plain.ask(sums)];
      sums.forEach((question, i) => expect(sorted(ours[i] ?? []), JSON.stringify(question)).toEqual(sorted(theirs[i] ?? [])));
      const [ourCounts, theirCounts] = [await ledger.ask(counts), await plain.ask(counts)];
      counts.forEach((question, i) => expect(sorted(ourCounts[i] ?? []), JSON.stringify(question)).toEqual(sorted(theirCounts[i] ?? [])));
      const follows = Array.from({ length: 4 }, () => randomFollowed(random));
      const [ourFollows, theirFollows] = [await ledger.ask(follows), await plain.ask(follows)];
      follows.forEach((question, i) =>
        expect(sorted(ourFollows[i] ?? []), JSON.stringify(question)).toEqual(sorted(theirFollows[i] ?? [])),
      );
      for (let i = 0; i < 4; i += 1) {
        const page = randomPage(random);
        expect(await ledger.rows(page), JSON.stringify(page)).toEqual(await plain.rows(page));
        const change = randomChanges(random);
        expect(sorted(await ledger.changes(change)), JSON.stringify(change)).toEqual(sorted(await plain.changes(change)));
        const explained = randomExplain(random);
        expect(await ledger.explain(explained, []), JSON.stringify(explained)).toEqual(await plain.explain(explained, []));
      }
    }
  });
}

export function registerCarriedCases(ledgers: LedgerCase): void {
  test('[R21] questions asked again after other rows and about other moments are answered as by counting', async () => {
    const random = seededRandom(testSeed('ledger questions again'));
    const timeZone = random.pick(['UTC', 'Asia/Shanghai']);
    const { ledger, append } = await ledgers.open([], timeZone);
    const plain = createMemoryLedger(createCalendar(timeZone));
    const sums = Array.from({ length: 14 }, () => randomSums(random));
    const counts = Array.from({ length: 20 }, () => ({
      ...randomDistinct(random),
      ...(random.chance(0.5) && { family: 'sales' as const, ...buyers }),
    }));
    const explained = Array.from({ length: 8 }, () => ({ ...randomExplain(random), totals: true }));
    let position = 0;
    for (let round = 0; round < 14; round += 1) {
      for (let block = random.below(3); block > 0; block -= 1) {
        const rows = Array.from({ length: 1 + random.below(60) }, () => heldFrom(random, randomRow(random)));
        await append(rows);
        plain.append((position += 1), rows);
      }
      const moved = <Q extends LedgerRange>(question: Q): Q => ({ ...question, cut: movedCut(random, question.cut) });
      const asked: LedgerQuestion[] = [
        ...sums.map(moved),
        ...counts.map(moved).flatMap((count) => [count, { ...count, severalDays: true } as const]),
      ];
      // Two at once are answered by two readers.
      const [ours, again] = await Promise.all([ledger.ask(asked), ledger.ask(asked)]);
      const theirs = await plain.ask(asked);
      asked.forEach((question, i) => {
        expect(ordered(ours[i]), JSON.stringify(question)).toEqual(ordered(theirs[i]));
        expect(ordered(again[i]), JSON.stringify(question)).toEqual(ordered(theirs[i]));
      });
      for (const { terms, ...rest } of explained) {
        const question = { ...rest, terms: terms.slice(0, random.pick([1, 1, 3])).map(moved) };
        expect(await ledger.explain(question, []), JSON.stringify(question)).toEqual(await plain.explain(question, []));
      }
    }
  });
}

export function registerRollingCases(ledgers: LedgerCase): void {
  test('[R10] [R21] many windows of days that overlap are answered as by counting each', async () => {
    const random = seededRandom(testSeed('ledger windows'));
    const timeZone = random.pick(['UTC', 'Asia/Shanghai', 'America/New_York']);
    const { ledger, append } = await ledgers.open([], timeZone);
    const plain = createMemoryLedger(createCalendar(timeZone));
    const courses = Array.from({ length: rounds('LEDGER_WINDOWS', { short: 5, long: 12 }) }, () => randomWindows(random));
    for (let position = 1; position <= 6; position += 1) {
      const rows = Array.from({ length: 1 + random.below(position === 1 ? 600 : 60) }, () => heldFrom(random, randomRow(random)));
      await append(rows);
      plain.append(position, rows);
      for (const course of courses) {
        const cut = movedCut(random, course[0]?.cut);
        const windows = course.map((question) => (cut ? { ...question, cut } : question));
        const [ours, theirs] = [await ledger.ask(windows), await plain.ask(windows)];
        windows.forEach((question, i) => expect(ordered(ours[i]), JSON.stringify(question)).toEqual(ordered(theirs[i])));
      }
    }
  });
}

/** The same count of many days, as a course asks it; at times of lengths or in an order that no course has. */
function randomWindows(random: Random): readonly DistinctQuestion[] {
  const { severalDays: _days, ...count } = randomDistinct(random);
  const question = { ...count, unit: 'day' as const, ...(random.chance(0.5) && { family: 'sales' as const, ...buyers, by: ['channel'] }) };
  const length = 1 + random.below(DAYS);
  const from = FIRST_DAY - 3 + random.below(DAYS);
  const several = random.chance(0.5);
  const windows = Array.from({ length: 1 + random.below(20) }, (_, i): DistinctQuestion => {
    const begin = from + i * random.pick([1, 1, 1, 0, 2]);
    const window = { ...question, from: begin, to: begin + length + random.pick([0, 0, 0, 0, 1, -3]) };
    return several || random.chance(0.2) ? { ...window, severalDays: true } : window;
  });
  return random.chance(0.3) ? random.shuffle(windows) : windows;
}

const ordered = (answer: LedgerAnswer = []): readonly string[] =>
  answer.map((row) => JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).toSorted();

/** Some rows hold from instants close to those that are asked about. */
function heldFrom(random: Random, row: LedgerRow): LedgerRow {
  return random.chance(0.3) ? { ...row, since: NOW + random.below(random.pick([DAY_MS, 60_000, 3])) } : row;
}
const NOW = (FIRST_DAY + 25) * DAY_MS;

const buyers = { where: [], only: [], by: [], of: 'buyer', measure: 'holds' } as const;

/** The same of what was known, up to another moment or to none. */
function movedCut(random: Random, cut: LedgerRange['cut']): LedgerRange['cut'] {
  const { asOf: _moment, ...known } = cut ?? {};
  if (random.chance(0.2)) return known;
  // Mostly around one moment, as a clock that goes on; at times far from it.
  const moment = random.chance(0.7) ? NOW : (FIRST_DAY + random.below(DAYS + 5)) * DAY_MS;
  return { ...known, asOf: moment + random.below(random.pick([DAY_MS, 60_000, 3])) };
}

function randomRow(random: Random): LedgerRow {
  const family = random.pick(familyNames);
  const { dims, measures } = families[family];
  const at = (FIRST_DAY + random.below(DAYS)) * DAY_MS + random.below(DAY_MS);
  return {
    family,
    kind: random.pick(['order', 'refund', 'customer', 'mention']),
    entity: `e${random.below(60)}`,
    at,
    since: at + random.below(3 * DAY_MS),
    received: at + random.below(9 * DAY_MS),
    cause: random.pick(causes),
    dims: dims.map(() => randomValue(random)),
    measures: measures.map(() => random.pick([0, 0, 1, 1, 1, -1, -1, 7, random.below(1_000_000), Number.MAX_SAFE_INTEGER])),
  };
}

function randomValue(random: Random): string | null {
  return random.pick([null, 'a', 'b', '天猫', '京东', '', `v${random.below(9)}`]);
}

function randomRange(random: Random): LedgerRange {
  const unit = random.pick(['day', 'hour', 'step'] as const);
  const scale = { day: 1, hour: 24, step: 288 }[unit];
  const from = FIRST_DAY * scale + random.below(DAYS * scale) - 2;
  const family = random.pick(familyNames);
  const besides = () => ({ until: moment(), causes: random.shuffle(causes).slice(0, random.below(4)) });
  const moment = (): number => (FIRST_DAY + random.below(DAYS + 5)) * DAY_MS + random.below(DAY_MS);
  return {
    family,
    unit,
    from,
    to: from + random.below(DAYS * scale),
    where: random.chance(0.4) ? [{ dim: random.pick(families[family].dims), value: randomValue(random) }] : [],
    ...(random.chance(0.2)
      ? { only: [{ dim: random.pick(families[family].dims), values: [randomValue(random), randomValue(random)] }] }
      : {}),
    ...(random.chance(0.5)
      ? {
          cut: {
            ...(random.chance(0.6) ? { asOf: moment() } : {}),
            ...(random.chance(0.6) ? { knownAt: moment(), besides: besides() } : {}),
          },
        }
      : {}),
  };
}

function randomBy(random: Random, { family }: LedgerRange): readonly string[] {
  return random.shuffle(families[family].dims).slice(0, random.below(3));
}

function randomSums(random: Random): SumQuestion {
  const range = randomRange(random);
  return { ask: 'sums', ...range, by: randomBy(random, range), ...(random.chance(0.4) ? { perBucket: true } : {}) };
}

function randomDistinct(random: Random): DistinctQuestion {
  const range = randomRange(random);
  const { dims, measures } = families[range.family];
  return {
    ask: 'distinct',
    ...range,
    by: randomBy(random, range),
    of: random.pick(['entity', ...dims]),
    measure: random.pick<string>(measures),
    ...(random.chance(0.5) ? { severalDays: true } : {}),
  };
}

function randomFollowed(random: Random): FollowedQuestion {
  const range = randomRange(random);
  const { dims, measures } = families[range.family];
  const follower = (): Follower => {
    const family = random.pick(familyNames);
    const of = families[family];
    return {
      family,
      things: Array.from({ length: 1 + random.below(2) }, () => random.pick<string>(of.dims)),
      measures: Array.from({ length: 1 + random.below(2) }, () => random.pick<string>(of.measures)),
      where: random.chance(0.3) ? [{ dim: random.pick(of.dims), value: randomValue(random) }] : [],
      ...(random.chance(0.4) ? { firstOnly: true } : {}),
    };
  };
  return {
    ask: 'followed',
    ...range,
    by: randomBy(random, range),
    of: random.pick<string>(dims),
    measure: random.pick<string>(measures),
    followers: Array.from({ length: 1 + random.below(2) }, follower),
    withinMs: random.below(9 * DAY_MS),
    settledUpTo: (FIRST_DAY + random.below(DAYS)) * DAY_MS,
  };
}

function randomPage(random: Random): RowsQuestion {
  const range = randomRange(random);
  return {
    ...range,
    limit: 1 + random.below(50),
    ...(random.chance(0.5) ? { measure: random.pick<string>(families[range.family].measures) } : {}),
    ...(random.chance(0.5) ? { cursor: `${random.below(30)}.${random.below(100)}` } : {}),
  };
}

function randomChanges(random: Random): ChangesQuestion {
  const range = randomRange(random);
  const after = (FIRST_DAY + random.below(DAYS)) * DAY_MS;
  const moved = random.chance(0.5) ? { moved: random.shuffle(families[range.family].measures).slice(0, 2) } : {};
  return { ...range, by: randomBy(random, range), after, until: after + random.below(20 * DAY_MS), ...moved };
}

function randomExplain(random: Random): ExplainQuestion {
  const terms = Array.from({ length: 1 + random.below(3) }, (): ExplainedTerm => {
    const range = randomRange(random);
    const { dims, measures } = families[range.family];
    const measure = (): string => random.pick<string>(measures);
    const factor = random.pick([1, -1, 1, 3, -200]);
    if (random.chance(0.3)) {
      const count = random.pick(['all', 'onSeveralDays'] as const);
      return { ask: 'distinct', ...range, of: random.pick(['entity', ...dims]), measure: measure(), count, factor };
    }
    const weights = [
      { measure: measure(), factor },
      { measure: measure(), factor: -1 },
    ];
    return { ask: 'sums', ...range, weights: random.chance(0.5) ? weights : weights.slice(0, 1) };
  });
  const after = { received: (FIRST_DAY + random.below(DAYS)) * DAY_MS, kind: random.pick(['order', 'refund', 'buyer']), entity: 'e3' };
  return { terms, limit: 1 + random.below(40), totals: random.chance(0.5), ...(random.chance(0.4) && { after }) };
}
