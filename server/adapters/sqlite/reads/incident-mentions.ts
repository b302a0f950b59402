/** Mentions of an incident, a page at a time, each order along an index of its own. */
import { createHash } from 'node:crypto';
import type { IncidentMention, KeptMention } from '../../../../shared/incidents/types.ts';
import type { Page, Place } from '../../../pipeline/ports/page.ts';
import type { MentionsQuery } from '../../../pipeline/ports/reads.ts';
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
  { order, limit, after, search }: MentionsQuery,
  bytes = PAGE_BYTES,
): Page<IncidentMention> | undefined {
  const incident = reader.rows('select mention_count from incidents where id = ?').get(incidentId);
  if (!incident) return undefined;
  const column = sortedBy[order];
  if (search !== undefined) return foundMentions(reader, incidentId, { order, limit, after, search }, bytes);
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

/** Most hits counted: a search for a common word ends there. */
const HITS_COUNTED = 2_000;

/** Mentions whose title, text or author hold the words, whatever their case; `total` counts up to a bound. */
function foundMentions(
  reader: Reader,
  incidentId: string,
  { order, limit, after, search }: MentionsQuery & { readonly search: string },
  bytes: number,
): Page<IncidentMention> {
  const column = sortedBy[order];
  const wanted = search.toLowerCase();
  const [value, ordinal] = after ?? START;
  const found: { place: readonly [number, number]; mention: IncidentMention }[] = [];
  let total = 0;
  const members = reader
    .rows(
      `select i.${column} as value, i.ordinal, m.* from incident_mentions i cross join mentions m on m.key = i.mention_key
       where i.incident_id = ? order by i.${column} desc, i.ordinal desc`,
    )
    .iterate(incidentId);
  for (const row of members) {
    const mention = mentionOfRow(row);
    if (!mention || ![mention.title, mention.text, mention.author].some((words) => words?.toLowerCase().includes(wanted))) continue;
    total += 1;
    const place = [numberIn(row, 'value'), numberIn(row, 'ordinal')] as const;
    const behind = place[0] < (value ?? 0) || (place[0] === value && place[1] < (ordinal ?? 0));
    if (behind && found.length <= limit) found.push({ place, mention: withoutKey(shortMention(mention)) });
    if (total >= HITS_COUNTED && found.length > limit) break;
  }
  const shown = withinBytes(found.slice(0, limit), bytes, ({ mention }) => mention);
  return {
    rows: shown.map(({ mention }) => mention),
    total,
    next: shown.length < found.length ? (shown.at(-1)?.place ?? null) : null,
  };
}

export function readIncidentMention(reader: Reader, incidentId: string, mentionKey: string): KeptMention | undefined {
  const row = reader
    .rows(
      'select m.* from incident_mentions i cross join mentions m on m.key = i.mention_key where i.mention_key = ? and i.incident_id = ?',
    )
    .get(mentionKey, incidentId);
  const mention = row && mentionOfRow(row);
  return mention && { ...withoutKey(mention), sha256: createHash('sha256').update(mention.text, 'utf8').digest('hex') };
}

function withoutKey({ key: _key, brand: _brand, ...mention }: IncidentMention & { key: string; brand: string }): IncidentMention {
  return mention;
}
