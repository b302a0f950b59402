/** Closed periods over the real store: what was known when they closed stays, beside what is known now. */
import { afterEach, describe, expect, it } from 'vitest';
import { kpiDefinitions } from '../../../../server/domain/kpis/registry.ts';
import { isRefusal } from '../../../../server/pipeline/ports/refusal.ts';
import { createKpiService } from '../../../../server/pipeline/services/kpis.ts';
import type { KpiQuery } from '../../../../server/pipeline/services/services.ts';
import type { EventData } from '../../../../shared/events/registry.ts';
import type { Grain, KpiValue } from '../../../../shared/kpi/types.ts';
import { generateEvents } from '../../../helpers/event-generator.ts';
import { event, openLine, type Line } from '../../../helpers/line.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { testSeed } from '../../../helpers/seed.ts';

const opened: Line[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((line) => line.close()));
});
async function open(now: string, timeZone?: string): Promise<Line> {
  const line = await openLine({ now, ...(timeZone ? { timeZone } : {}) });
  opened.push(line);
  return line;
}

const order = (orderId: string, time: string, amount: number, more: Partial<EventData<'sales.order.paid'>> = {}) =>
  event('sales.order.paid', time, {
    ...{ orderId, version: 1, buyerId: `b-${orderId}`, channel: '天猫', region: '华东' },
    lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount }],
    ...more,
  });
const refund = (orderId: string, time: string, amount: number) =>
  event('sales.order.refunded', time, { refundId: `r-${orderId}`, orderId, version: 1, amount });

async function ask(line: Line, grain: Grain, period: string, more: Partial<KpiQuery> = {}): Promise<readonly KpiValue[]> {
  const kpis = createKpiService({ reads: line.store.reads, ledger: line.ledger, calendar: line.calendar, clock: line.clock });
  const answer = await kpis.query({ grain, period, kpis: [], by: null, where: [], asOf: null, knownAt: null, ...more });
  if (isRefusal(answer)) throw new Error(answer.detail);
  return answer.values;
}
const shown = ({ kpi, dimension, state, value, closedValue }: KpiValue) => [kpi, dimension?.channel ?? null, state, value, closedValue];
const sales = async (line: Line, grain: Grain, period: string, more: Partial<KpiQuery> = {}) =>
  (await ask(line, grain, period, { kpis: ['net_sales'], ...more })).map(shown);

