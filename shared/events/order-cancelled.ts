import * as z from 'zod';
import { defineEvent } from './define.ts';
import { id, text, version } from './fields.ts';

export const orderCancelled = defineEvent({
  type: 'sales.order.cancelled',
  topic: 'sales',
  kind: 'order',
  summary: 'An order was cancelled. While this is its highest version, the order counts nowhere.',
  data: z.object({ orderId: id, version, reason: text.optional() }),
  key: (d) => [d.orderId],
  example: { orderId: 'SO-20261123-0002', version: 2, reason: '重复下单' },
});
