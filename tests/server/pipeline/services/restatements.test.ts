/** What came for closed days, over the real store: by day, KPI, dimension and cause, adding up to what the figures moved by. */
import { afterEach, describe, expect, it } from 'vitest';
import { kpiDefinitions } from '../../../../server/domain/kpis/registry.ts';
import { isRefusal } from '../../../../server/pipeline/ports/refusal.ts';
import { createKpiService } from '../../../../server/pipeline/services/kpis.ts';
import { createRestatementService } from '../../../../server/pipeline/services/restatements.ts';
import type { EventData } from '../../../../shared/events/registry.ts';
import type { Restatement } from '../../../../shared/kpi/restatements.ts';
import type { KpiDimension, KpiValue } from '../../../../shared/kpi/types.ts';
import { generateEvents } from '../../../helpers/event-generator.ts';
import { event, openLine, type Line } from '../../../helpers/line.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { testSeed } from '../../../helpers/seed.ts';

const opened: Line[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((line) => line.close()));
});
async function open(now: string): Promise<Line> {
  const line = await openLine({ now });
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

const partsOf = ({ store, ledger, calendar, clock }: Line) => ({ reads: store.reads, ledger, calendar, clock });
async function list(
  line: Line,
  from: string,
  to: string,
  kpis: readonly string[],
  limit = 200,
  after: readonly [number, number] | null = null,
) {
  const page = await createRestatementService(partsOf(line)).list({ from, to, kpis, limit, after });
  if (isRefusal(page)) throw new Error(page.detail);
  return page;
}
async function values(line: Line, period: string, by: KpiDimension | null, kpis: readonly string[]): Promise<readonly KpiValue[]> {
  const answer = await createKpiService(partsOf(line)).query({ grain: 'day', period, kpis, by, where: [], asOf: null, knownAt: null });
  if (isRefusal(answer)) throw new Error(answer.detail);
  return answer.values;
}
const short = ({ day, kpi, dimension, closedValue, value, difference, cause }: Restatement) => [
  ...[day.slice(5), kpi, dimension === null ? null : Object.values(dimension)[0]],
  ...[closedValue, value, difference, cause],
];
const whole = ({ dimension }: Restatement) => dimension === null;

describe('[I7] restatements', () => {
  it('[R26] say by cause what came after a day had closed, and when the newest of it came', async () => {
    const line = await open('2026-11-20T09:00:00+08:00');
    await line.ingest([order('1', '2026-11-20T08:00:00+08:00', 1_000), order('2', '2026-11-20T08:30:00+08:00', 300, { channel: '抖音' })]);
    expect((await list(line, '2026-11-20', '2026-11-20', [])).rows).toEqual([]);
    line.at('2026-11-24T10:00:00+08:00');
    await line.ingest([order('3', '2026-11-20T09:00:00+08:00', 70)]);
    line.at('2026-11-25T10:00:00+08:00');
    await line.ingest([
      refund('1', '2026-11-20T22:00:00+08:00', 400),
      order('2', '2026-11-20T08:30:00+08:00', 300, { version: 2, channel: '京东' }),
    ]);
    const page = await list(line, '2026-11-19', '2026-11-21', ['net_sales']);
    expect(page.rows.filter((row) => row.dimension === null || 'channel' in row.dimension).map(short)).toEqual([
      ['11-20', 'net_sales', null, 1_300, 970, 70, 'late'],
      ['11-20', 'net_sales', null, 1_300, 970, -400, 'refund'],
      ['11-20', 'net_sales', '京东', 0, 300, 300, 'reattribution'],
      ['11-20', 'net_sales', '天猫', 1_000, 670, 70, 'late'],
      ['11-20', 'net_sales', '天猫', 1_000, 670, -400, 'refund'],
      ['11-20', 'net_sales', '抖音', 300, 0, -300, 'reattribution'],
    ]);
    expect(page.rows.filter(whole).map(({ receivedAt }) => receivedAt)).toEqual(['2026-11-24T02:00:00.000Z', '2026-11-25T02:00:00.000Z']);
    expect([page.total, page.next]).toEqual([page.rows.length, null]);
  });

  it('of a ratio take each cause on top of those before; from nothing there is no difference', async () => {
    const line = await open('2026-11-20T09:00:00+08:00');
    line.at('2026-11-22T09:00:00+08:00');
    await line.ingest([order('1', '2026-11-21T08:00:00+08:00', 1_000)]);
    line.at('2026-11-25T10:00:00+08:00');
    await line.ingest([
      order('2', '2026-11-21T09:00:00+08:00', 2_000),
      refund('2', '2026-11-21T22:00:00+08:00', 500),
      order('3', '2026-11-20T10:00:00+08:00', 80),
    ]);
    const { rows } = await list(line, '2026-11-20', '2026-11-21', ['order_value']);
    expect(rows.filter(whole).map(short)).toEqual([
      // The 20th had closed empty.
      ['11-20', 'order_value', null, null, 80, null, 'late'],
      ['11-21', 'order_value', null, 1_000, 1_250, 500, 'late'],
      ['11-21', 'order_value', null, 1_000, 1_250, -250, 'refund'],
    ]);
  });

  it('there are none of people who engaged that day and came later: their coming falls on other days', async () => {
    const line = await open('2026-11-20T09:00:00+08:00');
    const engaged = (engagementId: string, personId: string) =>
      event('audience.engaged', '2026-11-20T08:00:00+08:00', {
        engagementId,
        version: 1,
        personId,
        platform: '微博',
        touch: 'earned',
        action: 'like',
      });
    line.at('2026-11-25T10:00:00+08:00');
    await line.ingest([engaged('1', 'b-1'), engaged('2', 'b-2'), order('1', '2026-11-24T08:00:00+08:00', 1_000)]);
    expect((await values(line, '2026-11-20', null, ['spread_conversion'])).map(({ value }) => value)).toEqual([0.5]);
    expect((await list(line, '2026-11-20', '2026-11-20', ['spread_conversion', 'word_of_mouth'])).rows).toEqual([]);
  });

  it('name a target that was set anew on purpose', async () => {
    const line = await open('2026-11-20T09:00:00+08:00');
    const target = { kpi: 'net_sales', grain: 'day' as const, period: '2026-11-20', owner: 'o', reason: 'r' };
    await line.store.write((tx) => tx.putTargets([{ ...target, value: 2_000 }], line.clock.now()));
    await line.ingest([order('1', '2026-11-20T08:00:00+08:00', 1_000)]);
    line.at('2026-11-25T10:00:00+08:00');
    await line.store.write((tx) => tx.putTargets([{ ...target, value: 4_000 }], line.clock.now()));
    const { rows } = await list(line, '2026-11-20', '2026-11-20', ['sales_attainment', 'net_sales']);
    expect(rows.map(short)).toEqual([['11-20', 'sales_attainment', null, 0.5, 0.25, -0.25, 'target']]);
    expect(rows[0]?.receivedAt).toBe('2026-11-25T02:00:00.000Z');
  });

  it('are late for what came first after a day of history was closed by hand, and none before', async () => {
    const line = await open('2026-11-20T09:00:00+08:00');
    await line.ingest([order('1', '2026-11-05T08:00:00+08:00', 1_000)]);
    expect((await list(line, '2026-11-05', '2026-11-05', [])).rows).toEqual([]);
    await line.store.write((tx) => tx.putClosing({ grain: 'month', period: '2026-11', at: line.clock.now(), owner: 'o', reason: 'r' }));
    line.at('2026-11-20T10:00:00+08:00');
    await line.ingest([order('2', '2026-11-05T08:00:00+08:00', 5)]);
    const { rows } = await list(line, '2026-11-05', '2026-11-05', ['net_sales']);
    expect(rows.filter(whole).map(short)).toEqual([['11-05', 'net_sales', null, 1_000, 1_005, 5, 'late']]);
  });

  it.each([
    [{ kpis: ['sales'] }, 'unknown_kpi', 'kpi'],
    [{ from: '2026-11-31' }, 'bad_day', 'from'],
    [{ to: 'x' }, 'bad_day', 'to'],
  ])('refuse %j', async (wrong, code, path) => {
    const line = await open('2026-11-20T09:00:00+08:00');
    const asked = { from: null, to: null, kpis: [], limit: 10, after: null, ...wrong };
    expect(await createRestatementService(partsOf(line)).list(asked)).toMatchObject({ refused: true, status: 400, code, path });
  });
});

it('[I7] [R26] [S7] add up to what every closed figure moved by, whatever came in what order, on any page', async () => {
  const seed = testSeed('restatements');
  const random = seededRandom(seed);
  const until = Date.parse('2026-11-30T12:00:00+08:00');
  const line = await open('2026-11-10T09:00:00+08:00');
  const brands = { own: ['山澜'], tracked: ['铂域'] };
  const at = line.clock.now();
  await line.store.write((tx) => tx.putPolicy('brands', { value: brands, owner: 'o', reason: 'r', effectiveFrom: at, setAt: at }));
  const events = generateEvents({ seed, count: 500, until, spanMs: 19 * 86_400_000, ids: 30, instants: 200 });
  const arriving = events
    .map((one) => ({ one, arrival: Math.min(until, Date.parse(one.time) + 60_000 + Math.floor(random.next() ** 2 * 12 * 86_400_000)) }))
    .sort((a, b) => a.arrival - b.arrival);
  for (const { one, arrival } of arriving) {
    line.at(arrival);
    await line.ingest([one]);
  }
  line.at(until);
  const days = ['2026-11-14', '2026-11-20', '2026-11-26'];
  let checked = 0;
  for (const day of days) {
    const { rows } = await list(line, day, day, [], 100_000);
    const listed = new Set(rows.map(({ kpi }) => kpi));
    const figures = Map.groupBy(rows, ({ kpi, dimension }) => JSON.stringify([kpi, dimension]));
    for (const [figure, of] of figures) {
      const [{ closedValue, value } = { closedValue: null, value: null }] = of;
      if (closedValue === null || value === null) expect(of.map(({ difference }) => difference)).toEqual(of.map(() => null));
      else
        expect([figure, of.reduce((sum, { difference }) => sum + (difference ?? NaN), 0)]).toEqual([
          figure,
          expect.closeTo(value - closedValue, 9),
        ]);
    }
    for (const by of [null, 'channel', 'region', 'platform'] as const) {
      const kpis = kpiDefinitions
        .filter(({ id, dimensions }) => listed.has(id) && (by === null || dimensions.includes(by)))
        .map(({ id }) => id);
      if (kpis.length === 0) continue;
      for (const { kpi, dimension, state, value, closedValue } of await values(line, day, by, kpis)) {
        const of = figures.get(JSON.stringify([kpi, dimension])) ?? [];
        // A figure that moved there and back again has restatements that add up to nothing.
        if (state === 'restated') expect(of[0]).toMatchObject({ value, closedValue });
        else expect(of.map((row) => [row.value, row.closedValue])).toEqual(of.map(() => [value, value]));
        checked += 1;
      }
    }
  }
  expect(checked).toBeGreaterThan(50);
  // In pages, every row once.
  const all = await list(line, days[0] ?? '', days[1] ?? '', ['net_sales', 'order_value'], 100_000);
  const seen: Restatement[] = [];
  let cursor: readonly [number, number] | null = null;
  do {
    const page = await list(line, days[0] ?? '', days[1] ?? '', ['net_sales', 'order_value'], 7, cursor);
    expect(page.total).toBe(all.rows.length);
    seen.push(...page.rows);
    const [day, row] = (page.next ?? '').split('.').map(Number);
    cursor = page.next === null ? null : [day ?? NaN, row ?? NaN];
  } while (cursor !== null);
  expect(seen).toEqual(all.rows);
});
