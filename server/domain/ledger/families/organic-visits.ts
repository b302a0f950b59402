/** Visits by channel and day (K7): what a day brought is known when the day is over. */
import { standing, type Fact } from '../../facts.ts';
import { parseDay } from '../../time/calendar.ts';
import type { Family, RowContext } from '../family.ts';
import type { TimedRow } from '../row.ts';

export const organicVisits = {
  title: 'Visits by channel, all and organic',
  entity: 'fact',
  facts: ['traffic'],
  dims: ['channel'],
  measures: ['organic', 'visits'],
  rows: trafficRows,
} as const satisfies Family<'fact'>;

/** `traffic.daily` belongs to its `date` (R1) and happens at the end of it (R28), whenever it was sent. */
function trafficRows(fact: Fact, { calendar }: RowContext): readonly TimedRow[] {
  const traffic = standing(fact, 'traffic.daily');
  const day = traffic && parseDay(traffic.data.date);
  if (!traffic || day === undefined) return [];
  const { channel, organic, visits } = traffic.data;
  const since = calendar.startOfDay(day + 1);
  return [{ kind: 'traffic', entity: fact.key, at: calendar.startOfDay(day), since, dims: [channel], measures: [organic, visits] }];
}
