/** What became of response clocks. Drills, and stories that another story carries on, do not count. */
import type { DayAnswers, Praise } from '../../../../shared/wire/views/strip.ts';
import { numberIn, textIn } from '../row-values.ts';
import type { Reader } from './reader.ts';

export interface AnswersQuestion {
  /** When the clocks began: [from, to), UTC ms. */
  readonly from: number;
  readonly to: number;
  /** As it had gone by then. */
  readonly asOf: number;
}

export function readAnswers(reader: Reader, { from, to, asOf }: AnswersQuestion): DayAnswers {
  const row = reader
    .rows(
      `select count(*) as begun, count(*) filter (where stopped_at <= ?3) as answered, count(*) filter (where fired_at <= ?3) as late
       from clocks indexed by clocks_by_beginning
       where name = 'response' and counts = 1 and state <> 'void' and started_at >= ?1 and started_at < ?2 and started_at <= ?3`,
    )
    .get(from, to, asOf);
  return { begun: numberIn(row ?? {}, 'begun'), answered: numberIn(row ?? {}, 'answered'), late: numberIn(row ?? {}, 'late') };
}

/** A person who opens a story of history starts its clock with the same command: how fast its answer came says nothing. */
const openedFromHistory = `exists (select 1 from audit a where a.incident_id = c.incident_id and a.actor <> 'system'
  and a.action = 'opened' and a.at = c.started_at)`;

export function readLastAnswer(reader: Reader, { since, asOf }: { readonly since: number; readonly asOf: number }): Praise | null {
  const row = reader
    .rows(
      `select c.incident_id, c.started_at, c.stopped_at, i.title, coalesce(i.responded_by, i.owner) as who
       from clocks c indexed by clocks_answered cross join incidents i on i.id = c.incident_id
       where c.name = 'response' and c.counts = 1 and c.state = 'met' and c.stopped_at > ? and c.stopped_at <= ?
         and coalesce(i.responded_by, i.owner) is not null
         and not ${openedFromHistory}
       order by c.stopped_at desc limit 1`,
    )
    .get(since, asOf);
  if (!row) return null;
  const at = numberIn(row, 'stopped_at');
  return {
    ...{ incidentId: textIn(row, 'incident_id'), title: textIn(row, 'title'), who: textIn(row, 'who') },
    ...{ tookMs: at - numberIn(row, 'started_at'), at },
  };
}
