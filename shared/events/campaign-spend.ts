import * as z from 'zod';
import { defineEvent } from './define.ts';
import { currency, id, money, name, version } from './fields.ts';

export const spendKinds = ['media', 'production', 'agency', 'kol', 'gift', 'event', 'training', 'labour'] as const;

export const campaignSpend = defineEvent({
  type: 'campaign.spend',
  topic: 'campaigns',
  kind: 'spend',
  summary: 'Money was spent; `time` is the day it counts on.',
  data: z.object({
    entryId: id,
    version,
    campaignId: id.optional(),
    channel: name,
    kind: z.enum(spendKinds),
    line: z.enum(['online', 'offline', 'training', 'other']),
    amount: money,
    currency,
  }),
  key: (d) => [d.entryId],
  example: { entryId: 'SP-1', version: 1, campaignId: 'C-1111', channel: '抖音', kind: 'media', line: 'online', amount: 1_200_000 },
});
