/** The gaps between the instants at which rows happened, by hour of the week. */
import { HOURS_OF_WEEK, LONGEST_GAP_MS, type Silence } from '../../../domain/silences.ts';
import { HOUR_MS } from '../../../domain/time/calendar.ts';
import type { SilencesQuestion } from '../../../pipeline/ports/ledger.ts';
import { whole, type Statement } from './range.ts';
import { integerIn, type ResultRow } from './result-values.ts';
import { tableOf } from './schema.ts';

/** `ahead`: whole hours of the business clock before that of UTC, as the row's own hour tells them. */
export function silencesStatement({ family, from, to, liveWithinMs }: SilencesQuestion): Statement {
  const sql = `with instants as (
      select i, min(ahead) as ahead from (
        select case when received - "at" between 0 and ${whole(liveWithinMs)} then received else "at" end as i,
          hour - "at" // ${HOUR_MS} as ahead
        from ${tableOf(family)} where "at" >= ${whole(from)} and "at" < ${whole(to)})
      group by i),
    gaps as (select i, ahead, lead(i) over (order by i) - i as gap from instants),
    hours as (
      select unnest(range(i // ${HOUR_MS} + ahead, (i + gap - 1) // ${HOUR_MS} + ahead + 1)) as h, gap
      from gaps where gap is not null and gap <= ${whole(LONGEST_GAP_MS)})
    select (h % ${HOURS_OF_WEEK})::bigint, count(distinct h // ${HOURS_OF_WEEK}), quantile_disc(gap, 0.99)::bigint
    from hours group by 1 order by 1`;
  return { sql, values: [] };
}

export function silenceRow(row: ResultRow): Silence {
  return { hourOfWeek: integerIn(row, 0), weeks: integerIn(row, 1), p99Ms: integerIn(row, 2) };
}
