/** Where a story stands: counts kept beside it, and the mentions of the last quarter of an hour, which alone are read themselves [T9]. */
import type { IncidentPlatforms } from '../../../pipeline/ports/reads.ts';
import { numberIn, textIn, textOrNullIn } from '../row-values.ts';
import type { Reader } from './reader.ts';

const RECENT_MS = 900_000;
/** Platforms counted one by one. */
const COUNTED = 1_000;

export function readIncidentPlatforms(reader: Reader, id: string, now: number, limit: number): IncidentPlatforms | undefined {
  const incident = reader.rows('select title from incidents where id = ?').get(id);
  if (!incident) return undefined;
  const recent = new Map(
    reader
      .rows(
        `select m.platform as platform, count(*) as n from incident_mentions i cross join mentions m on m.key = i.mention_key
         where i.incident_id = ? and i.published_at > ? and i.published_at <= ? and m.platform is not null group by m.platform`,
      )
      .all(id, now - RECENT_MS, now)
      .map((row) => [textIn(row, 'platform'), numberIn(row, 'n')]),
  );
  const all = reader
    .rows(
      'select platform, mentions from incident_platforms where incident_id = ? and mentions > 0 order by mentions desc, platform limit ?',
    )
    .all(id, COUNTED)
    .map((row) => ({ platform: textIn(row, 'platform'), mentions: numberIn(row, 'mentions') }));
  const first = reader
    .rows(
      `select m.platform as platform from incident_mentions i cross join mentions m on m.key = i.mention_key
       where i.incident_id = ? order by i.published_at, i.ordinal limit 1`,
    )
    .get(id);
  return {
    title: textIn(incident, 'title'),
    firstSeen: first ? textOrNullIn(first, 'platform') : null,
    rows: all.slice(0, limit).map((row) => ({ ...row, recent: recent.get(row.platform) ?? 0 })),
    platforms: all.length,
    total: all.reduce((sum, { mentions }) => sum + mentions, 0),
  };
}
