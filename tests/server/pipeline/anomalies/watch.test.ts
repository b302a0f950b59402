/** Anomalies out of a ledger: what is found, when, whom it names, and when the watch says nothing and why. */
import { expect, test } from 'vitest';
import { families } from '../../../../server/domain/ledger/registry.ts';
import type { LedgerRow } from '../../../../server/domain/ledger/row.ts';
import { createCalendar, HOUR_MS } from '../../../../server/domain/time/calendar.ts';
import { STEP_MS } from '../../../../server/domain/time/step.ts';
import { createAnomalyWatch } from '../../../../server/pipeline/anomalies/watch.ts';
import { createMemoryLedger } from '../../../helpers/memory-ledger.ts';
import { nodesOf } from '../../../helpers/nodes.ts';
import { poisson } from '../../../helpers/quiet-market.ts';
import { seededRandom } from '../../../helpers/random.ts';

const salesMeasures = families.sales.measures.length;
const calendar = createCalendar('Asia/Shanghai');
const TODAY = calendar.parseDay('2026-07-22') ?? 0;
const at = (day: number, hour: number): number => calendar.startOfDay(day) + hour * HOUR_MS;

interface Market {
  readonly days: number;
  /** Orders a step of five minutes, over both channels. */
  readonly orders: number;
  /** What becomes of a channel's orders of a step. */
  readonly change?: (channel: string, ms: number, orders: number) => number;
  readonly until: number;
  readonly own?: readonly string[];
  readonly mentions?: (ms: number) => number;
}

function rowsOf({ days, orders, change, until, mentions }: Market): LedgerRow[] {
  const random = seededRandom(7);
  const rows: LedgerRow[] = [];
  for (let ms = calendar.startOfDay(TODAY - days); ms < until; ms += STEP_MS) {
    const base = { at: ms + 1_000, since: ms + 1_000, received: ms + 2_000, cause: 'new' } as const;
    for (const [channel, share] of [
      ['天猫', 0.6],
      ['京东', 0.4],
    ] as const) {
      const drawn = poisson(random, orders * share);
      const count = change ? change(channel, ms, drawn) : drawn;
      if (count === 0) continue;
      const dims = [channel, '华东', null, '咖啡机', 'true', `b${ms}`, `b${ms}`];
      // The measures of sales: paid, refunded, cohortRefunded, orders, and what further ones there are.
      const measures = [count * 32_000, 0, 0, count, count, count, count, 0, 0, 0, 0];
      rows.push({ ...base, family: 'sales', kind: 'order', entity: `o${ms}${channel}`, dims, measures: measures.slice(0, salesMeasures) });
    }
    const negative = mentions?.(ms) ?? 0;
    if (negative > 0)
      rows.push({ ...base, family: 'mentions', kind: 'mention', entity: `m${ms}`, dims: ['山澜', '微博'], measures: [0, 0, negative, 0] });
  }
  return rows;
}

function watchOf(market: Market) {
  const ledger = createMemoryLedger(calendar);
  ledger.append(1, rowsOf(market));
  const brands = { own: [...(market.own ?? [])], tracked: [] };
  const clock = { now: () => market.until, monotonic: () => 0 };
  const reads = { policies: async () => ({ brands, holidays: { years: {} } }) };
  const watch = createAnomalyWatch({ ledger, reads, calendar, nodesOf, clock, yieldIfDue: () => undefined });
  return watch.find({ from: TODAY, to: TODAY + 1, asOf: market.until });
}

