/** What the desk of PR reads beside a story: how far it has spread, and drafts of answers to it. */
import type { DraftAnswer } from '../../../../shared/incidents/draft.ts';
import type { IncidentSpread } from '../../../../shared/incidents/spread.ts';
import { numberIn, textIn } from '../row-values.ts';
import type { Reader } from './reader.ts';

const HOUR_MS = 3_600_000;
const HOURS_SHOWN = 72;
const RECENT_MS = 900_000;
const PLATFORMS = 12;
const OTHERS = 10;

/** Counts along the index of publication; only the mentions of the last quarter of an hour are read themselves. */
export function readIncidentSpread(reader: Reader, id: string, now: number): IncidentSpread | undefined {
  if (!reader.rows('select 1 as there from incidents where id = ?').get(id)) return undefined;
  const platforms = reader
    .rows(
      'select platform, mentions from incident_platforms where incident_id = ? and mentions > 0 order by mentions desc, platform limit ?',
    )
    .all(id, PLATFORMS)
    .map((row) => ({ platform: textIn(row, 'platform'), mentions: numberIn(row, 'mentions') }));
  const bounds = reader
    .rows('select min(published_at) as first, max(published_at) as last from incident_mentions where incident_id = ?')
    .get(id);
  const last = Math.min(
    Math.max(now, 0),
    typeof bounds?.['last'] === 'number' ? Math.max(bounds['last'], now - HOURS_SHOWN * HOUR_MS) : now,
  );
  const until = Math.floor(last / HOUR_MS);
  const first = typeof bounds?.['first'] === 'number' ? Math.floor(bounds['first'] / HOUR_MS) : until;
  const from = Math.max(first, until - HOURS_SHOWN + 1);
  const counted = new Map(
    reader
      .rows(
        `select published_at / ${HOUR_MS} as hour, count(*) as n from incident_mentions
         where incident_id = ? and published_at >= ? group by published_at / ${HOUR_MS}`,
      )
      .all(id, from * HOUR_MS)
      .map((row) => [numberIn(row, 'hour'), numberIn(row, 'n')]),
  );
  const hours = Array.from({ length: Math.max(0, until - from + 1) }, (_, i) => ({
    at: (from + i) * HOUR_MS,
    mentions: counted.get(from + i) ?? 0,
  }));
  const recent = reader
    .rows(
      `select m.platform as platform, count(*) as n from incident_mentions i cross join mentions m on m.key = i.mention_key
       where i.incident_id = ? and i.published_at > ? and m.platform is not null group by m.platform order by n desc, m.platform`,
    )
    .all(id, now - RECENT_MS)
    .map((row) => ({ platform: textIn(row, 'platform'), n: numberIn(row, 'n') }));
  return {
    platforms,
    hours,
    recent: {
      mentions: recent.reduce((sum, { n }) => sum + n, 0),
      platform: recent[0]?.platform ?? null,
      ofPlatform: recent[0]?.n ?? 0,
    },
  };
}

/** Written by the transaction alone, in this shape. */
const linksOf = (text: string): readonly string[] => JSON.parse(text);

export function readIncidentDraft(reader: Reader, id: string, person: string): DraftAnswer {
  const own = reader.rows('select text, links, updated_at from incident_drafts where incident_id = ? and person = ?').get(id, person);
  const others = reader
    .rows('select person, updated_at from incident_drafts where incident_id = ? and person <> ? order by updated_at desc limit ?')
    .all(id, person, OTHERS)
    .map((row) => ({ person: textIn(row, 'person'), updatedAt: numberIn(row, 'updated_at') }));
  const draft = own && { text: textIn(own, 'text'), links: linksOf(textIn(own, 'links')), updatedAt: numberIn(own, 'updated_at') };
  return { draft: draft ?? null, others };
}
