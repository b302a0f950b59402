/** Mentions of an incident, a page at a time, each order along an index of its own. */
import type { IncidentMention, MentionOrder } from '../../../../shared/incidents/types.ts';
import type { Page, PageQuery, Place } from '../../../pipeline/ports/page.ts';
import { withinBytes } from './bounded-rows.ts';
import { mentionOfRow, shortMention } from './mention-row.ts';
import type { Reader } from './reader.ts';
import { numberIn } from '../row-values.ts';

const PAGE_BYTES = 240_000;
/** Behind every place. */
const START: Place = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
const sortedBy = { newest: 'published_at', reach: 'reach' } as const;

export function readIncidentMentions(
  reader: Reader,
  incidentId: string,
  { order, limit, after }: PageQuery & { order: MentionOrder },
  bytes = PAGE_BYTES,
): Page<IncidentMention> | undefined {
  const incident = reader.rows('select mention_count from incidents where id = ?').get(incidentId);
  if (!incident) return undefined;
  const column = sortedBy[order];
  const members = reader
    .rows(
      `select i.${column} as value, i.ordinal, m.* from incident_mentions i cross join mentions m on m.key = i.mention_key
       where i.incident_id = ? and (i.${column}, i.ordinal) < (?, ?) order by i.${column} desc, i.ordinal desc limit ?`,
    )
    .all(incidentId, ...(after ?? START), limit + 1);
  const found = members.flatMap((row) => {
    const mention = mentionOfRow(row);
    return mention
      ? [{ place: [numberIn(row, 'value'), numberIn(row, 'ordinal')] as const, mention: withoutKey(shortMention(mention)) }]
      : [];
  });
  const shown = withinBytes(found.slice(0, limit), bytes, ({ mention }) => mention);
  const next = shown.length < found.length ? (shown.at(-1)?.place ?? null) : null;
  return { rows: shown.map(({ mention }) => mention), total: numberIn(incident, 'mention_count'), next };
}

export function readIncidentMention(reader: Reader, incidentId: string, mentionKey: string): IncidentMention | undefined {
  const row = reader
    .rows(
      'select m.* from incident_mentions i cross join mentions m on m.key = i.mention_key where i.mention_key = ? and i.incident_id = ?',
    )
    .get(mentionKey, incidentId);
  const mention = row && mentionOfRow(row);
  return mention && withoutKey(mention);
}

function withoutKey({ key: _key, brand: _brand, ...mention }: IncidentMention & { key: string; brand: string }): IncidentMention {
  return mention;
}
