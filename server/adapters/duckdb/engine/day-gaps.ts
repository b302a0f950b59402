/**
 * Tables from which things are counted in any window of days without a look at the rows of each thing. A day on which a thing
 * counts has two days before: the one on which it counted last, and the one before that. A thing is counted once in a window, on
 * the first of its days there: the one whose day before lies in front of the window. It is there on several days if there is a
 * second. So it is enough to know of how many things a day and the day before are the same two days, which are a few thousand
 * numbers for a million orders.
 *
 * A table stands for the rows of the blocks up to one, from whatever instant they hold. An answer is carried on from it as from
 * one that was asked before, and it is brought up to date from time to time by the things that later rows name. That holds while
 * no thing's rows of a day sum below 0, which those of facts never do: else there is no table.
 */
import { named, whole } from './range.ts';
import { dimColumn, measureColumn, tableOf } from './schema.ts';

/** What is counted: values of a dimension with rows of a day that sum above 0, all of them or those of each value of another. */
export interface DayGaps {
  readonly family: 'sales';
  readonly of: 'buyer' | 'customer';
  readonly measure: 'orders';
  readonly by?: 'channel';
}

/** Those that people wait for: each takes about two seconds of processor time for a million orders when it is made. */
export const dayGaps: readonly DayGaps[] = [
  { family: 'sales', of: 'customer', measure: 'orders' },
  { family: 'sales', of: 'buyer', measure: 'orders' },
  { family: 'sales', of: 'customer', measure: 'orders', by: 'channel' },
];

/** Rises when the tables or what they mean change: those of another version are made anew. */
const VERSION = 1;
/** Stands for no day: it lies before every day of any window. */
export const NO_DAY = -2_147_483_648;

const nameOf = ({ family, of, measure, by }: DayGaps): string => [family, of, measure, ...(by === undefined ? [] : [by])].join('_');
export const gapsTable = (gaps: DayGaps): string => `"gaps_${nameOf(gaps)}"`;
/** Under this name the ledger says up to which block a table's rows go. */
export const standName = (gaps: DayGaps): string => `gaps ${VERSION} ${nameOf(gaps)}`;

/** `v` is a value of the dimension it is by; `nth` 1 stands for the day before, 2 for the one before that. */
export const createGaps = (gaps: DayGaps): string =>
  `create or replace table ${gapsTable(gaps)} (nth utinyint, v varchar, day integer, earlier integer, things bigint)`;

export interface Blocks {
  /** -1 where there are none before. */
  readonly from: number;
  readonly to: number;
}

/** The rows that matter to a table. */
export function rowsThatMatter({ family, of, measure }: DayGaps, condition: string, ledger = ''): string {
  return `${ledger}${tableOf(family)} where ${measureColumn(measure)} <> 0 and ${dimColumn(of)} is not null and ${condition}`;
}

/** For each thing and day whether its rows sum above 0 (1) or below (-1): `was` up to one block and `stands` up to another. */
export function daysSql(gaps: DayGaps, { from, to }: Blocks, things: string, ledger = ''): string {
  const m = measureColumn(gaps.measure);
  const columns = [
    named(gaps.by === undefined ? 'null::varchar' : dimColumn(gaps.by), 'v'),
    named(dimColumn(gaps.of), 't'),
    'day',
    named(from < 0 ? '0' : `sign(coalesce(sum(${m}) filter (block <= ${whole(from)}), 0))`, 'was'),
    named(`sign(sum(${m}))`, 'stands'),
  ];
  return `select ${columns.join(', ')} from ${rowsThatMatter(gaps, `block <= ${whole(to)} and ${things}`, ledger)} group by 1, 2, 3`;
}

/** Lines of a table, several for the same days. */
export function linesSql(days: string, sign: 'was' | 'stands'): string {
  const back = (n: number, name: string): string => named(`coalesce(lag(day, ${whole(n)}) over earlier_first, ${whole(NO_DAY)})`, name);
  return `select * from (
      select unnest([1, 2])::utinyint as nth, v, day, unnest([first, second]) as earlier from (
        select v, day, ${back(1, 'first')}, ${back(2, 'second')} from ${days} where ${sign} > 0 window earlier_first as (partition by v, t order by day)
      )) where nth = 1 or earlier > ${whole(NO_DAY)}`;
}

/** Lines of several sources put together, each with a number of things. */
export function togetherSql(sources: readonly string[]): string {
  return `select nth, v, day, earlier, sum(things)::bigint as things from (${sources.join(' union all ')}) group by all having sum(things) <> 0`;
}
