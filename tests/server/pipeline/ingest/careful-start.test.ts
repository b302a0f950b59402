import { expect, it } from 'vitest';
import type { Store } from '../../../../server/pipeline/ports/store.ts';
import type { StoreTx } from '../../../../server/pipeline/ports/transaction.ts';
import { eventBytes } from '../../../helpers/event-generator.ts';
import { createIngestRig, feedOf, NOW } from '../../../helpers/ingest-rig.ts';
import { openMemoryStore } from '../../../helpers/memory-store.ts';

const order = (n: number): object => ({
  ...{ specversion: '1.0', source: '/shop', time: '2026-11-23T10:00:00+08:00', id: `e-${String(n)}`, type: 'sales.order.paid' },
  data: {
    ...{ orderId: `SO-${String(n)}`, version: 1, buyerId: 'B', channel: '天猫', region: '华东' },
    lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount: 100 }],
  },
});

it('[I9] between the count of a careful record and its commit no other partition commits: nobody is blamed for a neighbour', async () => {
  const store = openMemoryStore(() => NOW);
  const happened: string[] = [];
  const watched = {
    ...(store as unknown as Store),
    write: <T>(work: (tx: StoreTx) => Promise<T>) =>
      (store as unknown as Store).write((tx) =>
        work({
          ...tx,
          countAttempt(name) {
            if (!name.endsWith('assigned')) happened.push(`count ${name}`);
            return tx.countAttempt(name);
          },
          advanceOffset(position) {
            happened.push(`commit log ${position.topic}/${String(position.partition)}@${String(position.nextOffset - 1)}`);
            return tx.advanceOffset(position);
          },
        }),
      ),
  };
  // Partitions 0 and 1 were assigned three times without a commit; partition 2 is as it should be.
  for (const partition of [0, 1])
    for (let n = 0; n < 3; n++) await watched.write((tx) => tx.countAttempt(`log sales/${String(partition)}@0 assigned`));
  const rig = createIngestRig({ store: watched }, store);
  const record = (partition: number, offset: number) => ({
    ...{ offset, key: null, headers: {}, appendedAt: NOW },
    value: eventBytes(order(partition * 100 + offset)),
  });
  const consume = async (partition: number, batches: number, size: number) => {
    const { epoch } = await rig.ingest.assign('sales', partition);
    for (let n = 0; n < batches; n++) {
      const records = Array.from({ length: size }, (_, i) => record(partition, n * size + i));
      const nextOffset = (n + 1) * size;
      await rig.ingest.consume(feedOf({ topic: 'sales', partition, epoch, records, nextOffset, highWatermark: nextOffset }));
    }
  };
  await Promise.all([consume(0, 1, 6), consume(1, 1, 6), consume(2, 20, 1)]);
  const counted = happened.flatMap((line, i) => (line.startsWith('count ') ? [[line.slice(6), happened[i + 1]]] : []));
  expect(counted).toHaveLength(12);
  for (const [position, next] of counted) expect(next).toBe(`commit ${String(position)}`);
  expect(happened.filter((line) => line.startsWith('commit log sales/2'))).toHaveLength(20);
  expect(rig.quarantined()).toEqual([]);
});
