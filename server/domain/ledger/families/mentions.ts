/** Mentions that are not deleted, on the day of publication, by polarity. */
import { standing, type Fact } from '../../facts.ts';
import { isSynthetic } from '../../synthetic.ts';
import { isDeleted, standingPolarity } from '../../fold/polarity.ts';
import type { Family, RowContext } from '../family.ts';
import { factTimeline } from '../timeline.ts';

const polarities = ['positive', 'neutral', 'negative', 'unscored'] as const;

export const mentions = {
  title: 'Mentions by polarity',
  entity: 'fact',
  facts: ['mention'],
  dims: ['brand', 'platform'],
  measures: polarities,
  rows(fact: Fact, { threshold }: RowContext) {
    if (isSynthetic(fact.source)) return [];
    return factTimeline(fact, (then) => {
      const mention = standing(then, 'sentiment.mention');
      if (!mention || isDeleted(then)) return [];
      const polarity = standingPolarity(then, threshold);
      const { brand, platform } = mention.data;
      const measures = polarities.map((name) => (name === polarity ? 1 : 0));
      return [{ kind: 'mention', entity: fact.key, at: mention.occurredAt, dims: [brand, platform], measures }];
    });
  },
} as const satisfies Family<'fact'>;
