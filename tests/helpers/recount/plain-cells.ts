/** What mentions and spend entries count for, cell by cell. */
import type { Polarity } from '../../../shared/kpi/polarity.ts';
import type { MentionColumns } from '../../../server/domain/fact-columns.ts';
import { standing, type Fact } from '../../../server/domain/facts.ts';
import type { Calendar } from '../../../server/domain/time/calendar.ts';
import type { CellSums } from './cell-sums.ts';
import { dimsKey } from './dims-key.ts';

/** Measures of the `mentions` family by place. */
const place: Record<Polarity, number> = { positive: 0, neutral: 1, negative: 2, unscored: 3 };

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

/** Adds the entry to `sums`; `sign` −1 takes it out again. */
export function addSpend(fact: Fact, calendar: Calendar, sums: CellSums, sign: 1 | -1): void {
  const spend = standing(fact, 'campaign.spend');
  if (!spend) return;
  const { channel, campaignId, kind, line, amount } = spend.data;
  sums.add('spend', calendar.dayOf(spend.occurredAt), dimsKey(channel, campaignId ?? null, kind, line), 0, sign * amount);
}
