import * as z from 'zod';
import { defineEvent } from './define.ts';
import { count, currency, id, money, name, version } from './fields.ts';

/** One line of an order; `amount` and `cost` are line totals, not unit prices. */
const line = z.object({
  sku: name,
  category: name,
  core: z.boolean(),
  quantity: count,
  amount: money,
  cost: money.optional(),
});

export const orderPaid = defineEvent({
  type: 'sales.order.paid',
  topic: 'sales',
  kind: 'order',
  summary: 'An order was paid; `time` is the payment.',
  data: z.object({
    orderId: id,
    version,
    buyerId: id,
    customerId: id.optional(),
    leadId: id.optional(),
    campaignId: id.optional(),
    channel: name,
    region: name,
    currency,
    lines: z.array(line).min(1).max(200),
  }),
  key: (d) => [d.orderId],
  example: {
    orderId: 'SO-20261123-0001',
    version: 1,
    buyerId: 'B-1001',
    campaignId: 'C-1111',
    channel: '天猫',
    region: '华东',
    lines: [
      { sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: 329_900, cost: 181_400 },
      { sku: 'BEAN-500', category: '咖啡豆', core: false, quantity: 2, amount: 13_800, cost: 6_200 },
    ],
  },
});
