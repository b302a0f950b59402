/** K4 from events: growth against the like period before and a year earlier, whole and running. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kpiDefinition, kpiDefinitions } from '../../../../server/domain/kpis/registry.ts';
import { isRefusal } from '../../../../server/pipeline/ports/refusal.ts';
import { createKpiService } from '../../../../server/pipeline/services/kpis.ts';
import type { KpiQuery, KpiService } from '../../../../server/pipeline/services/services.ts';
import type { KpiValue } from '../../../../shared/kpi/types.ts';
import { event, openLine, type Line } from '../../../helpers/line.ts';

let line: Line;
let kpis: KpiService;
let serial = 0;

const paid = (time: string, amount: number, more: { channel?: string; core?: boolean; orderId?: string } = {}) => {
  const { channel = '天猫', core = true, orderId = `o${++serial}` } = more;
  return event('sales.order.paid', time, {
    ...{ orderId, version: 1, buyerId: `b${++serial}`, channel, region: '华东' },
    lines: [{ sku: 's', category: '咖啡机', core, quantity: 1, amount }],
  });
};
const refund = (orderId: string, time: string, amount: number) =>
  event('sales.order.refunded', time, { refundId: `r${++serial}`, orderId, version: 1, amount });

beforeAll(async () => {
  line = await openLine({ now: '2028-03-10T12:00:00+08:00' });
  kpis = createKpiService({ reads: line.store.reads, ledger: line.ledger, calendar: line.calendar, clock: line.clock });
  const { quarantined } = await line.ingest([
    // Of February 10 days and 12 hours: 400, a refund of which came only then; of the whole month 1,000 − 100.
    paid('2028-02-05T10:00:00+08:00', 400, { orderId: 'early', core: false }),
    refund('early', '2028-02-20T10:00:00+08:00', 100),
    paid('2028-02-10T11:59:59+08:00', 100, { channel: '京东' }),
    paid('2028-02-10T12:00:01+08:00', 500),
    // Of March so far.
    paid('2028-03-02T10:00:00+08:00', 750),
    paid('2028-03-10T11:00:00+08:00', 50, { channel: '抖音' }),
    // Of January: nothing is left over. Of a year ago, 28 February.
    paid('2028-01-05T10:00:00+08:00', 10, { orderId: 'gone' }),
    refund('gone', '2028-01-06T10:00:00+08:00', 10),
    paid('2027-02-28T10:00:00+08:00', 80),
    paid('2027-03-01T10:00:00+08:00', 200),
    paid('2027-03-10T13:00:00+08:00', 999),
    paid('2028-02-29T10:00:00+08:00', 100),
  ]);
  expect(quarantined).toBe(0);
});
afterAll(() => line.close());

async function ask(kpi: string, period: string, more: Partial<KpiQuery> = {}): Promise<readonly KpiValue[]> {
  const answer = await kpis.query({ grain: 'month', period, kpis: [kpi], by: null, where: [], asOf: null, knownAt: null, ...more });
  if (isRefusal(answer)) throw new Error(`${answer.code} ${answer.detail}`);
  return answer.values;
}

describe('[K4] [R19] growth', () => {
  it('of a running period is held against the base after the same elapsed time', async () => {
    // 800 against 400 + 100.
    expect(await ask('growth.net_sales', '2028-03')).toMatchObject([
      { value: 300 / 500, numerator: 300, denominator: 500, unit: 'ratio', state: 'live' },
    ]);
  });
  it('of a whole period is held against the whole one before', async () => {
    const later = { asOf: Date.parse('2028-04-02T00:00:00+08:00') };
    expect(await ask('growth.net_sales', '2028-03', later)).toMatchObject([{ value: -200 / 1_000, numerator: -200, denominator: 1_000 }]);
  });
  it('on the year takes the same dates a year earlier, and of a leap day the day before', async () => {
    expect(await ask('growth_yoy.net_sales', '2028-03')).toMatchObject([{ value: 3, numerator: 600, denominator: 200 }]);
    expect(await ask('growth_yoy.net_sales', '2028-02-29', { grain: 'day' })).toMatchObject([{ value: 0.25, denominator: 80 }]);
  });
  it('has a cell for what only the base has, and none to speak of where the base has nothing', async () => {
    const cells = await ask('growth.net_sales', '2028-03', { by: 'channel' });
    expect(cells.map(({ dimension, value, reason }) => [dimension?.channel, value, reason])).toEqual([
      ['京东', -1, undefined],
      ['天猫', (750 - 400) / 400, undefined],
      ['抖音', null, 'no_base'],
    ]);
    expect(await ask('growth.net_sales', '2028-02')).toMatchObject([{ value: null, reason: 'no_base', numerator: 1_000, denominator: 0 }]);
  });
  it('of a ratio is that of its values', async () => {
    const [core] = await ask('growth.core_share', '2028-03');
    expect(core).toMatchObject({ value: (1 - 100 / 500) / (100 / 500), denominator: 0.2 });
    expect(kpiDefinition('growth.core_share')?.parts).toBeUndefined();
  });
  it('of a KPI without a value has none, for its reason', async () => {
    expect(await ask('growth.sales_attainment', '2028-03')).toMatchObject([{ value: null, reason: 'no_target' }]);
    expect(await ask('growth.net_sentiment', '2028-03')).toMatchObject([{ value: null, reason: 'no_brand' }]);
  });
});

describe('the list of growths', () => {
  it('is of those the plan asks for, with its targets; every other one answers by its id', async () => {
    const listed = kpiDefinitions.map(({ id }) => id).filter((id) => id.startsWith('growth'));
    expect(listed).toEqual(expect.arrayContaining(['growth.net_sales', 'growth.organic_visits', 'growth.new_customers']));
    expect(listed.length).toBeLessThan(6);
    expect(await ask('growth.new_customers', '2028-Q1', { grain: 'quarter' })).toMatchObject([{ target: 0.2 }]);
    expect((await ask('growth.new_customers', '2028-03'))[0]).not.toHaveProperty('target');
    for (const id of ['growth.sales_landing_low', 'growth.budget_projection', 'growth.growth.net_sales', 'growth.'])
      expect(kpiDefinition(id), id).toBeUndefined();
  });
  it('takes a set target before that of the plan', async () => {
    const target = { kpi: 'growth.new_customers', grain: 'quarter' as const, period: '2028-Q1', value: 0.3, owner: 'o', reason: 'r' };
    await line.store.write((tx) => tx.putTargets([target], line.clock.now()));
    expect(await ask('growth.new_customers', '2028-Q1', { grain: 'quarter' })).toMatchObject([{ target: 0.3 }]);
  });
});

it('[K4] a day whose clocks went back is held against the same time gone of the day before', async () => {
  const berlin = await openLine({ now: '2026-10-25T10:00:00+01:00', timeZone: 'Europe/Berlin' });
  try {
    await berlin.ingest([
      paid('2026-10-24T10:59:59+02:00', 100),
      paid('2026-10-24T11:00:01+02:00', 1_000),
      // The clocks went back at 3: at 10 eleven hours are gone.
      paid('2026-10-25T09:59:00+01:00', 150),
    ]);
    const service = createKpiService({ reads: berlin.store.reads, ledger: berlin.ledger, calendar: berlin.calendar, clock: berlin.clock });
    const query = {
      grain: 'day',
      period: '2026-10-25',
      kpis: ['growth.net_sales'],
      by: null,
      where: [],
      asOf: null,
      knownAt: null,
    } as const;
    const answer = await service.query(query);
    expect(isRefusal(answer) ? answer : answer.values).toMatchObject([{ value: 0.5, denominator: 100 }]);
  } finally {
    await berlin.close();
  }
});
