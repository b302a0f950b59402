/** A mention's columns and what it counts for. */
import type { Polarity } from '../../../shared/kpi/polarity.ts';
import type { MentionColumns } from '../fact-columns.ts';
import { standing, type Fact } from '../facts.ts';
import type { Calendar } from '../time/calendar.ts';
import type { CellSums } from './cell-sums.ts';
import { isHistory } from './detection.ts';
import { dimsKey } from './dims-key.ts';
import { isDeleted, standingPolarity } from './polarity.ts';

/** Measures of the `mentions` family by place. */
const place: Record<Polarity, number> = { positive: 0, neutral: 1, negative: 2, unscored: 3 };

/** `threshold` of the polarity policy. */
export function mentionColumns(fact: Fact, calendar: Calendar, threshold: number): MentionColumns {
  const mention = standing(fact, 'sentiment.mention');
  const judged = { polarity: standingPolarity(fact, threshold), deleted: isDeleted(fact) };
  if (!mention)
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

/** Adds what a mention counts for to `sums`; `sign` −1 takes it out again. */
export function addMention(fact: Fact, columns: MentionColumns, calendar: Calendar, sums: CellSums, sign: 1 | -1): void {
  const mention = standing(fact, 'sentiment.mention');
  if (!mention || columns.deleted || columns.day === null) return;
  sums.add('mentions', columns.day, dimsKey(columns.brand, columns.platform), place[columns.polarity], sign);
  const { keywords } = mention.data;
  if (!keywords) return;
  const hour = calendar.hourBucket(mention.occurredAt);
  // A keyword listed twice is still one mention of it.
  for (const keyword of new Set(keywords)) {
    const dims = dimsKey(columns.brand, keyword);
    sums.add('keywords', hour, dims, 0, sign);
    if (columns.polarity === 'positive') sums.add('keywords', hour, dims, 1, sign);
    else if (columns.polarity === 'negative') sums.add('keywords', hour, dims, 2, sign);
  }
}
