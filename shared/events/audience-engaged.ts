import * as z from 'zod';
import { defineEvent } from './define.ts';
import { id, name, touch, version } from './fields.ts';

export const audienceEngaged = defineEvent({
  type: 'audience.engaged',
  topic: 'campaigns',
  kind: 'audience',
  summary: 'A known person read, liked, shared, commented on, clicked or visited something.',
  data: z.object({
    engagementId: id,
    version,
    personId: id,
    platform: name,
    campaignId: id.optional(),
    contentId: id.optional(),
    touch,
    action: z.enum(['read', 'like', 'share', 'comment', 'click', 'visit']),
  }),
  key: (d) => [d.engagementId],
  example: { engagementId: 'E-1', version: 1, personId: 'B-1001', platform: '小红书', touch: 'earned', action: 'share' },
});
