/** A mention that has just come does not wait for a backlog of orders; one of a backlog waits like anything else. */
import { expect, it } from 'vitest';
import { createIngestRig, feedOf, NOW } from '../../../helpers/ingest-rig.ts';
import { event } from '../../../helpers/line.ts';
import { eventBytes } from '../../../helpers/event-generator.ts';
import { orders } from '../../../helpers/sales-events.ts';

const BACKLOG = 3_000;
const mention = (mentionId: string) =>
  event('sentiment.mention', '2026-11-23T11:59:00+08:00', { mentionId, version: 1, platform: '微博', brand: '山澜', text: '漏水' });

/** How many events were committed when the mention was; `behind`: mentions of its log that come after it. */
async function behindOrders(behind: number): Promise<number> {
  const rig = createIngestRig();
  const next = { sales: 0, sentiment: 0 };
  const epochs = { sales: (await rig.ingest.assign('sales', 0)).epoch, sentiment: (await rig.ingest.assign('sentiment', 0)).epoch };
  function consume(topic: 'sales' | 'sentiment', events: readonly object[], more = 0): Promise<void> {
    const from = next[topic];
    next[topic] += events.length;
    const records = events.map((one, i) => ({ offset: from + i, value: eventBytes(one), key: null, headers: {}, appendedAt: NOW }));
    const [nextOffset, epoch] = [next[topic], epochs[topic]];
    return rig.ingest.consume(feedOf({ topic, partition: 0, epoch, records, nextOffset, highWatermark: nextOffset + more }));
  }
  // What comes first after an assignment is committed alone.
  await Promise.all([consume('sales', orders(0, 1)), consume('sentiment', [mention('M-0')])]);
  const backlog = consume('sales', orders(10_000, BACKLOG));
  await consume('sentiment', [mention('M-1')], behind);
  const { applied } = rig.ingest.consumed();
  await backlog;
  expect((await rig.store.write((tx) => tx.offset('sales', 0)))?.nextOffset).toBe(BACKLOG + 1);
  expect(rig.ingest.consumed().applied).toBe(BACKLOG + 3);
  return applied;
}

it('a live mention is committed while most of the backlog waits', async () => {
  expect(await behindOrders(0)).toBeLessThan(BACKLOG / 2);
});

it('a mention of a backlog is committed behind it', async () => {
  expect(await behindOrders(10_000)).toBe(BACKLOG + 3);
});
