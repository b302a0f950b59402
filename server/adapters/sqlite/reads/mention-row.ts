/** A stored mention as people read it. */
import { standing } from '../../../domain/facts.ts';
import type { MentionRow } from '../../../pipeline/ports/reads.ts';
import { factOfRow } from '../fact-row.ts';
import type { Row } from '../fact-tables.ts';
import { factTables } from '../fact-tables.ts';

/** undefined while only a correction or deletion of the mention is known. */
export function mentionOfRow(row: Row): MentionRow | undefined {
  const fact = factOfRow('mention', row['key'] as string, row['versions'] as string);
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
    url: data.url ?? null,
    reach: data.reach ?? null,
    polarity: columns.polarity,
    publishedAt: mention.occurredAt,
    deleted: columns.deleted,
  };
}
