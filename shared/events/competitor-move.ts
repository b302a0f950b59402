import * as z from 'zod';
import { defineEvent } from './define.ts';
import { id, name, text, title, version } from './fields.ts';

export const competitorMove = defineEvent({
  type: 'competitor.move',
  topic: 'competitors',
  kind: 'move',
  summary: 'A tracked competitor changed a price, product, channel, promotion or content.',
  data: z.object({
    moveId: id,
    version,
    competitor: name,
    kind: z.enum(['price', 'product', 'channel', 'promotion', 'content']),
    title,
    url: text.optional(),
    sku: name.optional(),
    before: text.optional(),
    after: text.optional(),
    impact: z.enum(['low', 'medium', 'high']),
  }),
  key: (d) => [d.moveId],
  example: {
    moveId: 'CM-12',
    version: 1,
    competitor: '铂域',
    kind: 'price',
    title: 'A8 降价',
    sku: 'A8',
    before: '¥3,299',
    after: '¥2,799',
    impact: 'high',
  },
});
