/** People who engaged: one for each engagement, at its time. */
import { standing, type Fact } from '../../facts.ts';
import type { Family } from '../family.ts';
import { factTimeline } from '../timeline.ts';

export const audience = {
  title: 'Engagements of known people',
  entity: 'fact',
  facts: ['audience'],
  dims: ['person', 'platform', 'campaign', 'touch', 'action'],
  measures: ['engagements'],
  rows(fact: Fact) {
    return factTimeline(fact, (then) => {
      const engaged = standing(then, 'audience.engaged');
      if (!engaged) return [];
      const { personId, platform, campaignId = null, touch, action } = engaged.data;
      const dims = [personId, platform, campaignId, touch, action];
      return [{ kind: 'audience', entity: fact.key, at: engaged.occurredAt, dims, measures: [1] }];
    });
  },
} as const satisfies Family<'fact'>;
