/**
 * Counts of things in many windows of days that overlap, such as those of a year up to each of ninety days: one pass over the
 * rows instead of one for each window.
 *
 * A thing counts in a window by the first of its days there, and on several days by the second: the day whose day before
 * lies in front of the window, and the one whose day before lies in it. Each day of a thing therefore adds 1 to a run of
 * windows, so that it is enough to know for each day where its run begins and ends. That holds for things whose rows sum to
 * 0 or more on every day; the few others are counted window by window.
 */
import type { DimValue } from '../../../domain/dim-value.ts';
import { addExact, narrowed, type Exact } from '../../../domain/ledger/exact.ts';
import type { DistinctQuestion, DistinctRow, LedgerQuestion } from '../../../pipeline/ports/ledger.ts';
import type { Run } from './answer.ts';
import { countedOf } from './distinct.ts';
import { createTexts, named, questionKey, whole, type Statement, type Texts } from './range.ts';
import { bigintIn, integerIn, textOrNullIn } from './result-values.ts';
import { tableOf } from './schema.ts';

/** A pass costs about three times what one window of all the days costs: windows that overlap less are as cheap one by one. */
const OVERLAP_ENOUGH = 4;
/** All windows together: for each of these days it is written down in which windows it lies. */
const DAYS_MOST = 3_000;
/** With more rows the things are taken in several passes, so that the memory it takes does not grow with them. */
const ROWS_OF_A_PASS = 1_500_000;
/** Before every day of any window. */
const LONG_AGO = -2_147_483_648;

/** Windows in order: neither beginnings nor ends go back. */
export interface Rolling {
  /** The windows together; `severalDays` where one of them asks for it. */
  readonly hull: DistinctQuestion;
  readonly windows: readonly DistinctQuestion[];
}

/** Those of the questions that differ in their days only and are cheaper together. */
export function rollingIn(questions: readonly (LedgerQuestion | { readonly ask: 'netted' })[]): readonly Rolling[] {
  const groups = new Map<string, DistinctQuestion[]>();
  for (const question of questions) {
    if (question.ask !== 'distinct' || question.unit !== 'day') continue;
    const { severalDays: _days, ...rest } = question;
    const key = questionKey({ ...rest, from: 0, to: 0 });
    groups.set(key, [...(groups.get(key) ?? []), question]);
  }
  return [...groups.values()].flatMap((group) => rollingOf(group) ?? []);
}

function rollingOf(group: readonly DistinctQuestion[]): Rolling | undefined {
  const windows = group.toSorted((a, b) => a.from - b.from || a.to - b.to);
  const [first, last] = [windows[0], windows.at(-1)];
  if (!first || !last) return undefined;
  const inOrder = windows.every(({ from, to }, i) => Number.isInteger(from) && from < to && to >= (windows[i - 1]?.to ?? to));
  const lengths = new Map(windows.map(({ from, to }) => [`${from} ${to}`, to - from]));
  const covered = [...lengths.values()].reduce((sum, length) => sum + length, 0);
  const days = last.to - first.from;
  if (!inOrder || !Number.isInteger(last.to) || days > DAYS_MOST || covered < days * OVERLAP_ENOUGH) return undefined;
  const severalDays = windows.some((question) => question.severalDays);
  return { hull: { ...first, to: last.to, ...(severalDays && { severalDays: true }) }, windows };
}

/** Answers in the order of the windows. */
export async function answerRolling(
  rolling: Rolling,
  run: Run,
  rowsOfAPass = ROWS_OF_A_PASS,
): Promise<readonly (readonly DistinctRow[])[]> {
  const { hull, windows } = rolling;
  const counts = new Map<string, Counts>();
  const countsOf = (dims: readonly DimValue[]): Counts => {
    const key = JSON.stringify(dims);
    const found = counts.get(key) ?? { dims, all: windows.map(() => 0), severalDays: windows.map(() => 0) };
    counts.set(key, found);
    return found;
  };
  const at = hull.by.length;
  const dimsIn = (row: Parameters<typeof textOrNullIn>[0]): readonly DimValue[] => hull.by.map((_, i) => textOrNullIn(row, i));

  const passes = Math.max(1, Math.ceil((await rowsIn(hull, run)) / rowsOfAPass));
  for (let pass = 0; pass < passes; pass += 1) {
    for (const row of await run(runsStatement(rolling, { pass, passes }))) {
      const { all, severalDays } = countsOf(dimsIn(row));
      const [of, begin, end, n] = [0, 1, 2, 3].map((i) => integerIn(row, at + i));
      addRun(of === 0 ? all : severalDays, begin ?? 0, end ?? 0, n ?? 0);
    }
  }
  for (const { all, severalDays } of counts.values()) for (const steps of [all, severalDays]) addUp(steps);

  const odd = new Map<string, { readonly dims: readonly DimValue[]; readonly days: { day: number; sum: Exact }[] }>();
  for (const row of await run(oddStatement(hull))) {
    const dims = dimsIn(row);
    const things = row.slice(at, -2).map((_, i) => textOrNullIn(row, at + i));
    const key = JSON.stringify([dims, things]);
    const found = odd.get(key) ?? { dims, days: [] };
    odd.set(key, found);
    found.days.push({ day: integerIn(row, row.length - 2), sum: narrowed(bigintIn(row, row.length - 1)) });
  }
  for (const { dims, days } of odd.values()) {
    const { all, severalDays } = countsOf(dims);
    windows.forEach(({ from, to }, i) => {
      const within = days.filter(({ day }) => day >= from && day < to);
      if (within.reduce<Exact>((total, { sum }) => addExact(total, sum), 0) <= 0) return;
      all[i] = (all[i] ?? 0) + 1;
      if (within.filter(({ sum }) => sum > 0).length >= 2) severalDays[i] = (severalDays[i] ?? 0) + 1;
    });
  }
  return windows.map((question, i) =>
    [...counts.values()].flatMap(({ dims, all, severalDays }) => {
      const count = all[i] ?? 0;
      return count === 0 ? [] : [{ dims, count, onSeveralDays: question.severalDays ? (severalDays[i] ?? 0) : 0 }];
    }),
  );
}

