/**
 * Counts of things in many windows of days, such as those of a year up to each of ninety days: one pass over the rows instead of
 * one for each window.
 *
 * A thing counts in a window by the first of its days there, and on several days by the second: the day whose day before
 * lies in front of the window, and the one whose day before lies in it. Each day of a thing therefore adds 1 to a run of
 * windows, so that it is enough to know for each day where its run begins and ends. That holds for things whose rows sum to
 * 0 or more on every day; the few others are counted window by window.
 */
import type { DimValue } from '../../../domain/dim-value.ts';
import { addExact, narrowed, type Exact } from '../../../domain/ledger/exact.ts';
import type { DistinctQuestion, DistinctRow, LedgerQuestion, LedgerRange } from '../../../pipeline/ports/ledger.ts';
import type { Run } from './answer.ts';
import { countedOf } from './distinct.ts';
import { touchedParts, type Between, type RowsBetween } from './carry-on.ts';
import { createTexts, named, questionKey, whole, type Statement, type Texts } from './range.ts';
import { bigintIn, integerIn, textOrNullIn, type ResultRow } from './result-values.ts';
import { tableOf } from './schema.ts';

/** A pass costs about three times what one window of all the days costs: windows that overlap less are as cheap one by one. */
const OVERLAP_ENOUGH = 4;
/** A table of day gaps counts so many windows at once sooner than one by one, whether they overlap or not. */
export const WINDOWS_ENOUGH = 8;
/** All windows together: for each of these days it is written down in which windows it lies. */
const DAYS_MOST = 3_000;
/** With more rows the things are taken in several passes, so that the memory it takes does not grow with them. */
const ROWS_OF_A_PASS = 1_500_000;
/** Before every day of any window. */
const LONG_AGO = -2_147_483_648;

/** Counts of things in windows in order, of which neither beginnings nor ends go back. The engine asks it of itself. */
export interface WindowsQuestion extends LedgerRange {
  readonly ask: 'windows';
  /** Half-open; together they are the days of the range. */
  readonly windows: readonly Pick<LedgerRange, 'from' | 'to'>[];
  readonly by: DistinctQuestion['by'];
  readonly of: DistinctQuestion['of'];
  readonly measure: DistinctQuestion['measure'];
  readonly severalDays?: true;
}
export interface WindowRow extends DistinctRow {
  /** Place of the window in the question. */
  readonly window: number;
}

export interface Rolling {
  readonly question: WindowsQuestion;
  /** What was asked, in the order of the windows. */
  readonly asked: readonly DistinctQuestion[];
}

/**
 * Those of the questions that differ in their days only and are cheaper together.
 * @param hasTable whether there is a table of day gaps that such a question is answered from
 */
export function rollingIn(
  questions: readonly (LedgerQuestion | { readonly ask: 'netted' | 'windows' })[],
  hasTable: (question: DistinctQuestion) => boolean,
): readonly Rolling[] {
  const groups = new Map<string, DistinctQuestion[]>();
  for (const question of questions) {
    if (question.ask !== 'distinct' || question.unit !== 'day') continue;
    const { severalDays: _days, ...rest } = question;
    const key = questionKey({ ...rest, from: 0, to: 0 });
    groups.set(key, [...(groups.get(key) ?? []), question]);
  }
  return [...groups.values()].flatMap((group) => rollingOf(group, hasTable) ?? []);
}

function rollingOf(group: readonly DistinctQuestion[], hasTable: (question: DistinctQuestion) => boolean): Rolling | undefined {
  const asked = group.toSorted((a, b) => a.from - b.from || a.to - b.to);
  const [first, last] = [asked[0], asked.at(-1)];
  if (!first || !last) return undefined;
  const inOrder = asked.every(({ from, to }, i) => Number.isInteger(from) && from < to && to >= (asked[i - 1]?.to ?? to));
  const lengths = new Map(asked.map(({ from, to }) => [`${from} ${to}`, to - from]));
  const covered = [...lengths.values()].reduce((sum, length) => sum + length, 0);
  const days = last.to - first.from;
  if (!inOrder || !Number.isInteger(last.to) || days > DAYS_MOST) return undefined;
  if (covered < days * OVERLAP_ENOUGH && (lengths.size < WINDOWS_ENOUGH || !hasTable(first))) return undefined;
  const { severalDays: _days, ...rest } = first;
  const severalDays = asked.some((question) => question.severalDays);
  const windows = asked.map(({ from, to }) => ({ from, to }));
  return { question: { ...rest, ask: 'windows', to: last.to, windows, ...(severalDays && { severalDays }) }, asked };
}

/** The count of the days of all windows together: what rows matter to one of them. */
export function hullOf({ windows: _all, ...range }: WindowsQuestion): DistinctQuestion {
  return { ...range, ask: 'distinct' };
}

