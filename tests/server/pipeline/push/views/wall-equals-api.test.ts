/** The wall and GET /api/kpis say the same of the same moment [R24], over generated days; and no data is not zero. */
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createKpiService } from '../../../../../server/pipeline/services/kpis.ts';
import { createOverviewView } from '../../../../../server/pipeline/push/views/overview.ts';
import type { Target } from '../../../../../shared/kpi/targets.ts';
import type { KpiValue } from '../../../../../shared/kpi/types.ts';
import { event, openLine, type Line } from '../../../../helpers/line.ts';
import { noAnomalies } from '../../../../helpers/no-anomalies.ts';
import { nodesOf } from '../../../../helpers/nodes.ts';

const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
const DAY = 86_400_000;
const NOW = Date.parse('2026-11-23T14:30:00+08:00');
let line: Line | null = null;
afterEach(async () => {
  await line?.close();
  line = null;
});

interface Sale {
  readonly daysAgo: number;
  readonly hour: number;
  readonly amount: number;
}
const target = (grain: Target['grain'], period: string, value: number): Target => ({
  ...{ kpi: 'net_sales', grain, period, value, owner: '林悦', reason: '测试' },
});

async function workspace(sales: readonly Sale[], targets: readonly Target[]) {
  await line?.close();
  const opened = await openLine({ now: '2026-11-23T14:30:00+08:00' });
  line = opened;
  const orders = sales.map(({ daysAgo, hour, amount }, i) => {
    const at = NOW - daysAgo * DAY - (14.5 - hour) * 3_600_000;
    const lines = [{ sku: 's', category: 'k', core: true, quantity: 1, amount }];
    const data = { orderId: `o${i}`, version: 1, buyerId: `b${i}`, channel: i % 3 === 0 ? '京东' : '天猫', region: '华东', lines };
    return event('sales.order.paid', new Date(at).toISOString(), data);
  });
  if (orders.length > 0) await opened.ingest(orders);
  await opened.store.write((tx) => tx.putTargets(targets, opened.clock.now()));
  const parts = { reads: opened.store.reads, calendar: opened.calendar, clock: opened.clock };
  const api = createKpiService({ ...parts, ledger: opened.ledger });
  const view = createOverviewView({ ...parts, sums: opened.sums, anomalies: noAnomalies, nodesOf });
  const asked = async (grain: 'day' | 'month' | 'quarter', period: string): Promise<Readonly<Record<string, KpiValue>>> => {
    const kpis = ['sales_attainment', 'sales_pace', 'sales_landing_low', 'sales_landing_high', 'net_sales'];
    const answer = await api.query({ grain, period, kpis, by: null, where: [], asOf: null, knownAt: null });
    if ('refused' in answer) throw new Error(answer.detail);
    return Object.fromEntries(answer.values.map((value) => [value.kpi, value]));
  };
  const byChannel = async (): Promise<readonly KpiValue[]> => {
    const day = { grain: 'day', period: '2026-11-23', kpis: ['sales_pace'], where: [], asOf: null, knownAt: null } as const;
    const answer = await api.query({ ...day, by: 'channel' });
    if ('refused' in answer) throw new Error(answer.detail);
    return answer.values;
  };
  return { view, asked, byChannel };
}

const close = (a: number | null | undefined, b: number | null | undefined): boolean =>
  a === b || (typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a)));

