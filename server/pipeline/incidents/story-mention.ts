/** A mention fact as incidents see it. */
import type { MentionColumns } from '../../domain/fact-columns.ts';
import { standing, type Fact } from '../../domain/facts.ts';
import { clockStart } from '../../domain/incidents/clocks.ts';
import type { StoryMention } from '../../domain/incidents/decide-mentions.ts';
import { storyKey, storyTitle } from '../../domain/incidents/story.ts';

/** Undefined while only a reclassification or deletion is known: there is nothing to answer yet. */
export function storyMention(fact: Fact, columns: MentionColumns): StoryMention | undefined {
  const version = standing(fact, 'sentiment.mention');
  if (version === undefined || columns.brand === null) return undefined;
  const { title, text, detectedAt } = version.data;
  return {
    key: fact.key,
    brand: columns.brand,
    storyId: columns.storyId,
    title: storyTitle(title, text),
    publishedAt: version.occurredAt,
    detectedAt: clockStart(detectedAt === undefined ? null : Date.parse(detectedAt), version.receivedAt),
  };
}

/** The story a mention belongs to; undefined while its brand is unknown. */
export function storyKeyOf(fact: Fact, columns: MentionColumns | undefined): string | undefined {
  return columns === undefined || columns.brand === null ? undefined : storyKey(columns.brand, columns.storyId, fact.key);
}

/** Negative and still there: what a team has to answer. */
export function needsAnswer(columns: MentionColumns): boolean {
  return columns.polarity === 'negative' && !columns.deleted;
}