describe('[I7] [KP17] a late fact', () => {
  it('counts in its own day while the day is open, and beside the closed figure afterwards', async () => {
    const line = await open('2026-11-20T09:00:00+08:00');
    await line.ingest([order('1', '2026-11-20T08:00:00+08:00', 1_000)]);
    line.at('2026-11-22T23:59:59+08:00');
    await line.ingest([order('2', '2026-11-20T20:00:00+08:00', 500)]);
    expect(await sales(line, 'day', '2026-11-20')).toEqual([['net_sales', null, 'settling', 1_500, undefined]]);
    line.at('2026-11-23T00:00:00+08:00');
    expect(await sales(line, 'day', '2026-11-20')).toEqual([['net_sales', null, 'closed', 1_500, undefined]]);
    line.at('2026-11-23T00:00:01+08:00');
    await line.ingest([order('3', '2026-11-20T21:00:00+08:00', 70)]);
    expect(await sales(line, 'day', '2026-11-20')).toEqual([['net_sales', null, 'restated', 1_570, 1_500]]);
    // The month is still running: nothing of it was closed.
    expect(await sales(line, 'month', '2026-11')).toEqual([['net_sales', null, 'live', 1_570, undefined]]);
    // A question of what was known when the day closed is answered as it was then.
    const knownAt = Date.parse('2026-11-23T00:00:00+08:00');
    expect(await sales(line, 'day', '2026-11-20', { knownAt })).toEqual([['net_sales', null, 'closed', 1_500, undefined]]);
  });

  it('for a day that closed empty is beside 0 in sums and beside nothing in ratios', async () => {
    const line = await open('2026-11-20T09:00:00+08:00');
    line.at('2026-11-25T09:00:00+08:00');
    await line.ingest([order('1', '2026-11-21T10:00:00+08:00', 1_000)]);
    const values = await ask(line, 'day', '2026-11-21', {
      kpis: ['net_sales', 'new_customers', 'order_value', 'core_share', 'organic_visits'],
    });
    expect(values.map(shown)).toEqual([
      ['net_sales', null, 'restated', 1_000, 0],
      ['new_customers', null, 'restated', 1, 0],
      ['order_value', null, 'restated', 1_000, null],
      ['core_share', null, 'restated', 1, null],
      // What did not move stays closed.
      ['organic_visits', null, 'closed', 0, undefined],
    ]);
  });

  it('that moves an order to another channel restates both, also the one that has nothing left', async () => {
    const line = await open('2026-11-20T09:00:00+08:00');
    await line.ingest([order('1', '2026-11-20T08:00:00+08:00', 1_000), order('2', '2026-11-20T08:00:00+08:00', 30, { channel: '抖音' })]);
    line.at('2026-11-26T09:00:00+08:00');
    await line.ingest([order('1', '2026-11-20T08:00:00+08:00', 1_000, { version: 2, channel: '京东' })]);
    expect(await sales(line, 'day', '2026-11-20', { by: 'channel' })).toEqual([
      ['net_sales', '京东', 'restated', 1_000, 0],
      ['net_sales', '天猫', 'restated', 0, 1_000],
      ['net_sales', '抖音', 'closed', 30, undefined],
    ]);
    expect(await sales(line, 'day', '2026-11-20')).toEqual([['net_sales', null, 'closed', 1_030, undefined]]);
  });

  it('restates the month and quarter that were closed, and a refund of a later day restates no cash figure', async () => {
    const line = await open('2026-09-30T09:00:00+08:00');
    line.at('2026-10-20T09:00:00+08:00');
    await line.ingest([order('1', '2026-10-20T08:00:00+08:00', 1_000)]);
    line.at('2026-11-05T00:00:00+08:00');
    expect(await sales(line, 'month', '2026-10')).toEqual([['net_sales', null, 'closed', 1_000, undefined]]);
    line.at('2026-11-06T00:00:00+08:00');
    await line.ingest([refund('1', '2026-11-05T23:00:00+08:00', 400)]);
    expect(await sales(line, 'month', '2026-10')).toEqual([['net_sales', null, 'closed', 1_000, undefined]]);
    expect((await ask(line, 'month', '2026-10', { kpis: ['net_sales_cohort'] })).map(shown)).toEqual([
      ['net_sales_cohort', null, 'restated', 600, 1_000],
    ]);
    await line.ingest([order('2', '2026-10-21T08:00:00+08:00', 5)]);
    expect(await sales(line, 'month', '2026-10')).toEqual([['net_sales', null, 'restated', 1_005, 1_000]]);
    expect(await sales(line, 'quarter', '2026-Q4')).toEqual([['net_sales', null, 'live', 605, undefined]]);
  });

  it('on a day before the workspace was made is an ordinary fact until a person closes the day', async () => {
    const line = await open('2026-11-20T09:00:00+08:00');
    await line.ingest([order('1', '2026-11-05T08:00:00+08:00', 1_000)]);
    line.at('2026-11-28T09:00:00+08:00');
    await line.ingest([order('2', '2026-11-05T08:00:00+08:00', 10)]);
    expect(await sales(line, 'day', '2026-11-05')).toEqual([['net_sales', null, 'closed', 1_010, undefined]]);
    const at = line.clock.now();
    await line.store.write((tx) => tx.putClosing({ grain: 'day', period: '2026-11-05', at, owner: '林悦', reason: '历史核对完毕' }));
    expect(await sales(line, 'day', '2026-11-05')).toEqual([['net_sales', null, 'closed', 1_010, undefined]]);
    line.at(at + 1);
    await line.ingest([order('3', '2026-11-05T09:00:00+08:00', 7)]);
    expect(await sales(line, 'day', '2026-11-05')).toEqual([['net_sales', null, 'restated', 1_017, 1_010]]);
  });

  it('counts by the days of the business zone, on the day clocks change too', async () => {
    const line = await open('2026-10-31T09:00:00-04:00', 'America/New_York');
    line.at('2026-11-03T23:59:59-05:00');
    await line.ingest([order('1', '2026-11-01T01:30:00-05:00', 1_000)]);
    line.at('2026-11-04T00:00:00.001-05:00');
    await line.ingest([order('2', '2026-11-01T23:59:59-05:00', 1)]);
    expect(await sales(line, 'day', '2026-11-01')).toEqual([['net_sales', null, 'restated', 1_001, 1_000]]);
  });
});