describe('[R24] the wall and the API', () => {
  const sale = fc.record({
    daysAgo: fc.constantFrom(0, 0, 0, 1, 7, 14, 21, 28, 35, 42, 63, 95, 200, 330),
    hour: fc.integer({ min: 0, max: 14 }),
    amount: fc.integer({ min: 0, max: 90_000 }),
  });
  const money = fc.integer({ min: 1, max: 5_000_000 });
  const months = ['2026-04', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10', '2026-11'];

  it('say the same landing, pace and attainment of day, month and quarter', async () => {
    process.stdout.write(`wall-equals-api: seed ${SEED}\n`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(sale, { maxLength: 30 }),
        money,
        fc.array(fc.tuple(fc.constantFrom(...months), money)),
        money,
        async (sales, day, byMonth, quarter) => {
          const targets = [
            target('day', '2026-11-23', day),
            ...byMonth.map(([month, value]) => target('month', month, value)),
            ...['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'].map((name, i) => target('quarter', name, quarter * (i + 1))),
          ];
          const { view, asked } = await workspace(sales, targets);
          const shown = [
            [await asked('day', '2026-11-23'), { attainment: undefined, ...(await view.read('today')) }],
            [await asked('month', '2026-11'), await view.read('month')],
            [await asked('quarter', '2026-Q4'), await view.read('quarter')],
          ] as const;
          for (const [api, wall] of shown) {
            if (api['sales_attainment']?.reason === 'no_target') continue;
            const pairs = [
              ['net_sales', wall.net],
              ['sales_pace', wall.pace],
              ['sales_landing_low', wall.landing?.low ?? null],
              ['sales_landing_high', wall.landing?.high ?? null],
              ...(wall.attainment === undefined ? [] : [['sales_attainment', wall.attainment] as const]),
            ] as const;
            for (const [kpi, onWall] of pairs) if (!close(onWall, api[kpi]?.value)) expect([kpi, onWall]).toEqual([kpi, api[kpi]?.value]);
            if (wall.landing) expect(api['sales_landing_low']?.reason === 'small_sample').toBe(wall.landing.basis === 'few_samples');
            expect(api['sales_pace']?.curve ?? null).toBe(wall.curve);
            expect(api['sales_pace']?.denominator).toBeCloseTo(wall.planToNow ?? NaN, 6);
          }
        },
      ),
      { seed: SEED, numRuns: 25 },
    );
  }, 300_000);

  it('a fresh workspace with a year of targets and a few sales: few samples, by its pace, and a sample of none', async () => {
    const year = Array.from({ length: 12 }, (_, i) => target('month', `2026-${String(i + 1).padStart(2, '0')}`, 700_000));
    const { view, asked } = await workspace([{ daysAgo: 0, hour: 9, amount: 35_000 }], [...year, target('day', '2026-11-23', 40_000)]);
    for (const [api, wall] of [
      [await asked('month', '2026-11'), await view.read('month')],
      [await asked('day', '2026-11-23'), await view.read('today')],
    ] as const) {
      expect(wall.landing?.basis).toBe('few_samples');
      expect(wall.curve).toBe('even');
      expect(wall.landing?.low).toBeGreaterThan(35_000);
      expect(api['sales_landing_low']).toMatchObject({ sample: 0, reason: 'small_sample', value: wall.landing?.low });
    }
  });

  /** Eight weeks of days with a peak at ten, and today. */
  const weeks = (perDay: number): Sale[] =>
    Array.from({ length: 57 }, (_, daysAgo) =>
      Array.from({ length: perDay }, (__, i) => ({
        daysAgo,
        hour: i % 3 === 0 ? 4 + (i % 10) : 10,
        amount: 20_000 + ((daysAgo * 7 + i) % 9) * 500,
      })),
    ).flat();

  it('agree on the learnt curve too: plan to now, pace and landing of day and month, the channels, and the hours of the chart', async () => {
    const targets = [
      target('day', '2026-11-23', 200_000),
      ...['天猫', '京东'].map((channel) => ({ ...target('day', '2026-11-23', 90_000), dimension: { channel } })),
      target('month', '2026-11', 6_000_000),
    ];
    const { view, asked, byChannel } = await workspace(weeks(40), targets);
    for (const [api, wall] of [
      [await asked('day', '2026-11-23'), await view.read('today')],
      [await asked('month', '2026-11'), await view.read('month')],
    ] as const) {
      expect(wall).toMatchObject({ curve: 'learnt', landing: { basis: 'learnt' } });
      expect(api['sales_pace']).toMatchObject({ curve: 'learnt', value: wall.pace, denominator: wall.planToNow });
      expect(api['sales_landing_low']?.value).toBe(wall.landing?.low);
      expect(api['sales_landing_high']?.value).toBe(wall.landing?.high);
    }
    const { plan, curve } = await view.read('hours');
    const today = await view.read('today');
    expect(curve).toBe('learnt');
    expect(plan?.reduce((sum, hour) => sum + hour, 0)).toBeCloseTo(200_000, 6);
    // Half past two: what the chart has drawn until then is the plan to now.
    expect((plan ?? []).slice(0, 14).reduce((sum, hour) => sum + hour, 0) + (plan?.[14] ?? NaN) / 2).toBeCloseTo(today.planToNow ?? NaN, 6);
    expect(Math.max(...(plan ?? []))).toBe(plan?.[10]);
    for (const row of await view.read('channels')) {
      const value = (await byChannel()).find(({ dimension }) => dimension?.channel === row.channel);
      expect([row.planToNow, row.pace, row.curve]).toEqual([value?.denominator, value?.value, value?.curve]);
      expect(row.curve).toBe('learnt');
    }
  });

  it('learns from fourteen days and 200 orders, and from no fewer', async () => {
    const targets = [target('day', '2026-11-23', 200_000)];
    const curve = async (sales: readonly Sale[]) => (await (await workspace(sales, targets)).view.read('today')).curve;
    expect(await curve(weeks(20).filter(({ daysAgo }) => daysAgo <= 13))).toBe('even');
    expect(await curve(weeks(20).filter(({ daysAgo }) => daysAgo <= 14))).toBe('learnt');
    expect(await curve(weeks(3))).toBe('even');
  });
});
