/** How often a transaction of a few records waits for the store: whoever waits for a figure waits for each of them. */
import { afterEach, expect, test } from 'vitest';
import { createIngestRig, NOW } from '../../../helpers/ingest-rig.ts';
import { openThreadlessStore, removeStore, type ThreadlessStore } from '../../../helpers/threadless-store.ts';

let store: ThreadlessStore;
afterEach(async () => {
  await store.close();
  removeStore(store);
});

const order = (id: string, buyerId: string, secondsAgo: number) => ({
  specversion: '1.0',
  id,
  source: '/shop',
  type: 'sales.order.paid',
  time: new Date(NOW - secondsAgo * 1_000).toISOString(),
  data: {
    ...{ orderId: id, version: 1, buyerId, channel: '天猫', region: '华东' },
    lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: 1_000 }],
  },
});

test('orders wait once, for where their records stand and for all that is known of them and of their customers', async () => {
  store = openThreadlessStore({ now: () => NOW, timeZone: 'Asia/Shanghai' });
  const rig = createIngestRig({ store });
  await rig.feed([order('a', 'B1', 2)]);
  const before = store.messages;
  await rig.feed([order('b', 'B1', 1), order('c', 'B2', 1)]);
  // The positions and the facts are two messages of one wait; the third carries what is written, and the commit.
  expect(store.messages - before).toBe(3);
});
