/** Why figures changed, how they compare, and their course over time: parts that add up, for every KPI there is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kpiDimensions, type KpiValue } from '../../../../shared/kpi/types.ts';
import { kpiDefinitions } from '../../../../server/domain/kpis/registry.ts';
import { periodOf, previousPeriod } from '../../../../server/domain/time/period.ts';
import { isRefusal } from '../../../../server/pipeline/ports/refusal.ts';
import { answered, cellsOfEveryKpi, openInsights, type InsightsRig } from '../../../helpers/insights-rig.ts';
import { event } from '../../../helpers/line.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { testSeed } from '../../../helpers/seed.ts';

/** To the last digits of a double. */
function expectEqual(found: number, wanted: number, told: string): void {
  expect(Math.abs(found - wanted), `${found} is not ${wanted}: ${told}`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)));
}

describe.each([1, 2])('of generated events, run %i', (run) => {
  const seed = testSeed(`KPI insights ${run}`);
  const random = seededRandom(seed);
  let rig: InsightsRig;
  beforeAll(async () => {
    rig = await openInsights(seed);
  });
  afterAll(() => rig.line.close());
  const now = (): number => rig.line.clock.now();

  it('[R26] the causes of a change of every KPI and cell add up to it', async () => {
    let [moved, open] = [0, 0];
    for (const { definition, grain, period, where } of await cellsOfEveryKpi(rig, random)) {
      const from = now() - (1 + random.below(11)) * 3_600_000 - 1;
      const to = Math.min(now(), from + random.below(8) * 3_600_000);
      const told = `SEED=${seed} ${JSON.stringify({ kpi: definition.id, grain, period, where, from, to })}`;
      const change = answered(await rig.insights.change({ kpi: definition.id, grain, period, where, asOf: null, from, to }));
      const known = async (knownAt: number) => (await rig.values({ kpis: [definition.id], grain, period, where, knownAt }))[0];
      expect([change.from.value, change.to.value], told).toEqual([(await known(from))?.value, (await known(to))?.value]);
      if (change.from.value === null || change.to.value === null) {
        expect(
          [change.difference, ...change.causes.map(({ difference }) => difference)].every((each) => each === null),
          told,
        ).toBe(true);
        open += 1;
        continue;
      }
      expectEqual(change.difference ?? NaN, change.to.value - change.from.value, told);
      expectEqual(
        change.causes.reduce((sum, { difference }) => sum + (difference ?? NaN), 0),
        change.difference ?? NaN,
        told,
      );
      if (change.difference !== 0) moved += 1;
    }
    expect(moved, `SEED=${seed}`).toBeGreaterThan(10);
    expect(open).toBeGreaterThanOrEqual(0);
  });

  it('[R27] the parts of a comparison of every KPI and dimension add up to the difference', async () => {
    const today = rig.line.calendar.dayOf(now());
    let compared = 0;
    for (const definition of kpiDefinitions) {
      for (const by of kpiDimensions.filter((dim) => definition.dimensions.includes(dim))) {
        const grain = random.pick(['day', 'week', 'month'] as const);
        const period = periodOf(grain, today - (grain === 'day' ? random.below(20) : 0));
        const told = `SEED=${seed} ${JSON.stringify({ kpi: definition.id, grain, period: period.name, by })}`;
        const against = random.pick(['previous', 'year', previousPeriod(period).name]);
        const question = { kpi: definition.id, grain, period: period.name, where: [], asOf: null, knownAt: null, by, against };
        const { difference, parts, now: present, base } = answered(await rig.insights.compare(question));
        if (difference === null) {
          expect(
            parts.every((part) => part.difference === null),
            told,
          ).toBe(true);
          continue;
        }
        expectEqual(difference, (present.value ?? NaN) - (base?.value ?? NaN), told);
        if (parts.length === 0) continue;
        expectEqual(
          parts.reduce((sum, part) => sum + (part.difference ?? NaN), 0),
          difference,
          told,
        );
        for (const { mix, rate, difference: of } of parts)
          if (mix !== undefined && rate !== undefined) expectEqual((mix ?? NaN) + (rate ?? NaN), of ?? NaN, told);
        compared += 1;
      }
    }
    expect(compared, `SEED=${seed}`).toBeGreaterThan(10);
  });

  it('a series has the values that each of its buckets has by itself', async () => {
    const kpis = kpiDefinitions.map(({ id }) => id);
    const first = '2026-11-10';
    for (const every of ['day', 'week', 'month'] as const) {
      const series = answered(
        await rig.insights.series({ kpis, from: first, to: '2026-11-23', every, by: null, where: [], asOf: null, knownAt: null }),
      );
      expect(series.buckets.length).toBe({ day: 14, week: 3, month: 1 }[every]);
      for (const bucket of series.buckets) {
        const period = periodOf(every, rig.line.calendar.dayOf(Date.parse(bucket.start)));
        const alone = await rig.values({ kpis, grain: every, period: period.name });
        const plain = ({ closedValue: _closed, state: _state, ...value }: KpiValue) => value;
        expect(bucket.values.map(plain), `SEED=${seed} ${period.name}`).toEqual(alone.map(plain));
      }
    }
    const byHour = await rig.insights.series({
      kpis: ['net_sales'],
      from: '2026-11-22',
      to: '2026-11-22',
      every: 'hour',
      by: null,
      where: [],
      asOf: null,
      knownAt: null,
    });
    const hours = answered(byHour).buckets;
    const [day] = await rig.values({ kpis: ['net_sales'], grain: 'day', period: '2026-11-22' });
    expect(hours.length).toBe(24);
    expect(hours.reduce((sum, { values }) => sum + (values[0]?.value ?? NaN), 0)).toBe(day?.value);
  });
});

