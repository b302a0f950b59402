/** The step from one answer to the next: what the rows in between add to sums, and which counted things they move. */
import type { DimValue } from '../../../domain/dim-value.ts';
import { addExact, negateExact } from '../../../domain/ledger/exact.ts';
import type { DistinctRow, LedgerRange, SumQuestion, SumRow } from '../../../pipeline/ports/ledger.ts';
import type { Run } from './answer.ts';
import { createTexts, named, rangeSql, whole, type Statement, type Texts } from './range.ts';
import { integerIn } from './result-values.ts';
import { countedOf, distinctRow, type CountQuestion } from './distinct.ts';
import { tableOf } from './schema.ts';
import { groupBy, sumRow, sumStatement } from './sums.ts';

/** Which rows an answer is made of: those of the blocks up to one that hold from an instant (UTC ms) up to one. */
export interface Stand {
  readonly block: number;
  readonly asOf: number;
}
export interface Between {
  readonly from: Stand;
  readonly to: Stand;
  /** Whether there may be rows of blocks behind those of `from`. */
  readonly later: boolean;
  /** Whether rows of the blocks of `from` may begin to hold between the two instants. */
  readonly instants: boolean;
}

interface Slice {
  readonly sql: string;
  readonly leaves: boolean;
}

/** The rows that are in one answer only. Each condition is one by which whole blocks of rows are skipped. */
function slicesOf({ from, to, later, instants }: Between): readonly Slice[] {
  const [low, high] = from.asOf < to.asOf ? [from.asOf, to.asOf] : [to.asOf, from.asOf];
  return [
    ...(later ? [{ sql: `block > ${whole(from.block)} and since <= ${whole(to.asOf)}`, leaves: false }] : []),
    ...(instants
      ? [{ sql: `block <= ${whole(from.block)} and since > ${whole(low)} and since <= ${whole(high)}`, leaves: to.asOf < from.asOf }]
      : []),
  ];
}

/** The rest of a cut: what was known. */
function anyInstant<R extends LedgerRange>(question: R): R {
  const { asOf: _moment, ...known } = question.cut ?? {};
  return { ...question, cut: known };
}

export async function changedSums(
  question: SumQuestion,
  before: readonly SumRow[],
  between: Between,
  run: Run,
): Promise<readonly SumRow[]> {
  const groups = new Map(before.map((row) => [groupOf(row.bucket, row.dims), row]));
  for (const { sql, leaves } of slicesOf(between)) {
    for (const found of await run(sumStatement(anyInstant(question), sql))) {
      const { bucket, dims, measures } = sumRow(question, found);
      const key = groupOf(bucket, dims);
      const old = groups.get(key)?.measures;
      const sums = measures.map((m, i) => addExact(old?.[i] ?? 0, leaves ? negateExact(m) : m));
      if (sums.every((sum) => sum === 0)) groups.delete(key);
      else groups.set(key, { bucket, dims, measures: sums });
    }
  }
  return [...groups.values()];
}

export interface RowsBetween {
  readonly count: number;
  /** Days of the first and the last one; 0 where there are none. */
  readonly firstDay: number;
  readonly lastDay: number;
}

/** The rows that lie between two answers. */
export async function rowsBetween(question: CountQuestion, between: Between, run: Run): Promise<RowsBetween> {
  const texts = createTexts();
  const range = rangeSql(anyInstant(question), texts);
  const days = slicesOf(between).map(({ sql }) => `select day from ${tableOf(question.family)} where ${range} and ${sql}`);
  const [row] = await run({
    sql: `select count(*), coalesce(min(day), 0), coalesce(max(day), 0) from (${days.join(' union all ')})`,
    values: texts.values,
  });
  return row
    ? { count: integerIn(row, 0), firstDay: integerIn(row, 1), lastDay: integerIn(row, 2) }
    : { count: 0, firstDay: 0, lastDay: 0 };
}

/** The things of the rows in between are looked at as they stood and as they stand. */
export async function changedCounts(
  question: CountQuestion,
  before: readonly DistinctRow[],
  between: Between,
  run: Run,
): Promise<readonly DistinctRow[]> {
  const groups = new Map(before.map((row) => [groupOf(null, row.dims), row]));
  for (const row of await run(movedStatement(question, between))) {
    const more = distinctRow(question, row);
    const key = groupOf(null, more.dims);
    const old = groups.get(key);
    const count = (old?.count ?? 0) + more.count;
    if (count === 0) groups.delete(key);
    else groups.set(key, { ...more, count, onSeveralDays: (old?.onSeveralDays ?? 0) + more.onSeveralDays });
  }
  return [...groups.values()];
}

/** How many things more count in each group, and how many more on several days. */
function movedStatement(question: CountQuestion, between: Between): Statement {
  const texts = createTexts();
  const { counts, groups, list } = countedOf(question, texts);
  const severalDays = question.ask === 'distinct' && question.severalDays === true;
  const { parts, keys } = touchedParts(question, between, texts, severalDays);
  const several = (sum: string): string => (severalDays ? ` and count(*) filter (where ${sum} > 0) >= 2` : ' and false');
  const one = (condition: string, name: string): string => named(`case when ${condition} then 1 else 0 end`, name);
  const stands = list(
    groups,
    one(`sum(o) ${counts}`, 'was'),
    one(`sum(o) ${counts}${several('o')}`, 'several_were'),
    one(`sum(n) ${counts}`, 'now'),
    one(`sum(n) ${counts}${several('n')}`, 'several_are'),
  );
  const all = [...parts, named('stands', `(select ${stands} from daily group by ${list(keys)})`)];
  const moved = list(groups, named('sum(now - was)::bigint', 'c'), named('sum(several_are - several_were)::bigint', 's'));
  const sql = `with ${list(all)} select ${moved} from stands ${groupBy(groups.length)} having c <> 0 or s <> 0`;
  return { sql, values: texts.values };
}

interface TouchedParts {
  /** For a `with`; the last one is `daily`: groups, names of the thing, the day where it is asked for, the sums `o` and `n`. */
  readonly parts: readonly string[];
  /** Columns of `daily` that name group and thing. */
  readonly keys: readonly string[];
}

/** What the things of the rows in between sum to as they stood (`o`) and as they stand (`n`). */
export function touchedParts(question: CountQuestion, between: Between, texts: Texts, byDay: boolean): TouchedParts {
  const table = tableOf(question.family);
  const { m, thing, groups, by, things, range, list } = countedOf(anyInstant(question), texts);
  const { from, to } = between;
  const names = thing.map((column, i) => named(column, `x${i}`));
  const touched = slicesOf(between).map(({ sql }) => `select ${list(names)} from ${table} where ${range} and ${sql}`);
  const same = thing.map((column, i) => `${column} = x${i}`).join(' and ');
  const keys = [...groups, ...thing.map((_, i) => `t${i}`)];
  const days = byDay ? ['day'] : [];
  const sumOf = (stands: string, name: string): string => named(`coalesce(sum(${m}) filter (where ${stands}), 0)`, name);
  const daily = list(
    by,
    things,
    days,
    sumOf(`block <= ${whole(from.block)} and since <= ${whole(from.asOf)}`, 'o'),
    sumOf(`since <= ${whole(to.asOf)}`, 'n'),
  );
  const parts = [
    named('touched', `materialized (select distinct * from (${touched.join(' union all ')}))`),
    named('daily', `(select ${daily} from ${table} semi join touched on ${same} where ${range} group by ${list(keys, days)})`),
  ];
  return { parts, keys };
}

function groupOf(bucket: number | null, dims: readonly DimValue[]): string {
  return JSON.stringify([bucket, dims]);
}