test('[AN5] a channel that falls silent is found within half an hour, named, and lasts', async () => {
  const change = (channel: string, ms: number, orders: number) => (channel === '天猫' && ms >= at(TODAY, 14) ? 0 : orders);
  const { anomalies, kpis } = await watchOf({ days: 60, orders: 20, change, until: at(TODAY, 14.5) });
  expect(kpis.find((one) => one.kpi === 'net_sales')?.state).toBe('watching');
  const [orders] = anomalies.filter((one) => one.kpi === 'orders');
  expect(orders).toMatchObject({ direction: 'below', until: null, unit: 'count' });
  expect(Date.parse(orders?.foundAt ?? '')).toBeLessThanOrEqual(at(TODAY, 14.5));
  expect(orders?.movedBy).toMatchObject({ dimension: 'channel', value: '天猫', broad: false });
  expect(orders?.movedBy?.share).toBeGreaterThan(0.8);
  expect(anomalies.map((one) => one.kpi).sort()).toEqual(['net_sales', 'orders']);
});

test('[AN5] what falls everywhere alike is told as broad, and ends when it is over', async () => {
  const change = (_: string, ms: number, orders: number) => (ms >= at(TODAY, 10) && ms < at(TODAY, 11) ? Math.round(orders * 2.2) : orders);
  const { anomalies } = await watchOf({ days: 60, orders: 30, change, until: at(TODAY, 15) });
  const [sales] = anomalies.filter((one) => one.kpi === 'net_sales');
  expect(sales).toMatchObject({ direction: 'above', severity: 'severe', unit: 'minor' });
  expect(sales?.movedBy).toMatchObject({ dimension: 'channel', value: '天猫', broad: true });
  expect(Date.parse(sales?.until ?? '')).toBeLessThanOrEqual(at(TODAY, 12));
  expect(sales?.peak.ratio).toBeGreaterThan(0.8);
});

test('[AN3] a workspace that is a week old learns and says so; an empty one too', async () => {
  for (const days of [7, 0]) {
    const { anomalies, kpis } = await watchOf({
      days,
      orders: 20,
      until: at(TODAY, 14),
      change: (_, ms, orders) => (ms >= at(TODAY, 12) ? 0 : orders),
    });
    expect(anomalies).toEqual([]);
    expect(kpis.filter((one) => one.kpi !== 'negative_mentions').map((one) => one.state)).toEqual(
      Array.from({ length: 5 }, () => 'learning'),
    );
    expect(kpis[0]?.likeDays).toBeLessThan(kpis[0]?.likeDaysNeeded ?? 0);
  }
});

test('[AN3] where too few things happen nothing is said, and mentions need an own brand', async () => {
  const { anomalies, kpis } = await watchOf({ days: 60, orders: 0.1, until: at(TODAY, 14) });
  expect(anomalies).toEqual([]);
  expect(kpis.map((one) => [one.kpi, one.state])).toEqual([
    ['net_sales', 'thin'],
    ['orders', 'thin'],
    ['refunds', 'thin'],
    ['leads', 'learning'],
    ['negative_mentions', 'no_brand'],
    ['organic_visits', 'learning'],
  ]);
});

test('[AN5] a wave of complaints names its platform', async () => {
  const random = seededRandom(3);
  const mentions = (ms: number) => poisson(random, 5) + (ms >= at(TODAY, 9) ? 12 : 0);
  const { anomalies } = await watchOf({ days: 60, orders: 5, until: at(TODAY, 9.5), mentions, own: ['山澜'] });
  const [wave] = anomalies.filter((one) => one.kpi === 'negative_mentions');
  expect(wave).toMatchObject({ direction: 'above', movedBy: { dimension: 'platform', value: '微博' } });
});

test('[AN1] a day of a node without earlier ones is learnt, whatever its figures', async () => {
  const ledger = createMemoryLedger(calendar);
  const eleven = calendar.parseDay('2026-11-11') ?? 0;
  const until = at(eleven, 10);
  const watch = createAnomalyWatch({
    ...{ ledger, calendar, nodesOf, yieldIfDue: () => undefined, clock: { now: () => until, monotonic: () => 0 } },
    reads: { policies: async () => ({ brands: { own: [], tracked: [] }, holidays: { years: {} } }) },
  });
  expect((await watch.find({ from: eleven, to: eleven + 1, asOf: until })).kpis[0]?.state).toBe('learning');
});
