/** A mention fact as incidents see it. */
import type { MentionFacet } from '../../domain/facets.ts';
import { standing, type Fact } from '../../domain/facts.ts';
import { clockStart } from '../../domain/incidents/clocks.ts';
import type { StoryMention } from '../../domain/incidents/decide-mentions.ts';
import { storyKey, storyTitle } from '../../domain/incidents/story.ts';

/** Undefined while only a reclassification or deletion is known: there is nothing to answer yet. */
export function storyMention(fact: Fact, facet: MentionFacet): StoryMention | undefined {
  const version = standing(fact, 'sentiment.mention');
  if (version === undefined || facet.brand === null) return undefined;
  const { title, text, detectedAt } = version.data;
  return {
    key: fact.key,
    brand: facet.brand,
    storyId: facet.storyId,
    title: storyTitle(title, text),
    publishedAt: version.occurredAt,
    detectedAt: clockStart(detectedAt === undefined ? null : Date.parse(detectedAt), version.receivedAt),
  };
}

/** The story a mention belongs to; undefined while its brand is unknown. */
export function storyKeyOf(fact: Fact, facet: MentionFacet | undefined): string | undefined {
  return facet === undefined || facet.brand === null ? undefined : storyKey(facet.brand, facet.storyId, fact.key);
}

/** Negative and still there: what a team has to answer. */
export function needsAnswer(facet: MentionFacet): boolean {
  return facet.polarity === 'negative' && !facet.deleted;
}
