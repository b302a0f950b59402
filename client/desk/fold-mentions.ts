/** Mentions that say the same are shown once with how many there are. Pure. */
import type { IncidentMention } from '../../shared/incidents/types.ts';

export interface MentionGroup {
  readonly first: IncidentMention;
  /** The others with the same words on the same platform. */
  readonly same: readonly IncidentMention[];
}

export const mentionKey = ({ source, mentionId }: IncidentMention): string => `${source} ${mentionId}`;

export function foldEqual(rows: readonly IncidentMention[]): readonly MentionGroup[] {
  const groups = new Map<string, { first: IncidentMention; same: IncidentMention[] }>();
  for (const row of rows) {
    const words = row.text.replaceAll(/\s+/gu, ' ').trim();
    const key = `${row.platform}\n${row.polarity}\n${String(row.deleted)}\n${words}`;
    const group = groups.get(key);
    if (group) group.same.push(row);
    else groups.set(key, { first: row, same: [] });
  }
  return [...groups.values()];
}

/** A text cut into what was searched for and what stands between, so that the hits can be marked. */
export function hits(text: string, search: string): readonly { readonly words: string; readonly hit: boolean }[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return [{ words: text, hit: false }];
  const parts: { words: string; hit: boolean }[] = [];
  const lower = text.toLowerCase();
  // Lower case may have another length, as in “İ”; then nothing is marked rather than the wrong letters.
  if (lower.length !== text.length) return [{ words: text, hit: false }];
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    if (at > from) parts.push({ words: text.slice(from, at), hit: false });
    parts.push({ words: text.slice(at, at + wanted.length), hit: true });
    from = at + wanted.length;
  }
  if (from < text.length) parts.push({ words: text.slice(from), hit: false });
  return parts;
}
