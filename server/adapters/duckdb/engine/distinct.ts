/**
 * How many different things have rows that sum above 0, and on how many days. Nearly every thing has positive rows
 * only: it counts, and whether its rows lie on several days is known from the first and the last. Sums by thing and day
 * are made of the few things that also have a negative row.
 */
import type { DistinctQuestion, DistinctRow } from '../../../pipeline/ports/ledger.ts';
import { ENTITY } from '../check-task.ts';
import { createTexts, named, rangeSql, type Statement, type Texts } from './range.ts';
import { integerIn, textOrNullIn, type ResultRow } from './result-values.ts';
import { dimColumn, measureColumn, tableOf } from './schema.ts';
import { groupBy } from './sums.ts';

interface Counted {
  /** Column of the measure that decides. */
  readonly m: string;
  /** Columns that name the thing. */
  readonly thing: readonly string[];
  /** `g0`, `g1`, …: what the groups are called. */
  readonly groups: readonly string[];
  /** Columns of the groups and of the thing with the names they get: `g0` …, `t0` …. */
  readonly by: readonly string[];
  readonly things: readonly string[];
  /** Conditions of the rows that can matter. */
  readonly range: string;
  list(...columns: readonly (string | readonly string[])[]): string;
}

/** The parts of a statement that counts things. */
export function countedOf(question: Omit<DistinctQuestion, 'ask'>, texts: Texts): Counted {
  const m = measureColumn(question.measure);
  const thing = question.of === ENTITY ? ['kind', 'entity'] : [dimColumn(question.of)];
  const present = question.of === ENTITY ? '' : ` and ${dimColumn(question.of)} is not null`;
  return {
    m,
    thing,
    groups: question.by.map((_, i) => `g${i}`),
    by: question.by.map((dim, i) => named(dimColumn(dim), `g${i}`)),
    things: thing.map((column, i) => named(column, `t${i}`)),
    range: `${rangeSql(question, texts)} and ${m} <> 0${present}`,
    list: (...columns) => columns.flat().join(', '),
  };
}

export function distinctStatement(question: DistinctQuestion): Statement {
  const texts = createTexts();
  const table = tableOf(question.family);
  const { m, thing, groups, by, things, range, list } = countedOf(question, texts);
  const keys = [...groups, ...thing.map((_, i) => `t${i}`)];

  if (!question.severalDays) {
    const sql = `select ${list(groups, 'count(*)', '0')} from (
        select ${list(by, things)} from ${table} where ${range} group by ${list(keys)} having sum(${m}) > 0
      ) ${groupBy(groups.length)}${groups.length === 0 ? ' having count(*) > 0' : ''}`;
    return { sql, values: texts.values };
  }

  const same = thing.map((column, i) => `${column} = x${i}`).join(' and ');
  const negative = `select distinct ${list(thing.map((column, i) => named(column, `x${i}`)))} from ${table} where ${range} and ${m} < 0`;
  const positive = `select ${list(groups, 'count(*) as n', 'count(*) filter (first < last) as s')} from (
      select ${list(by, things, 'min(day) as first', 'max(day) as last')} from ${table} anti join negative on ${same}
      where ${range} and ${m} > 0 group by ${list(keys)}
    ) ${groupBy(groups.length)}`;
  const signed = `select ${list(groups, 'count(*) as n', 'count(*) filter (days >= 2) as s')} from (
      select ${list(keys, 'count(*) filter (daily > 0) as days')} from (
        select ${list(by, things, 'day', `sum(${m}) as daily`)} from ${table} semi join negative on ${same}
        where ${range} group by ${list(keys, 'day')}
      ) group by ${list(keys)} having sum(daily) > 0
    ) ${groupBy(groups.length)}`;
  const sql = `with negative as materialized (${negative})
    select ${list(groups, 'sum(n)::bigint', 'sum(s)::bigint')} from (${positive} union all ${signed})
    ${groupBy(groups.length)} having sum(n) > 0`;
  return { sql, values: texts.values };
}

export function distinctRow(question: DistinctQuestion, row: ResultRow): DistinctRow {
  const at = question.by.length;
  return { dims: question.by.map((_, i) => textOrNullIn(row, i)), count: integerIn(row, at), onSeveralDays: integerIn(row, at + 1) };
}
