import { afterEach, expect, it } from 'vitest';
import { createMonthBefore } from '../../../../../server/pipeline/push/views/month-before.ts';
import { event, openLine, type Line } from '../../../../helpers/line.ts';

let line: Line | undefined;
afterEach(() => line?.close());

const order = (orderId: string, time: string, amount: number) =>
  event('sales.order.paid', time, {
    ...{ orderId, version: 1, buyerId: `b-${orderId}`, channel: '天猫', region: '华东' },
    lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount }],
  });

it('[I7] the wall says how final the month before is, and what came since it closed', async () => {
  line = await openLine({ now: '2026-10-20T09:00:00+08:00' });
  const { store, sums, calendar, clock } = line;
  const monthBefore = createMonthBefore({ reads: store.reads, sums, calendar, clock });
  // A month before the workspace was made is history.
  expect(await monthBefore()).toEqual({ period: '2026-09', state: 'closed', difference: null });
  await line.ingest([order('1', '2026-10-20T08:00:00+08:00', 1_000)]);
  line.at('2026-11-01T00:00:00+08:00');
  expect(await monthBefore()).toEqual({ period: '2026-10', state: 'settling', difference: null });
  line.at('2026-11-05T00:00:00+08:00');
  expect(await monthBefore()).toEqual({ period: '2026-10', state: 'closed', difference: 0 });
  line.at('2026-11-06T00:00:00+08:00');
  await line.ingest([order('2', '2026-10-21T08:00:00+08:00', 70)]);
  expect(await monthBefore()).toEqual({ period: '2026-10', state: 'restated', difference: 70 });
});
