/** What the wall is told of anomalies: those that last, the worst first, with a name only where one stands out. */
import { expect, test } from 'vitest';
import type { Anomaly } from '../../../../../shared/kpi/anomalies.ts';
import { createCalendar } from '../../../../../server/domain/time/calendar.ts';
import { anomaliesGroup } from '../../../../../server/pipeline/push/views/anomalies-group.ts';

const now = Date.parse('2026-11-23T14:30:00+08:00');
const instant = new Date(now).toISOString();
const seen = { from: instant, to: instant, value: 58, usual: 100, difference: -42, ratio: -0.42, mads: -7 };
const anomaly = (more: Partial<Anomaly>): Anomaly => ({
  ...{ kpi: 'net_sales', unit: 'minor', direction: 'below', severity: 'notable', since: instant, foundAt: instant, until: null },
  ...{ peak: seen, last: seen },
  movedBy: { dimension: 'channel', value: '天猫', now: 1, usual: 43, difference: -42, share: 1, broad: false },
  ...more,
});

async function groupOf(anomalies: readonly Anomaly[]) {
  const asked: { from: number; to: number; asOf: number }[] = [];
  const rows = await anomaliesGroup({
    calendar: createCalendar('Asia/Shanghai'),
    clock: { now: () => now, monotonic: () => 0 },
    anomalies: {
      async find(range) {
        asked.push(range);
        return { kpis: [], anomalies };
      },
    },
  });
  return { rows, asked };
}

test('[AN4] those that are over are left out, the worst comes first, three at most', async () => {
  const worse = anomaly({ kpi: 'refunds', direction: 'above', last: { ...seen, mads: 12, ratio: 3 } });
  const { rows, asked } = await groupOf([
    anomaly({ until: instant }),
    anomaly({}),
    worse,
    anomaly({ kpi: 'orders' }),
    anomaly({ kpi: 'leads' }),
  ]);
  expect(rows.map((row) => [row.kpi, row.ratio])).toEqual([
    ['refunds', 3],
    ['net_sales', -0.42],
    ['orders', -0.42],
  ]);
  expect(asked).toEqual([{ from: 20_780, to: 20_781, asOf: now }]);
});

test('[AN5] a name is given only where one stands out', async () => {
  const broad = anomaly({ movedBy: { dimension: 'channel', value: '天猫', now: 1, usual: 2, difference: -1, share: 0.6, broad: true } });
  const { rows } = await groupOf([anomaly({}), broad, anomaly({ movedBy: null })]);
  expect(rows.map((row) => row.movedBy)).toEqual(['天猫', null, null]);
});