/** The answer to each of the questions, in their order. */
export function answersOf({ asked }: Rolling, rows: readonly DistinctRow[]): readonly (readonly DistinctRow[])[] {
  const answers = asked.map((): DistinctRow[] => []);
  for (const row of rows) {
    if (!isWindowRow(row)) continue;
    const { window, dims, count, onSeveralDays } = row;
    answers[window]?.push({ dims, count, onSeveralDays: asked[window]?.severalDays ? onSeveralDays : 0 });
  }
  return answers;
}
const isWindowRow = (row: DistinctRow): row is WindowRow => 'window' in row;

export async function countedWindows(question: WindowsQuestion, run: Run, rowsOfAPass = ROWS_OF_A_PASS): Promise<readonly WindowRow[]> {
  const hull = hullOf(question);
  const passes = Math.max(1, Math.ceil((await rowsIn(hull, run)) / rowsOfAPass));
  const statements = Array.from({ length: passes }, (_, pass) => runsStatement(question, { pass, passes }));
  const counts = await addedRuns(question, statements, run);
  for (const { dims, days } of daysOf(hull, await run(oddStatement(hull)))) addThing(counts.of(dims), question, days, 1);
  return counts.rows(question);
}

/** @param statements of rows as those of `runsStatement` */
export async function countedRuns(question: WindowsQuestion, statements: readonly Statement[], run: Run): Promise<readonly WindowRow[]> {
  return (await addedRuns(question, statements, run)).rows(question);
}

async function addedRuns(question: WindowsQuestion, statements: readonly Statement[], run: Run): Promise<ReturnType<typeof createCounts>> {
  const hull = hullOf(question);
  const counts = createCounts(question.windows.length);
  const at = hull.by.length;
  for (const statement of statements) {
    for (const row of await run(statement)) {
      const { all, severalDays } = counts.of(dimsIn(hull, row));
      addRun(integerIn(row, at) === 0 ? all : severalDays, integerIn(row, at + 1), integerIn(row, at + 2), integerIn(row, at + 3));
    }
  }
  counts.addUp();
  return counts;
}

/** The things of the rows in between are looked at as they stood and as they stand, in the windows of the days that changed. */
export async function changedWindows(
  question: WindowsQuestion,
  before: readonly DistinctRow[],
  between: Between & Pick<RowsBetween, 'firstDay' | 'lastDay'>,
  run: Run,
): Promise<readonly WindowRow[]> {
  const hull = hullOf(withDays(question, between));
  const counts = createCounts(question.windows.length);
  for (const row of before) {
    if (!isWindowRow(row)) continue;
    const { all, severalDays } = counts.of(row.dims);
    all[row.window] = row.count;
    severalDays[row.window] = row.onSeveralDays;
  }
  const texts = createTexts();
  const { keys, parts } = touchedParts(hull, between, texts, true);
  const sums = ['o', 'n'].map((sum) => `${sum}::hugeint`);
  const sql = `with ${parts.join(', ')} select ${[...keys, 'day', ...sums].join(', ')} from daily`;
  const found = await run({ sql, values: texts.values });
  const [were, are] = [
    daysOf(
      hull,
      found.map((row) => row.slice(0, -1)),
    ),
    daysOf(
      hull,
      found.map((row) => row.toSpliced(-2, 1)),
    ),
  ];
  were.forEach(({ dims, days }, i) => {
    const now = are[i]?.days ?? [];
    const changed = days.flatMap(({ day, sum }, j) => (sum === now[j]?.sum ? [] : [day]));
    addThing(counts.of(dims), question, days, -1, changed);
    addThing(counts.of(dims), question, now, 1, changed);
  });
  return counts.rows(question);
}

/** The windows that hold one of the days, and only the days of these. */
function withDays(question: WindowsQuestion, { firstDay, lastDay }: Pick<RowsBetween, 'firstDay' | 'lastDay'>): WindowsQuestion {
  const windows = question.windows.filter(({ from, to }) => from <= lastDay && to > firstDay);
  const [first, last] = [windows[0], windows.at(-1)];
  return first && last ? { ...question, windows, from: first.from, to: last.to } : question;
}

/** By window: first how many more than in the window before, in the end how many. */
interface Counts {
  readonly dims: readonly DimValue[];
  readonly all: number[];
  readonly severalDays: number[];
}

