/** Money spent, in minor units. */
import { standing, type Fact } from '../../facts.ts';
import type { Family } from '../family.ts';
import { factTimeline } from '../timeline.ts';

export const spend = {
  title: 'Spend, in minor units',
  entity: 'fact',
  facts: ['spend'],
  dims: ['channel', 'campaign', 'kind', 'line'],
  measures: ['amount', 'entries'],
  rows(fact: Fact) {
    return factTimeline(fact, (then) => {
      const entry = standing(then, 'campaign.spend');
      if (!entry) return [];
      const { channel, campaignId, kind, line, amount } = entry.data;
      const dims = [channel, campaignId ?? null, kind, line];
      return [{ kind: 'spend', entity: fact.key, at: entry.occurredAt, dims, measures: [amount, 1] }];
    });
  },
} as const satisfies Family<'fact'>;
