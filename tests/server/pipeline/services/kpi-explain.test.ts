/** What a figure is made of: amounts of facts that add up to it, for every KPI there is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExplainedAmount, KpiExplanation, KpiPart } from '../../../../shared/kpi/explain.ts';
import { kpiDefinitions } from '../../../../server/domain/kpis/registry.ts';
import { isRefusal } from '../../../../server/pipeline/ports/refusal.ts';
import { createKpiInsights } from '../../../../server/pipeline/services/kpi-insights.ts';
import type { KpiExplainQuery } from '../../../../server/pipeline/services/services.ts';
import { answered, cellsOfEveryKpi, openInsights, type AskedCell, type InsightsRig } from '../../../helpers/insights-rig.ts';
import { event, openLine, type Line } from '../../../helpers/line.ts';
import { nodesOf } from '../../../helpers/nodes.ts';
import { seededRandom } from '../../../helpers/random.ts';
import { testSeed } from '../../../helpers/seed.ts';

const first = { where: [], asOf: null, knownAt: null, part: null, limit: 500, cursor: null };

async function pages(explain: (query: KpiExplainQuery) => Promise<KpiExplanation>, query: KpiExplainQuery) {
  const rows: ExplainedAmount[] = [];
  let page = await explain(query);
  const start = page;
  for (;;) {
    rows.push(...page.rows);
    expect(page.rows.length).toBeLessThanOrEqual(query.limit);
    if (page.next === null) return { start, rows };
    page = await explain({ ...query, cursor: page.next });
    expect([page.sum, page.count, page.value]).toEqual([start.sum, start.count, start.value]);
  }
}

describe.each([1, 2, 3])('of generated events, run %i', (run) => {
  const seed = testSeed(`explained KPIs ${run}`);
  const random = seededRandom(seed);
  let rig: InsightsRig;
  beforeAll(async () => {
    rig = await openInsights(seed);
  });
  afterAll(() => rig.line.close());
  const explain = async (query: KpiExplainQuery) => answered(await rig.insights.explain(query));

  async function namesOf({ definition, grain, period, where }: AskedCell): Promise<readonly KpiPart[]> {
    const answer = await rig.insights.explain({ ...first, kpi: definition.id, grain, period, where, limit: 1 });
    if (isRefusal(answer)) {
      if (answer.code === 'not_listed') expect(['spread_conversion', 'word_of_mouth']).toContain(definition.id);
      else expect([answer.code, definition.parts]).toEqual(['no_parts', undefined]);
      return [];
    }
    return answer.part === 'value' ? ['value'] : ['numerator', 'denominator'];
  }

  it('[S7] the rows of every KPI, period and dimension add up to it, and pages of any limit give the same rows', async () => {
    const cells = await cellsOfEveryKpi(rig, random);
    expect(new Set(cells.map(({ definition }) => definition.id)).size).toBe(kpiDefinitions.length);
    let explained = 0;
    for (const cell of cells) {
      for (const part of await namesOf(cell)) {
        const { definition, grain, period, where } = cell;
        const told = `SEED=${seed} ${JSON.stringify({ kpi: definition.id, grain, period, where, part })}`;
        const query = { ...first, kpi: definition.id, grain, period, where, part };
        const { start, rows } = await pages(explain, query);
        const sum = rows.reduce((total, { amount }) => total + amount, 0);
        expect(start.part, told).toBe(part);
        expect(rows.length, told).toBe(start.count);
        if (start.sum !== null) expect(sum, told).toBeCloseTo(start.sum, 3);
        if (start.value[part] !== null && start.sum !== null) expect(start.sum, told).toBeCloseTo(start.value[part], 3);
        expect(new Set(rows.map(({ entity }) => JSON.stringify(entity))).size, told).toBe(rows.length);
        expect(
          rows.every(({ entity, amount }) => amount !== 0 || entity.kind === 'target'),
          told,
        ).toBe(true);
        const withoutEvent = rows.filter(
          ({ entity, event: cause }) => !['target', 'customer'].includes(entity.kind) && !cause?.id?.startsWith('e-'),
        );
        expect(withoutEvent, told).toEqual([]);
        const again = await pages(explain, { ...query, limit: 1 + random.below(7) });
        const odd = (some: readonly ExplainedAmount[], others: readonly ExplainedAmount[]) => {
          const known = new Set(others.map((other) => JSON.stringify(other)));
          return some.filter((one) => !known.has(JSON.stringify(one)));
        };
        expect([odd(rows, again.rows), odd(again.rows, rows)], told).toEqual([[], []]);
        expect(again.rows, told).toEqual(rows);
        explained += rows.length;
      }
    }
    expect(explained).toBeGreaterThan(1_000);
  });

  it('[R21] holds for what had happened and was known at earlier moments', async () => {
    const until = rig.line.clock.now();
    for (const kpi of ['net_sales', 'order_value', 'buyer_value', 'net_sentiment', 'cac']) {
      const moments = { asOf: until - random.below(20) * 86_400_000, knownAt: until - random.below(12) * 3_600_000 };
      const query = { ...first, ...moments, kpi, grain: 'month', period: '2026-11' } as const;
      const { start, rows } = await pages(explain, query);
      const [value] = await rig.values({ kpis: [kpi], ...moments });
      expect(start.value, `SEED=${seed}`).toEqual(value);
      expect(
        rows.reduce((total, { amount }) => total + amount, 0),
        `SEED=${seed} ${kpi}`,
      ).toBe(start.sum);
      for (const { since, receivedAt } of rows) {
        if (since !== null) expect(Date.parse(since)).toBeLessThanOrEqual(moments.asOf);
        if (receivedAt !== null) expect(Date.parse(receivedAt)).toBeLessThanOrEqual(moments.knownAt);
      }
    }
  });
});

describe('of a few orders', () => {
  let line: Line;
  const paid = (orderId: string, time: string, amount: number, more: object = {}) =>
    event('sales.order.paid', time, {
      ...{ orderId, version: 1, buyerId: `b-${orderId}`, channel: '天猫', region: '华东' },
      lines: [{ sku: 'X5', category: '咖啡机', core: true, quantity: 1, amount }],
      ...more,
    });
  const idOf = (sent: object): string => ('id' in sent && typeof sent.id === 'string' ? sent.id : '');
  const order = paid('o1', '2026-11-23T09:00:00+08:00', 1_000);
  const gone = paid('o2', '2026-11-23T09:30:00+08:00', 500);
  const kept = paid('o3', '2026-11-23T09:40:00+08:00', 30);
  const back = event('sales.order.refunded', '2026-11-23T10:00:00+08:00', { refundId: 'r1', orderId: 'o1', version: 1, amount: 1_000 });
  const void2 = event('sales.order.cancelled', '2026-11-23T10:10:00+08:00', { orderId: 'o2', version: 2 });

  beforeAll(async () => {
    line = await openLine({ now: '2026-11-23T09:45:00+08:00' });
    await line.ingest([order, gone, kept]);
    line.at('2026-11-23T10:20:00+08:00');
    await line.ingest([back, void2]);
  });
  afterAll(() => line.close());

  const ask = (query: Partial<KpiExplainQuery>) =>
    createKpiInsights({ reads: line.store.reads, ledger: line.ledger, calendar: line.calendar, clock: line.clock, nodesOf }).explain({
      ...{ ...first, kpi: 'net_sales', grain: 'day', period: '2026-11-23' },
      ...query,
    });

  it('each row says whose it is, when, why, and which event changed it last', async () => {
    const { value, part, sum, count, rows } = answered(await ask({}));
    expect([value.value, part, sum, count]).toEqual([30, 'value', 30, 3]);
    expect(rows).toEqual([
      {
        entity: { kind: 'refund', source: '/test', id: 'r1' },
        at: '2026-11-23T02:00:00.000Z',
        since: '2026-11-23T02:00:00.000Z',
        receivedAt: '2026-11-23T02:20:00.000Z',
        cause: 'refund',
        amount: -1_000,
        event: { source: '/test', id: idOf(back), type: 'sales.order.refunded', time: '2026-11-23T02:00:00.000Z' },
      },
      expect.objectContaining({ entity: { kind: 'order', source: '/test', id: 'o1' }, cause: 'new', amount: 1_000 }),
      expect.objectContaining({ entity: { kind: 'order', source: '/test', id: 'o3' }, cause: 'new', amount: 30 }),
    ]);
    expect(rows.map(({ event: cause }) => cause?.id)).toEqual([back, order, kept].map(idOf));
  });

  it('of a count of orders a refund moved no order that counts, and a fully refunded one is not listed', async () => {
    const { rows, sum } = answered(await ask({ kpi: 'order_value', part: 'denominator' }));
    expect([sum, rows.map(({ entity }) => entity.id)]).toEqual([1, ['o3']]);
    const buyers = answered(await ask({ kpi: 'buyer_value', part: 'denominator' }));
    expect(buyers.rows.map(({ entity, amount, event: cause }) => [entity, amount, cause?.id])).toEqual([
      [{ kind: 'buyer', source: null, id: 'b-o3' }, 1, idOf(kept)],
    ]);
  });

  it('a cursor goes on with what was known on its first page', async () => {
    const start = answered(await ask({ limit: 1 }));
    line.at('2026-11-23T10:30:00+08:00');
    await line.ingest([paid('o1', '2026-11-23T09:00:00+08:00', 4_000, { version: 2 }), paid('o9', '2026-11-23T10:25:00+08:00', 7)]);
    const rest = answered(await ask({ limit: 500, cursor: start.next }));
    expect([...start.rows, ...rest.rows].map(({ amount }) => amount)).toEqual([-1_000, 1_000, 30]);
    expect([rest.value.value, rest.sum, rest.count, rest.next]).toEqual([30, 30, 3, null]);
    expect(answered(await ask({})).sum).toBe(3_037);
  });

  it.each([
    [{ kpi: 'nett_sales' }, 'unknown_kpi', 'kpi', 'net_sales'],
    [{ period: '2026-13-01' }, 'bad_period', 'period', '2026-11-23'],
    [{ where: [{ dim: 'chanel', value: 'a' }] }, 'unknown_dimension', 'where', 'channel'],
    [{ where: [{ dim: 'platform', value: 'a' }] }, 'dimension_not_of_kpi', 'where', 'region'],
    [{ part: 'top' }, 'unknown_part', 'part', 'value'],
    [{ part: 'numerator' }, 'unknown_part', 'part', 'value'],
    [{ kpi: 'order_value', part: 'value' }, 'unknown_part', 'part', 'numerator, denominator'],
    [{ cursor: 'x' }, 'bad_cursor', 'cursor', 'first page'],
    [{ kpi: 'sales_landing_low' }, 'no_parts', 'kpi', 'net_sales'],
  ])('%j is refused as %s of %s', async (query, code, path, listed) => {
    const answer = await ask(query);
    expect(answer).toMatchObject({ refused: true, status: 400, code, path });
    expect(isRefusal(answer) && answer.detail).toContain(listed);
  });

  it('a cursor of another question is refused', async () => {
    const { next } = answered(await ask({ limit: 1 }));
    expect(await ask({ limit: 1, kpi: 'order_value', cursor: next })).toMatchObject({ code: 'bad_cursor', path: 'cursor' });
  });
});
