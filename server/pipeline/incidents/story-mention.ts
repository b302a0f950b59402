/** A mention fact as incidents see it. */
import type { MentionColumns } from '../../domain/fact-columns.ts';
import { standing, type Fact } from '../../domain/facts.ts';
import { detectionOf } from '../../domain/fold/detection.ts';
import type { StoryMention } from '../../domain/incidents/decide-mentions.ts';
import type { Incident, MemberChange, MemberColumns } from '../../domain/incidents/types.ts';
import type { StoreTx } from '../ports/transaction.ts';
import { formerStoryKeys, storyKey, storyTitle } from '../../domain/incidents/story.ts';

/**
 * `since`: receipt of what made it a duty, where that was not the mention itself; −∞ otherwise.
 * Undefined while only a reclassification or deletion is known: there is nothing to answer yet.
 */
export function storyMention(fact: Fact, columns: Pick<MentionColumns, 'brand' | 'storyId'>, since: number): StoryMention | undefined {
  const version = standing(fact, 'sentiment.mention');
  if (version === undefined || columns.brand === null) return undefined;
  const { title, text, author } = version.data;
  const detectedAt = detectionOf(version);
  return {
    key: fact.key,
    brand: columns.brand,
    storyId: columns.storyId,
    title: storyTitle(title, text, author, version.data.platform),
    platform: version.data.platform,
    reach: version.data.reach ?? 0,
    publishedAt: version.occurredAt,
    detectedAt,
    receivedAt: version.firstReceivedAt ?? version.receivedAt,
    classifiedAt: Math.max(version.firstReceivedAt ?? version.receivedAt, since),
    dutyAt: Math.max(detectedAt, since),
    ...(version.data.sku !== undefined && { sku: version.data.sku }),
  };
}

/** The story a mention belongs to; undefined while its brand is unknown. */
export function storyKeyOf(fact: Fact, columns: MentionColumns | undefined): string | undefined {
  return columns === undefined || columns.brand === null ? undefined : storyKey(columns.brand, columns.storyId, fact.key);
}

/** Incidents of the stories these mentions are or were in, by `storyKeyOf`, wherever the store has them. */
export async function incidentsOfStories(
  tx: StoreTx,
  mentions: readonly { readonly fact: Fact; readonly columns: MentionColumns | undefined }[],
  own: readonly string[],
): Promise<ReadonlyMap<string, Incident>> {
  const former = new Map<string, readonly string[]>();
  for (const { fact, columns } of mentions) {
    const key = storyKeyOf(fact, columns);
    if (key !== undefined && columns?.brand) former.set(key, formerStoryKeys(columns.brand, columns.storyId, own));
  }
  const stored = await tx.incidentsByStory([...former].flatMap(([key, others]) => [key, ...others]));
  return new Map(
    [...former].flatMap(([key, others]) => {
      const incident = [key, ...others].map((name) => stored.get(name)).find((found) => found !== undefined);
      return incident === undefined ? [] : [[key, incident] as const];
    }),
  );
}

/** Negative and still there: what a team has to answer. */
export function needsAnswer(columns: MentionColumns): boolean {
  return columns.polarity === 'negative' && !columns.deleted;
}

/** What a mention adds to the figures of its incident; undefined while only what was said about it is known. */
export function memberColumns(fact: Fact): MemberColumns | undefined {
  const version = standing(fact, 'sentiment.mention');
  if (version === undefined) return undefined;
  return { platform: version.data.platform, publishedAt: version.occurredAt, reach: version.data.reach ?? 0 };
}

/** The change of a mention that joins an incident. */
export function joins(incidentId: string, { key, platform, publishedAt, reach }: StoryMention): MemberChange {
  return { incidentId, key, before: null, after: { platform, publishedAt, reach } };
}