/** By window: first how many more than in the window before, in the end how many. */
interface Counts {
  readonly dims: readonly DimValue[];
  readonly all: number[];
  readonly severalDays: number[];
}

function addRun(steps: number[], begin: number, end: number, n: number): void {
  steps[begin] = (steps[begin] ?? 0) + n;
  if (end < steps.length) steps[end] = (steps[end] ?? 0) - n;
}

function addUp(steps: number[]): void {
  for (let i = 1; i < steps.length; i += 1) steps[i] = (steps[i] ?? 0) + (steps[i - 1] ?? 0);
}

async function rowsIn(hull: DistinctQuestion, run: Run): Promise<number> {
  const texts = createTexts();
  const [row] = await run({
    sql: `select count(*) from ${tableOf(hull.family)} where ${countedOf(hull, texts).range}`,
    values: texts.values,
  });
  return row ? integerIn(row, 0) : 0;
}

/** Rows of groups, 0 for all or 1 for those on several days, the first window of a run, the one behind its last, how many. */
function runsStatement({ hull, windows }: Rolling, { pass, passes }: { readonly pass: number; readonly passes: number }): Statement {
  const texts = createTexts();
  const { m, thing, groups, by, things, range, list } = countedOf(hull, texts);
  const keys = [...groups, ...thing.map((_, i) => `t${i}`)];
  const same = thing.map((column, i) => `${column} = x${i}`).join(' and ');
  const share = passes === 1 ? '' : ` and hash(${list(thing)}) % ${whole(passes)} = ${whole(pass)}`;
  const before = (days: number): string => `coalesce(lag(day, ${whole(days)}) over w, ${whole(LONG_AGO)})`;
  /** How many windows begin, or end, up to a day. */
  const upTo = (edge: 'from' | 'to'): string => {
    const counted: number[] = [];
    for (let day = hull.from - 1; day < hull.to; day += 1) counted.push(windows.filter((one) => one[edge] <= day).length);
    return `[${counted.map(whole).join(', ')}]`;
  };
  const [begun, ended] = [upTo('from'), upTo('to')];
  const of = (counted: string, day: string): string => `${counted}[${day} - ${whole(hull.from - 2)}]`;
  const inHull = (day: string): string => `greatest(${day}, ${whole(hull.from - 1)})`;
  const daily = `select ${list(by, things, 'day')} from ${tableOf(hull.family)} anti join odd on ${same}
    where ${range}${share} group by ${list(keys, 'day')} having sum(${m}) > 0`;
  const parts = [
    oddPart(hull, texts),
    named(
      'days',
      `(select ${list(groups, 'day', named(before(1), 'd1'), named(before(2), 'd2'))} from (${daily}) window w as (partition by ${list(keys)} order by day))`,
    ),
    named(
      'places',
      `(select ${list(groups, named(of(begun, 'day'), 'begun'), named(of(ended, 'day'), 'ended'), named(of(begun, inHull('d1')), 'b1'), named(of(begun, inHull('d2')), 'b2'))} from days)`,
    ),
  ];
  const runs = (which: number, begin: string, end: string): string =>
    `select ${list(groups, whole(which), `greatest(${begin}, ended) as begin`, `${end} as "end"`, 'count(*)')} from places
      where greatest(${begin}, ended) < ${end} group by ${list(groups, 'begin', '"end"')}`;
  const both = [runs(0, 'b1', 'begun'), ...(hull.severalDays ? [runs(1, 'b2', 'b1')] : [])];
  return { sql: `with ${list(parts)} ${both.join(' union all ')}`, values: texts.values };
}

/** Things whose rows sum below 0 on a day. Hardly any thing has a negative row, so that only these are summed. */
function oddPart(hull: DistinctQuestion, texts: Texts): string {
  const { m, thing, groups, by, things, range, list } = countedOf(hull, texts);
  const table = tableOf(hull.family);
  const names = thing.map((column, i) => named(column, `x${i}`));
  const negative = `(select distinct ${list(names)} from ${table} where ${range} and ${m} < 0)`;
  const same = thing.map((column, i) => `${column} = x${i}`).join(' and ');
  const keys = [...groups, ...thing.map((_, i) => `t${i}`)];
  const below = `select ${list(by, things)} from ${table} semi join ${negative} on ${same}
    where ${range} group by ${list(keys, 'day')} having sum(${m}) < 0`;
  return named('odd', `materialized (select distinct ${list(thing.map((_, i) => `t${i} as x${i}`))} from (${below}))`);
}

/** Sums of these things by day: groups, names, day, sum. */
function oddStatement(hull: DistinctQuestion): Statement {
  const texts = createTexts();
  const { m, thing, groups, by, things, range, list } = countedOf(hull, texts);
  const same = thing.map((column, i) => `${column} = x${i}`).join(' and ');
  const keys = [...groups, ...thing.map((_, i) => `t${i}`)];
  const sql = `with ${oddPart(hull, texts)} select ${list(by, things, 'day', `sum(${m})::hugeint`)} from ${tableOf(hull.family)} semi join odd on ${same}
    where ${range} group by ${list(keys, 'day')}`;
  return { sql, values: texts.values };
}