function createCounts(windows: number) {
  const groups = new Map<string, Counts>();
  return {
    of(dims: readonly DimValue[]): Counts {
      const key = JSON.stringify(dims);
      const found = groups.get(key) ?? {
        dims,
        all: Array.from({ length: windows }, () => 0),
        severalDays: Array.from({ length: windows }, () => 0),
      };
      groups.set(key, found);
      return found;
    },
    addUp(): void {
      for (const { all, severalDays } of groups.values()) for (const steps of [all, severalDays]) addUp(steps);
    },
    rows({ windows: all }: WindowsQuestion): readonly WindowRow[] {
      return all.flatMap((_, window) =>
        [...groups.values()].flatMap((group) => {
          const [count = 0, onSeveralDays = 0] = [group.all[window], group.severalDays[window]];
          return count === 0 ? [] : [{ window, dims: group.dims, count, onSeveralDays }];
        }),
      );
    },
  };
}

interface DaySum {
  readonly day: number;
  readonly sum: Exact;
}

/** Counts a thing of a group in each window, or takes it away; only in those that hold one of some days, where these are named. */
function addThing(
  { all, severalDays }: Counts,
  { windows, severalDays: wanted }: WindowsQuestion,
  days: readonly DaySum[],
  n: 1 | -1,
  only?: readonly number[],
): void {
  windows.forEach(({ from, to }, i) => {
    const isIn = (day: number): boolean => day >= from && day < to;
    if (only && !only.some(isIn)) return;
    const within = days.filter(({ day }) => isIn(day));
    if (within.reduce<Exact>((total, { sum }) => addExact(total, sum), 0) <= 0) return;
    all[i] = (all[i] ?? 0) + n;
    if (wanted && within.filter(({ sum }) => sum > 0).length >= 2) severalDays[i] = (severalDays[i] ?? 0) + n;
  });
}

function dimsIn({ by }: DistinctQuestion, row: ResultRow): readonly DimValue[] {
  return by.map((_, i) => textOrNullIn(row, i));
}

/** Rows of groups, names of a thing, day and sum, put together by group and thing. */
function daysOf(
  hull: DistinctQuestion,
  rows: readonly ResultRow[],
): readonly { readonly dims: readonly DimValue[]; readonly days: readonly DaySum[] }[] {
  const things = new Map<string, { readonly dims: readonly DimValue[]; readonly days: DaySum[] }>();
  for (const row of rows) {
    const key = JSON.stringify(row.slice(0, -2));
    const found = things.get(key) ?? { dims: dimsIn(hull, row), days: [] };
    things.set(key, found);
    found.days.push({ day: integerIn(row, row.length - 2), sum: narrowed(bigintIn(row, row.length - 1)) });
  }
  return [...things.values()];
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
function runsStatement(question: WindowsQuestion, { pass, passes }: { readonly pass: number; readonly passes: number }): Statement {
  const hull = hullOf(question);
  const texts = createTexts();
  const { m, thing, groups, by, things, range, list } = countedOf(hull, texts);
  const keys = [...groups, ...thing.map((_, i) => `t${i}`)];
  const same = thing.map((column, i) => `${column} = x${i}`).join(' and ');
  const share = passes === 1 ? '' : ` and hash(${list(thing)}) % ${whole(passes)} = ${whole(pass)}`;
  const before = (days: number): string => `coalesce(lag(day, ${whole(days)}) over w, ${whole(LONG_AGO)})`;
  const { begun, ended, inHull } = placesIn(question);
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
      `(select ${list(groups, named(begun('day'), 'begun'), named(ended('day'), 'ended'), named(begun(inHull('d1')), 'b1'), named(begun(inHull('d2')), 'b2'))} from days)`,
    ),
  ];
  const runs = (which: number, begin: string, end: string): string =>
    `select ${list(groups, whole(which), `greatest(${begin}, ended) as begin`, `${end} as "end"`, 'count(*)')} from places
      where greatest(${begin}, ended) < ${end} group by ${list(groups, 'begin', '"end"')}`;
  const both = [runs(0, 'b1', 'begun'), ...(hull.severalDays ? [runs(1, 'b2', 'b1')] : [])];
  return { sql: `with ${list(parts)} ${both.join(' union all ')}`, values: texts.values };
}

interface Places {
  /** How many windows have begun, or ended, up to a day, as SQL. The day is one of the windows or the one before all of them. */
  begun(day: string): string;
  ended(day: string): string;
  /** The day before all windows in place of one that lies further back. */
  inHull(day: string): string;
}

export function placesIn({ from, to, windows }: WindowsQuestion): Places {
  const upTo = (edge: 'from' | 'to'): string => {
    const counted: number[] = [];
    for (let day = from - 1; day < to; day += 1) counted.push(windows.filter((one) => one[edge] <= day).length);
    return `[${counted.map(whole).join(', ')}]`;
  };
  const [begun, ended] = [upTo('from'), upTo('to')];
  const of = (counted: string, day: string): string => `${counted}[${day} - ${whole(from - 2)}]`;
  return {
    begun: (day) => of(begun, day),
    ended: (day) => of(ended, day),
    inHull: (day) => `greatest(${day}, ${whole(from - 1)})`,
  };
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
