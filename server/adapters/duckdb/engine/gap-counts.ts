/** Counts of things in windows of days, read from the tables of day gaps. */
import type { DistinctQuestion, DistinctRow } from '../../../pipeline/ports/ledger.ts';
import type { Run } from './answer.ts';
import { dayGaps, gapsTable, NO_DAY, type DayGaps } from './day-gaps.ts';
import { distinctRow } from './distinct.ts';
import { createTexts, named, whole, type Statement, type Texts } from './range.ts';
import { countedRuns, hullOf, placesIn, type WindowRow, type WindowsQuestion } from './rolling.ts';
import { groupBy } from './sums.ts';

type Counting = DistinctQuestion | WindowsQuestion;

/** The table that answers a question for all instants; undefined where none does. What was known at a moment is in none. */
export function gapsFor({ family, unit, of, measure, by, where, only = [], cut }: Counting): DayGaps | undefined {
  if (unit !== 'day' || only.length > 0 || cut?.knownAt !== undefined) return undefined;
  const [dim, ...more] = new Set([...by, ...where.map((one) => one.dim)]);
  if (more.length > 0) return undefined;
  return dayGaps.find((gaps) => gaps.family === family && gaps.of === of && gaps.measure === measure && gaps.by === dim);
}

export async function countedByGaps(gaps: DayGaps, question: Counting, run: Run): Promise<readonly DistinctRow[]> {
  if (question.ask === 'windows') return windowsByGaps(gaps, question, run);
  return (await run(countStatement(gaps, question))).map((row) => distinctRow(question, row));
}

/** Those of the window are its days without those whose day before lies in it too; each of these but those with another before is a second day. */
function countStatement(gaps: DayGaps, question: DistinctQuestion): Statement {
  const texts = createTexts();
  const groups = question.by.map((_, i) => `g${i}`);
  const from = whole(Math.max(Math.ceil(question.from), NO_DAY + 1));
  const things = (condition: string): string => `coalesce(sum(things) filter (${condition}), 0)`;
  const [first, second, third] = [
    things(`nth = 1 and earlier < ${from}`),
    things(`nth = 1 and earlier >= ${from}`),
    things(`nth = 2 and earlier >= ${from}`),
  ];
  const sql = `select ${[...groups, named(`${first}::bigint`, 'c'), question.severalDays ? `(${second} - ${third})::bigint` : '0'].join(', ')}
    from (${linesIn(gaps, question, texts)}) ${groupBy(groups.length)} having c > 0`;
  return { sql, values: texts.values };
}

function windowsByGaps(gaps: DayGaps, question: WindowsQuestion, run: Run): Promise<readonly WindowRow[]> {
  const hull = hullOf(question);
  const texts = createTexts();
  const groups = question.by.map((_, i) => `g${i}`);
  const { begun, ended, inHull } = placesIn(question);
  const places = [
    ...groups,
    'nth',
    'things',
    named(begun('day'), 'begun'),
    named(ended('day'), 'ended'),
    named(begun(inHull('earlier')), 'before'),
  ];
  /** Which count, the condition of the lines, the first window of a run and the one behind its last. */
  const runs = (which: number, nth: number, sign: string, begin: string, end: string): string =>
    `select ${[...groups, whole(which), named(begin, '"begin"'), named(end, '"end"'), `${sign}sum(things)::bigint`].join(', ')} from places
      where nth = ${whole(nth)} and ${begin} < ${end} group by ${[...groups, '"begin"', '"end"'].join(', ')}`;
  const both = [
    runs(0, 1, '', 'greatest(before, ended)', 'begun'),
    ...(hull.severalDays ? [runs(1, 1, '', 'ended', 'before'), runs(1, 2, '-', 'ended', 'before')] : []),
  ];
  const sql = `with places as materialized (select ${places.join(', ')} from (${linesIn(gaps, hull, texts)})) ${both.join(' union all ')}`;
  return countedRuns(question, [{ sql, values: texts.values }], run);
}

function linesIn(gaps: DayGaps, { from, to, by, where }: DistinctQuestion, texts: Texts): string {
  const conditions = [
    `day >= ${whole(Math.ceil(from))}`,
    `day < ${whole(Math.ceil(to))}`,
    ...where.map(({ value }) => (value === null ? 'v is null' : `v = ${texts.add(value)}`)),
  ];
  return `select ${[...by.map((_, i) => named('v', `g${i}`)), 'nth', 'day', 'earlier', 'things'].join(', ')} from ${gapsTable(gaps)} where ${conditions.join(' and ')}`;
}
