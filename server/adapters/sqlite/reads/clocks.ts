/**
 * How clocks ended whose deadline lies in a range of time: the present state says it for every moment since the deadline.
 * Clocks that do not count are of drills, or of stories that another story carries on.
 */
import type { ClockCounts, ClocksQuestion } from '../../../domain/kpis/clock-counts.ts';
import { numberIn } from '../row-values.ts';
import type { Reader } from './reader.ts';

const sql = `select
    count(*) filter (where not (state = 'void' and stopped_at <= ?3)) as due,
    count(*) filter (where state = 'met') as met,
    count(*) filter (where state = 'void' and stopped_at <= ?3) as excluded
  from clocks where counts = 1 and due_at >= ?1 and due_at < ?2 and due_at <= ?3`;

export function readClockCounts(reader: Reader, { from, to, asOf }: ClocksQuestion): ClockCounts {
  const row = reader.rows(sql).get(from, to, asOf) ?? {};
  return { due: numberIn(row, 'due'), met: numberIn(row, 'met'), excluded: numberIn(row, 'excluded') };
}
