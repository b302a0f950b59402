import { afterEach, expect, it } from 'vitest';
import { createAgainstBefore } from '../../../../../server/pipeline/push/views/against-before.ts';
import { event, openLine, type Line } from '../../../../helpers/line.ts';

let line: Line | undefined;
afterEach(() => line?.close());

const order = (orderId: string, time: string, amount: number) =>
  event('sales.order.paid', time, {
    ...{ orderId, version: 1, buyerId: `b-${orderId}`, channel: '天猫', region: '华东' },
    lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount }],
  });
const refund = (orderId: string, time: string, amount: number) =>
  event('sales.order.refunded', time, { refundId: `r-${orderId}`, orderId, version: 1, amount });

it('[R27] today is held against yesterday as it stood after the same time, by orders and refunds', async () => {
  line = await openLine({ now: '2026-11-22T23:00:00+08:00' });
  const against = createAgainstBefore(line, 'day');
  expect(await against()).toBeNull();
  await line.ingest([
    order('1', '2026-11-22T09:00:00+08:00', 1_000),
    refund('1', '2026-11-22T09:30:00+08:00', 200),
    order('2', '2026-11-22T15:00:00+08:00', 9_000),
  ]);
  line.at('2026-11-23T08:00:00+08:00');
  expect(await against()).toBeNull();
  line.at('2026-11-23T10:00:30+08:00');
  expect(await against()).toEqual({ orders: -1_000, refunds: 200 });
  await line.ingest([order('3', '2026-11-23T10:00:00+08:00', 1_300), refund('2', '2026-11-23T10:00:10+08:00', 500)]);
  expect(await against()).toEqual({ orders: 300, refunds: -300 });
  line.at('2026-11-23T15:00:30+08:00');
  expect(await against()).toEqual({ orders: -8_700, refunds: -300 });
});

it('[R27] this month is held against the one before as it stood after the same days and hours', async () => {
  line = await openLine({ now: '2026-10-31T23:00:00+08:00' });
  const against = createAgainstBefore(line, 'month');
  await line.ingest([
    order('1', '2026-10-02T09:00:00+08:00', 1_000),
    refund('1', '2026-10-03T09:30:00+08:00', 200),
    order('2', '2026-10-20T15:00:00+08:00', 9_000),
  ]);
  line.at('2026-11-01T08:00:00+08:00');
  expect(await against()).toBeNull();
  line.at('2026-11-05T10:00:30+08:00');
  expect(await against()).toEqual({ orders: -1_000, refunds: 200 });
  await line.ingest([order('3', '2026-11-05T10:00:00+08:00', 1_300)]);
  expect(await against()).toEqual({ orders: 300, refunds: 200 });
});
