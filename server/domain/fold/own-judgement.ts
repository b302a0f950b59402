/**
 * Judgements of mentions that people of this war room made: events of our own among those of a source, which counts its
 * versions without knowing of ours. So a source's version never collides with one of ours: ours gives way.
 */
import type { FactVersion } from '../facts.ts';
import { isDeletion, saysNegative } from './polarity.ts';

const MARK = 'war room: ';
type Own = FactVersion<'sentiment.reclassified'>;

/** What `by` of such an event says. */
export const judgedHereBy = (actor: string): string => `${MARK}${actor}`;

export function isOwnJudgement(version: FactVersion): version is Own {
  return version.type === 'sentiment.reclassified' && (version.data.by?.startsWith(MARK) ?? false);
}

/**
 * The standing versions once a source's `version` is to be admitted. Where ours has its number or a lower one: ours moves
 * above it while the source only repeats that the mention is negative, which is what people overruled; anything else the
 * source says is news, and ours goes. The audit of the story keeps what people said.
 */
export function givingWay(versions: readonly FactVersion[], version: FactVersion): readonly FactVersion[] {
  if (isOwnJudgement(version)) return versions;
  const own = versions.find(isOwnJudgement);
  if (own === undefined || own.version > version.version) return versions;
  const others = versions.filter((standing) => standing !== own);
  if (isDeletion(version) || !saysNegative(version)) return others;
  const data = { ...own.data, version: version.version + 1 };
  const moved: Own = { ...own, version: data.version, data, body: JSON.stringify(data) };
  return [...others, moved].sort((a, b) => (a.type < b.type ? -1 : 1));
}
