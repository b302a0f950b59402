import * as z from 'zod';
import { defineEvent } from './define.ts';
import { currency, id, money, name, text, version } from './fields.ts';

export const orderRefunded = defineEvent({
  type: 'sales.order.refunded',
  topic: 'sales',
  kind: 'refund',
  summary: 'Money of an order was given back; `time` is when the refund succeeded.',
  data: z.object({
    refundId: id,
    orderId: id,
    version,
    amount: money,
    currency,
    lines: z
      .array(z.object({ sku: name, amount: money }))
      .min(1)
      .max(200)
      .optional(),
    reason: text.optional(),
  }),
  key: (d) => [d.refundId],
  example: {
    refundId: 'RF-0001',
    orderId: 'SO-20261123-0001',
    version: 1,
    amount: 13_800,
    lines: [{ sku: 'BEAN-500', amount: 13_800 }],
    reason: '包装破损',
  },
});
