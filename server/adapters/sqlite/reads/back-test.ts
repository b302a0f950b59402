/** Stored mentions and what became of stories, for rules that are tried on them. */
import type { ReplayPage, StoryHandling } from '../../../pipeline/ports/replay.ts';
import { factOfRow } from '../fact-row.ts';
import { numberIn, numberOrNullIn, textIn, textOrNullIn } from '../row-values.ts';
import type { Reader } from './reader.ts';

export function readReplayMentions(
  reader: Reader,
  { from, to, after, limit }: { from: number; to: number; after: readonly [number, string] | null; limit: number },
): ReplayPage {
  const shifts = reader.shifts();
  const rows = reader
    .rows(
      `select m.key, m.at, m.versions, i.incident_id from mentions m left join incident_mentions i on i.mention_key = m.key
       where m.at >= ? and m.at < ? and m.deleted = 0 and m.polarity = 'negative' and (m.at, m.key) > (?, ?)
       group by m.key order by m.at, m.key limit ?`,
    )
    .all(from, to, after?.[0] ?? -1, after?.[1] ?? '', limit);
  return rows.map((row) => ({
    at: numberIn(row, 'at'),
    fact: factOfRow('mention', textIn(row, 'key'), textIn(row, 'versions'), shifts),
    incidentId: textOrNullIn(row, 'incident_id'),
  }));
}

export function readStoryHandling(reader: Reader, since: number): StoryHandling[] {
  const rows = reader
    .rows(
      `select i.id, i.number, i.status, i.published_at, c.started_at, c.stopped_at, c.state,
         (select min(a.at) from audit a where a.incident_id = i.id and a.action in ('claimed', 'handed_over', 'responded')) as claimed_at
       from incidents i left join clocks c on c.incident_id = i.id and c.name = 'response' and c.generation = 1
       where i.drill = 0 and (i.opened_at >= ?1 or i.resolved_at >= ?1 or i.status not in ('resolved', 'false_alarm', 'merged'))`,
    )
    .all(since);
  return rows.map((row) => {
    const startedAt = numberOrNullIn(row, 'started_at');
    const after = (name: string): number | null => {
      const at = numberOrNullIn(row, name);
      return at === null || startedAt === null ? null : Math.max(0, at - startedAt);
    };
    return {
      id: textIn(row, 'id'),
      code: `A${numberIn(row, 'number')}`,
      status: textIn(row, 'status'),
      publishedAt: numberIn(row, 'published_at'),
      claimedAfterMs: after('claimed_at'),
      answeredAfterMs: after('stopped_at'),
    };
  });
}