it('[R28] a target set after the closing moves no closed attainment silently', async () => {
  const line = await open('2026-10-01T09:00:00+08:00');
  const target = { kpi: 'net_sales', grain: 'day' as const, period: '2026-10-10', owner: 'o', reason: 'r' };
  await line.store.write((tx) => tx.putTargets([{ ...target, value: 2_000 }], line.clock.now()));
  line.at('2026-10-10T12:00:00+08:00');
  await line.ingest([order('1', '2026-10-10T08:00:00+08:00', 1_000)]);
  line.at('2026-10-20T09:00:00+08:00');
  await line.store.write((tx) => tx.putTargets([{ ...target, value: 1_000 }], line.clock.now()));
  line.at('2026-10-21T09:00:00+08:00');
  const [value] = await ask(line, 'day', '2026-10-10', { kpis: ['sales_attainment'] });
  expect(value).toMatchObject({ state: 'restated', value: 1, closedValue: 0.5 });
});

it('[KP17] a closed value is the answer with knownAt at the closing, of every KPI, period and dimension', async () => {
  const seed = testSeed('closed values');
  const random = seededRandom(seed);
  const until = Date.parse('2026-12-08T12:00:00+08:00');
  const line = await open('2026-10-28T09:00:00+08:00');
  const events = generateEvents({ seed, count: 700, until, spanMs: 40 * 86_400_000, ids: 30, instants: 300 });
  // Each arrives some days after it happened, the sooner the likelier.
  const arriving = events
    .map((one) => ({ one, at: Math.min(until, Date.parse(one.time) + 60_000 + Math.floor(random.next() ** 3 * 20 * 86_400_000)) }))
    .sort((a, b) => a.at - b.at);
  for (const { one, at } of arriving) {
    line.at(at);
    await line.ingest([one]);
  }
  line.at(until);
  let moved = 0;
  for (const [grain, period, closing] of [
    ['day', '2026-11-10', '2026-11-13T00:00:00+08:00'],
    ['day', '2026-11-29', '2026-12-02T00:00:00+08:00'],
    ['week', '2026-W47', '2026-11-25T00:00:00+08:00'],
    ['month', '2026-11', '2026-12-05T00:00:00+08:00'],
  ] as const) {
    for (const by of [null, 'channel', 'region'] as const) {
      const kpis = kpiDefinitions.filter(({ dimensions }) => by === null || dimensions.includes(by)).map(({ id }) => id);
      const now = await ask(line, grain, period, { kpis, by });
      const then = await ask(line, grain, period, { kpis, by, knownAt: Date.parse(closing) });
      for (const value of now) {
        const same = then.find(({ kpi, dimension }) => kpi === value.kpi && JSON.stringify(dimension) === JSON.stringify(value.dimension));
        const closed = value.state === 'restated' ? value.closedValue : value.value;
        // A cell that was not there yet was 0, or nothing.
        if (same) expect([value.kpi, value.dimension, closed]).toEqual([value.kpi, value.dimension, same.value]);
        else expect([0, null]).toContain(closed);
        if (value.state === 'restated') moved += 1;
        else expect(value.state).toBe('closed');
      }
      for (const { kpi, dimension } of then)
        expect(now.some((value) => value.kpi === kpi && JSON.stringify(value.dimension) === JSON.stringify(dimension))).toBe(true);
    }
  }
  expect(moved).toBeGreaterThan(20);
});
