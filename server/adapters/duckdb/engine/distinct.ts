/**
 * How many different things have rows that sum above 0, and on how many days. Nearly every thing has positive rows
 * only: it counts, and whether its rows lie on several days is known from the first and the last. Sums by thing and day
 * are made of the few things that also have a negative row.
 */
import type { DistinctQuestion, DistinctRow } from '../../../pipeline/ports/ledger.ts';
import { ENTITY } from '../check-task.ts';
import { createTexts, rangeSql, type Statement } from './range.ts';
import { integerIn, textOrNullIn, type ResultRow } from './result-values.ts';
import { dimColumn, measureColumn, tableOf } from './schema.ts';
import { groupBy } from './sums.ts';

export function distinctStatement(question: DistinctQuestion): Statement {
  const texts = createTexts();
  const table = tableOf(question.family);
  const m = measureColumn(question.measure);
  const thing = question.of === ENTITY ? ['kind', 'entity'] : [dimColumn(question.of)];
  const by = question.by.map((dim, i) => `${dimColumn(dim)} as g${i}`);
  const groups = question.by.map((_, i) => `g${i}`);
  const things = thing.map((column, i) => `${column} as t${i}`);
  const keys = [...groups, ...thing.map((_, i) => `t${i}`)];
  const present = question.of === ENTITY ? '' : ` and ${dimColumn(question.of)} is not null`;
  const range = `${rangeSql(question, texts)} and ${m} <> 0${present}`;
  const list = (...columns: readonly (string | readonly string[])[]): string => columns.flat().join(', ');

  if (!question.severalDays) {
    const sql = `select ${list(groups, 'count(*)', '0')} from (
        select ${list(by, things)} from ${table} where ${range} group by ${list(keys)} having sum(${m}) > 0
      ) ${groupBy(groups.length)}${groups.length === 0 ? ' having count(*) > 0' : ''}`;
    return { sql, values: texts.values };
  }

  const same = thing.map((column, i) => `${column} = x${i}`).join(' and ');
  const negative = `select distinct ${list(thing.map((column, i) => `${column} as x${i}`))} from ${table} where ${range} and ${m} < 0`;
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
