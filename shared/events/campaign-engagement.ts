import * as z from 'zod';
import { defineEvent } from './define.ts';
import { count, id, name, version } from './fields.ts';

export const campaignEngagement = defineEvent({
  type: 'campaign.engagement',
  topic: 'campaigns',
  kind: 'engagement',
  summary: 'Totals so far of a campaign on one platform (and content), not increments.',
  data: z.object({
    campaignId: id,
    platform: name,
    contentId: id.optional(),
    version,
    reads: count,
    likes: count,
    shares: count,
    reach: count.optional(),
    clicks: count.optional(),
    attendees: count.optional(),
  }),
  key: (d) => [d.campaignId, d.platform, d.contentId ?? ''],
  example: { campaignId: 'C-1111', platform: '小红书', contentId: 'N-9', version: 4, reads: 182_000, likes: 9_400, shares: 1_200 },
});
