/**
 * How many different things have rows that sum above 0, and on how many days. Nearly every thing has positive rows
 * only: it counts, and whether its rows lie on several days is known from the first and the last. Sums by thing and day
 * are made of the few things that also have a negative row.
 */
import type { DistinctQuestion, DistinctRow, LedgerRange } from '../../../pipeline/ports/ledger.ts';
import type { ExplainedSum } from '../../../pipeline/ports/ledger-explain.ts';
import { ENTITY } from '../check-task.ts';
import { createTexts, named, rangeSql, type Statement, type Texts } from './range.ts';
import { integerIn, textOrNullIn, type ResultRow } from './result-values.ts';
import { dimColumn, measureColumn, tableOf } from './schema.ts';
import { amountOf, groupBy } from './sums.ts';

/** How many entities have rows that net to something: of how many amounts a sum is made. The engine asks it of itself. */
export interface NettedQuestion extends LedgerRange {
  readonly ask: 'netted';
  readonly weights: ExplainedSum['weights'];
}
export type CountQuestion = DistinctQuestion | NettedQuestion;

interface Counted {
  /** The measure that decides. */
  readonly m: string;
  /** Behind the sum of it: what counts. */
  readonly counts: '> 0' | '<> 0';
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
export function countedOf(question: CountQuestion, texts: Texts): Counted {
  const m = question.ask === 'netted' ? amountOf(question.weights) : measureColumn(question.measure);
  const ofEntities = question.ask === 'netted' || question.of === ENTITY;
  const thing = ofEntities ? ['kind', 'entity'] : [dimColumn(question.of)];
  const present = ofEntities ? '' : ` and ${dimColumn(question.of)} is not null`;
  const by = question.ask === 'netted' ? [] : question.by;
  return {
    m,
    counts: question.ask === 'netted' ? '<> 0' : '> 0',
    thing,
    groups: by.map((_, i) => `g${i}`),
    by: by.map((dim, i) => named(dimColumn(dim), `g${i}`)),
    things: thing.map((column, i) => named(column, `t${i}`)),
    range: `${rangeSql(question, texts)} and ${m} <> 0${present}`,
    list: (...columns) => columns.flat().join(', '),
  };
}

/** Entities are told apart by a hash of 64 bits here, in half the time: of a million, two are taken for one once in 30 million answers. */
export function nettedStatement(question: NettedQuestion): Statement {
  const texts = createTexts();
  const { m, range } = countedOf(question, texts);
  const each = `select 1 from ${tableOf(question.family)} where ${range} group by hash(kind, entity) having sum(${m}) <> 0`;
  return { sql: `select count(*), 0 from (${each}) having count(*) > 0`, values: texts.values };
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

export function distinctRow(question: CountQuestion, row: ResultRow): DistinctRow {
  const by = question.ask === 'netted' ? [] : question.by;
  const at = by.length;
  return { dims: by.map((_, i) => textOrNullIn(row, i)), count: integerIn(row, at), onSeveralDays: integerIn(row, at + 1) };
}
