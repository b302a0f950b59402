/** A mention's columns. */
import type { MentionColumns } from '../fact-columns.ts';
import { standing, type Fact } from '../facts.ts';
import type { Calendar } from '../time/calendar.ts';
import { isHistory } from './detection.ts';
import { isSynthetic } from '../synthetic.ts';
import { isDeleted, standingPolarity } from './polarity.ts';

/** `threshold` of the polarity policy. */
export function mentionColumns(fact: Fact, calendar: Calendar, threshold: number): MentionColumns {
  const mention = standing(fact, 'sentiment.mention');
  const judged = { polarity: standingPolarity(fact, threshold), deleted: isDeleted(fact) };
  // A synthetic mention is in no list and no trend: it has no place in time, no brand and no story there.
  if (!mention || isSynthetic(fact.source))
    return {
      kind: 'mention',
      at: null,
      day: null,
      brand: null,
      platform: null,
      storyId: null,
      campaignId: null,
      ...judged,
      history: false,
    };
  const { data, occurredAt } = mention;
  return {
    kind: 'mention',
    at: occurredAt,
    day: calendar.dayOf(occurredAt),
    brand: data.brand,
    platform: data.platform,
    storyId: data.storyId ?? null,
    campaignId: data.campaignId ?? null,
    ...judged,
    history: isHistory(mention),
  };
}
