/**
 * How many different things have rows that sum above 0, and on how many days. Nearly every thing has positive rows
 * only: whether those lie on several days is known from the first and the last. Sums by thing and day, which cost several times
 * as much, are made of the few things that also have a negative row.
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

  const counting = `select ${list(groups, 'count(*) as n', 'count(*) filter (lowest > 0 and first < last) as s')} from (
      select ${list(by, things, `sum(${m}) as total`, `min(${m}) as lowest`, `min(case when ${m} > 0 then day end) as first`, `max(case when ${m} > 0 then day end) as last`)}
      from ${table} where ${range} group by ${list(keys)}
    ) where total > 0 ${groupBy(groups.length)}`;
  const signed = `select ${list(groups, '0 as n', 'count(*) as s')} from (
      select ${list(keys)} from (
        select ${list(by, things, 'day', `sum(${m}) as daily`, `min(${m}) as lowest`)} from ${table}
        where ${range} and (${list(thing)}) in (select ${thing.length === 1 ? list(thing) : `(${list(thing)})`} from ${table} where ${range} and ${m} < 0)
        group by ${list(keys, 'day')}
      ) group by ${list(keys)} having min(lowest) < 0 and sum(daily) > 0 and count(*) filter (daily > 0) >= 2
    ) ${groupBy(groups.length)}`;
  const sql = `select ${list(groups, 'sum(n)::bigint', 'sum(s)::bigint')} from (${counting} union all ${signed})
    ${groupBy(groups.length)} having sum(n) > 0`;
  return { sql, values: texts.values };
}

export function distinctRow(question: DistinctQuestion, row: ResultRow): DistinctRow {
  const at = question.by.length;
  return { dims: question.by.map((_, i) => textOrNullIn(row, i)), count: integerIn(row, at), onSeveralDays: integerIn(row, at + 1) };
}
