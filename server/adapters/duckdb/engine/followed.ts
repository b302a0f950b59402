/**
 * Of the different things with rows in a range, those that something happened to afterwards: for each row the nearest row
 * of other families behind it is looked up, so the cost does not multiply where a thing has many of both.
 */
import type { Follower } from '../../../domain/ledger/follower.ts';
import type { FollowedQuestion, FollowedRow } from '../../../pipeline/ports/ledger.ts';
import { createTexts, cutSql, rangeSql, whereSql, whole, type Statement, type Texts } from './range.ts';
import { integerIn, textOrNullIn, type ResultRow } from './result-values.ts';
import { dimColumn, measureColumn, tableOf } from './schema.ts';
import { groupBy } from './sums.ts';

/** Whether the range holds a thing at all: most shops have none of what is asked about, and the whole statement costs many times this one. */
export function anyFirstStatement(question: FollowedQuestion): Statement {
  const texts = createTexts();
  const sql = `select 1 from ${tableOf(question.family)} where ${rangeSql(question, texts)} and ${dimColumn(question.of)} is not null limit 1`;
  return { sql, values: texts.values };
}

export function followedStatement(question: FollowedQuestion): Statement {
  const texts = createTexts();
  const { family, of, measure, by, followers, withinMs, settledUpTo } = question;
  const groups = by.map((_, i) => `g${i}`);
  const list = (...columns: readonly (string | readonly string[])[]): string => columns.flat().join(', ');
  const thing = dimColumn(of);
  const first = `select ${list(
    by.map((dim, i) => `${dimColumn(dim)} as g${i}`),
    `${thing} as t`,
    '"at" as i',
  )} from ${tableOf(family)}
    where ${rangeSql(question, texts)} and ${thing} is not null
    group by ${list(groups, 't', 'i', 'kind', 'entity')} having sum(${measureColumn(measure)}) > 0`;
  const after = followers.map((follower) => followingSql(follower, question, texts)).join(' union all ');
  const known = followers.map((follower) => thingsSql({ ...follower, where: [] }, question, texts)).join(' union all ');
  const sql = `with first as materialized (${first}), things as materialized (select distinct t from first),
    after as (${after}), known as (select distinct t from (${known})),
    beside as (
      select ${list(
        groups.map((g) => `first.${g}`),
        'first.t',
        'first.i',
        'after.i as next',
      )}
      from first asof left join after on first.t = after.t and first.i <= after.i
    ),
    by_thing as (
      select ${list(groups, 't', 'max(i) as last', `bool_or(coalesce(next - i <= ${whole(withinMs)}, false)) as followed`)}
      from beside group by ${list(groups, 't')}
    )
    select ${list(
      groups,
      'count(*)',
      'count(*) filter (followed)',
      'count(*) filter (t in (select t from known))',
      `count(*) filter (last <= ${whole(settledUpTo)})`,
    )} from by_thing ${groupBy(by.length)} having count(*) > 0`;
  return { sql, values: texts.values };
}

/** Instants of what follows, by thing: of some only the first there ever was. */
function followingSql(follower: Follower, question: FollowedQuestion, texts: Texts): string {
  const rows = thingsSql(follower, question, texts);
  return follower.firstOnly === true ? `select t, min(i) as i from (${rows}) group by t` : rows;
}

/** What the follower's family says of the things that are looked at: an entity counts while its rows of one instant sum above 0. */
function thingsSql({ family, things, measures, where }: Follower, { cut }: FollowedQuestion, texts: Texts): string {
  const sum = measures.map(measureColumn).join(' + ');
  const conditions = [...cutSql(cut), ...whereSql(where, texts)];
  return things
    .map((dim) => {
      const among = [`${dimColumn(dim)} in (select t from things)`, ...conditions].join(' and ');
      return `select t, i from (select ${dimColumn(dim)} as t, "at" as i from ${tableOf(family)} where ${among}
        group by t, i, kind, entity having sum(${sum}) > 0)`;
    })
    .join(' union all ');
}

export function followedRow({ by }: FollowedQuestion, row: ResultRow): FollowedRow {
  const at = by.length;
  const number = (i: number): number => integerIn(row, at + i);
  return { dims: by.map((_, i) => textOrNullIn(row, i)), count: number(0), followed: number(1), known: number(2), settled: number(3) };
}
