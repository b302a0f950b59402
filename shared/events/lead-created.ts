import * as z from 'zod';
import { defineEvent } from './define.ts';
import { id, name, touch, version } from './fields.ts';

export const leadCreated = defineEvent({
  type: 'lead.created',
  topic: 'leads',
  kind: 'lead',
  summary: 'Somebody showed interest; `time` is when.',
  data: z.object({
    leadId: id,
    version,
    channel: name,
    region: name.optional(),
    campaignId: id.optional(),
    customerId: id.optional(),
    touch,
    reachable: z.boolean(),
    inArea: z.boolean().optional(),
    contactHash: id.optional(),
  }),
  key: (d) => [d.leadId],
  example: {
    leadId: 'L-501',
    version: 1,
    channel: '抖音',
    region: '华南',
    campaignId: 'C-1111',
    touch: 'paid',
    reachable: true,
    contactHash: 'sha256:9f2c',
  },
});