describe('of a few orders', () => {
  let rig: InsightsRig;
  const order = (orderId: string, time: string, amount: number, more: object = {}) =>
    event('sales.order.paid', time, {
      ...{ orderId, version: 1, buyerId: `b-${orderId}`, channel: '天猫', region: '华东' },
      lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount }],
      ...more,
    });
  const at = (text: string): number => Date.parse(`2026-11-${text}+08:00`);
  beforeAll(async () => {
    rig = await openInsights(1, { count: 0 });
    const { line } = rig;
    line.at(at('22T13:00:00'));
    await line.ingest([order('y1', '2026-11-22T09:00:00+08:00', 900), order('y2', '2026-11-22T12:00:00+08:00', 100, { channel: '京东' })]);
    line.at(at('22T20:00:00'));
    await line.ingest([order('y3', '2026-11-22T18:00:00+08:00', 5_000)]);
    line.at(at('23T11:00:00'));
    await line.ingest([order('t1', '2026-11-23T10:00:00+08:00', 400), order('t2', '2026-11-23T10:30:00+08:00', 50, { channel: '京东' })]);
    line.at(at('23T12:00:00'));
    await line.ingest([
      event('sales.order.refunded', '2026-11-23T11:30:00+08:00', { refundId: 'r1', orderId: 't1', version: 1, amount: 400 }),
      order('t2', '2026-11-23T10:30:00+08:00', 70, { channel: '京东', version: 2 }),
      order('t3', '2026-11-23T11:40:00+08:00', 8),
    ]);
    line.at(at('23T14:00:00'));
  });
  afterAll(() => rig.line.close());
  const cell = { grain: 'day', period: '2026-11-23', where: [], asOf: null, knownAt: null } as const;

  it('[R26] a change names its causes with how many events and how much', async () => {
    const change = answered(await rig.insights.change({ ...cell, kpi: 'net_sales', from: at('23T11:00:00'), to: at('23T12:00:00') }));
    expect([change.from.value, change.to.value, change.difference]).toEqual([450, 78, -372]);
    expect(change.causes).toEqual([
      { cause: 'new', count: 1, difference: 8 },
      { cause: 'correction', count: 1, difference: 20 },
      { cause: 'refund', count: 1, difference: -400 },
    ]);
    const value = answered(await rig.insights.change({ ...cell, kpi: 'order_value', from: at('23T11:00:00'), to: at('23T12:00:00') }));
    expect(value.causes.map(({ cause, count }) => [cause, count])).toEqual([
      ['new', 1],
      ['correction', 1],
      ['refund', 1],
    ]);
  });

  it('[R27] a running day is compared with the day before as it stood after the same time', async () => {
    const against = { kpi: 'net_sales', by: 'channel', against: 'previous' };
    const { now, base, difference, baseAsOf, parts } = answered(await rig.insights.compare({ ...cell, ...against }));
    expect([now.value, base?.value, difference, baseAsOf]).toEqual([78, 1_000, -922, '2026-11-22T06:00:00.000Z']);
    expect(parts).toEqual([
      { dimension: { channel: '京东' }, kind: 'cell', now: 70, base: 100, difference: -30 },
      { dimension: { channel: '天猫' }, kind: 'cell', now: 8, base: 900, difference: -892 },
    ]);
    const named = answered(await rig.insights.compare({ ...cell, ...against, against: '2026-11-22' }));
    expect(named.difference).toBe(-922);
    const node = answered(await rig.insights.compare({ ...cell, ...against, against: 'node' }));
    expect(node.base?.period.start).toMatch(/^2025-11-/);
  });

  it.each([
    [{ against: 'last' }, 'bad_against', 'against', 'previous'],
    [{ by: 'brand' }, 'unknown_dimension', 'by', 'channel'],
    [{ kpi: 'x' }, 'unknown_kpi', 'kpi', 'net_sales'],
  ])('%j is refused as %s of %s', async (query, code, path, listed) => {
    const answer = await rig.insights.compare({ ...cell, kpi: 'net_sales', by: null, against: 'year', ...query });
    expect(answer).toMatchObject({ status: 400, code, path });
    expect(isRefusal(answer) && answer.detail).toContain(listed);
  });

  it.each([
    [{ every: 'minute' }, 'bad_step', 'every', 'hour'],
    [{ from: '2026-02-30' }, 'bad_day', 'from', '2026-11-23'],
    [{ every: 'hour', kpis: ['buyer_value'] }, 'no_hours', 'every', 'buyer_value'],
    [{ every: 'hour', from: '2026-08-01' }, 'too_many_values', 'from', '2000'],
    [{ kpis: ['x'] }, 'unknown_kpi', 'kpi', 'net_sales'],
  ])('a series of %j is refused as %s of %s', async (query, code, path, listed) => {
    const asked = { kpis: ['net_sales'], from: null, to: null, every: 'day', by: null, where: [], asOf: null, knownAt: null };
    const answer = await rig.insights.series({ ...asked, ...query });
    expect(answer).toMatchObject({ status: 400, code, path });
    expect(isRefusal(answer) && answer.detail).toContain(listed);
  });

  it('every KPI is described with the versions of its rule', async () => {
    const { definitions } = await rig.insights.definitions();
    expect(definitions.map(({ id }) => id)).toEqual(kpiDefinitions.map(({ id }) => id));
    expect(definitions.every(({ name, formula }) => [name.zh, name.en, formula.zh, formula.en].every((text) => text !== ''))).toBe(true);
    await rig.line.store.write((tx) =>
      tx.putPolicy('readings', {
        value: { refundLagDays: 9 },
        owner: '王',
        reason: '更慢',
        effectiveFrom: at('10T09:00:00'),
        setAt: at('23T13:00:00'),
      }),
    );
    const later = (await rig.insights.definitions()).definitions;
    expect(later.find(({ id }) => id === 'roi')?.history.at(-1)).toMatchObject({
      version: 2,
      from: '2026-11-10',
      owner: '王',
      reason: '更慢',
    });
    expect(later.find(({ id }) => id === 'net_sales')?.history).toHaveLength(1);
  });
});
