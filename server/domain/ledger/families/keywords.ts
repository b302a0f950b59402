/** Keywords of mentions that are not deleted. */
import { standing, type Fact } from '../../facts.ts';
import { isSynthetic } from '../../synthetic.ts';
import { isDeleted, standingPolarity } from '../../fold/polarity.ts';
import type { Family, RowContext } from '../family.ts';
import { factTimeline } from '../timeline.ts';

export const keywords = {
  title: 'Keywords of mentions by polarity',
  entity: 'fact',
  facts: ['mention'],
  dims: ['brand', 'keyword'],
  measures: ['mentions', 'positive', 'negative'],
  rows(fact: Fact, { threshold }: RowContext) {
    if (isSynthetic(fact.source)) return [];
    return factTimeline(fact, (then) => {
      const mention = standing(then, 'sentiment.mention');
      if (!mention?.data.keywords || isDeleted(then)) return [];
      const polarity = standingPolarity(then, threshold);
      const measures = [1, polarity === 'positive' ? 1 : 0, polarity === 'negative' ? 1 : 0];
      const { brand, keywords: words } = mention.data;
      // A keyword listed twice is still one mention of it.
      return [...new Set(words)].map((keyword) => ({
        kind: 'mention' as const,
        entity: fact.key,
        at: mention.occurredAt,
        dims: [brand, keyword],
        measures,
      }));
    });
  },
} as const satisfies Family<'fact'>;
