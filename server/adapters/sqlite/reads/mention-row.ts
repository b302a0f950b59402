/** A stored mention as people read it. */
import { standing } from '../../../domain/facts.ts';
import type { PendingMention } from '../../../../shared/incidents/types.ts';
import { excerpt } from '../../../../shared/text/excerpt.ts';
import { factOfRow } from '../fact-row.ts';
import type { ClockShifts } from '../receipt-text.ts';
import type { Row } from '../fact-tables.ts';
import { factTables } from '../fact-tables.ts';

/** Nobody reads a receipt here. */
const receiptsAsTold: ClockShifts = [];

/** undefined while only a correction or deletion of the mention is known. */
export function mentionOfRow(row: Row): PendingMention | undefined {
  const fact = factOfRow('mention', row['key'] as string, row['versions'] as string, receiptsAsTold);
  const mention = standing(fact, 'sentiment.mention');
  if (!mention) return undefined;
  const columns = factTables.mention.read(row);
  const { data } = mention;
  return {
    key: fact.key,
    brand: data.brand,
    mentionId: data.mentionId,
    source: fact.source,
    platform: data.platform,
    author: data.author ?? null,
    title: data.title ?? null,
    text: data.text,
    cut: false,
    url: data.url ?? null,
    reach: data.reach ?? null,
    polarity: columns.polarity,
    publishedAt: mention.occurredAt,
    deleted: columns.deleted,
  };
}

/** Code points of a mention in lists: enough to judge it by, and fifty of them are a small page. */
const SHORT = { title: 120, author: 80, text: 400, url: 2_000 } as const;

/** The mention with long texts cut; of a very long address nothing is left, for half of one leads nowhere. */
export function shortMention(mention: PendingMention): PendingMention {
  const title = mention.title && excerpt(mention.title, SHORT.title);
  const author = mention.author && excerpt(mention.author, SHORT.author);
  const text = excerpt(mention.text, SHORT.text);
  const url = (mention.url?.length ?? 0) > SHORT.url ? null : mention.url;
  const cut = title !== mention.title || author !== mention.author || text !== mention.text || url !== mention.url;
  return { ...mention, title, author, text, url, cut };
}
