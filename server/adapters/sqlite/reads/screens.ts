/** Screens, and the stories that must be seen on one of them. */
import { closedStatuses } from '../../../../shared/incidents/status.ts';
import type { ScreenReads, ScreenRow } from '../../../pipeline/ports/screen-store.ts';
import { numberIn, numberOrNullIn, textIn } from '../row-values.ts';
import { screenOf } from '../screen-row.ts';
import type { Reader } from './reader.ts';

export const readScreens = (reader: Reader): ScreenRow[] =>
  reader.rows('select id, name, registered_at, seen_at, report from screens order by registered_at, id').all().map(screenOf);

const closed = `(${closedStatuses.map((status) => `'${status}'`).join(', ')})`;
/**
 * While a story is open its row's deadline is that of the response clock of its running generation. That the status is none
 * of a closed story is said for the index, which holds open stories by their deadline.
 */
const red = `select i.id, i.number, i.title, i.opened_at, i.due_at, c.generation, c.started_at, p.painted_at, p.called_at
  from incidents i
  join clocks c on c.incident_id = i.id and c.name = 'response'
    and c.generation = (select max(g.generation) from clocks g where g.incident_id = i.id and g.name = 'response')
  left join painted_stories p on p.incident_id = i.id and p.generation = c.generation
  where i.status not in ${closed} and i.status = 'open' and i.due_at < ? and substr(i.story_key, 1, 9) <> 'watchdog '
  order by i.due_at, i.number limit 500`;

export function readRedStories(reader: Reader, before: number): Awaited<ReturnType<ScreenReads['redStories']>> {
  return reader
    .rows(red)
    .all(before)
    .map((row) => ({
      incidentId: textIn(row, 'id'),
      number: numberIn(row, 'number'),
      title: textIn(row, 'title'),
      generation: numberIn(row, 'generation'),
      openedAt: numberIn(row, 'opened_at'),
      startedAt: numberIn(row, 'started_at'),
      dueAt: numberIn(row, 'due_at'),
      paintedAt: numberOrNullIn(row, 'painted_at'),
      calledAt: numberOrNullIn(row, 'called_at'),
    }));
}
