/** The plan of a node's day and month: learnt from the same days of the node the times before. */
import { describe, expect, it } from 'vitest';
import type { CellSum } from '../../../../server/domain/kpis/definition.ts';
import { curveOf, pastReads } from '../../../../server/domain/kpis/sales-past.ts';
import { families } from '../../../../server/domain/ledger/registry.ts';
import { nodeDaysOf } from '../../../../server/domain/nodes/nodes.ts';
import { targetBook } from '../../../../server/domain/targets/book.ts';
import { learnNodeFactors } from '../../../../server/domain/targets/node-factors.ts';
import { createCalendar, parseDay } from '../../../../server/domain/time/calendar.ts';
import { periodOf, type Period } from '../../../../server/domain/time/period.ts';
import { generatedNodes, generateSales, shapeOf, type GeneratedSales } from '../../../helpers/generated-sales.ts';
import { standardNodes } from '../../../helpers/nodes.ts';

const seed = Number(process.env['SEED'] ?? 7);
const day = (text: string): number => parseDay(text) ?? 0;
const nodeDays = nodeDaysOf(standardNodes);
const withNodes = createCalendar('Asia/Shanghai', nodeDays);
const without = createCalendar('Asia/Shanghai');
const FIRST = day('2024-06-01');
const sales = generateSales(seed, FIRST, day('2026-12-01') - FIRST);

/** A channel with sales of its own, of so many orders an hour or a day. */
interface Channel {
  readonly sales: Pick<GeneratedSales, 'hours' | 'days'>;
  readonly orders: number;
}

function curve(calendar: typeof withNodes, period: Period, asOf: number, channel?: Channel) {
  const target = { kpi: 'net_sales', grain: period.grain, period: period.name, value: 1, owner: 'o', reason: 'r' };
  const context = { calendar, period, asOf, targets: targetBook([target], asOf), dimensions: channel ? ['channel'] : [] };
  const reads = pastReads(context);
  const rows = (name: string): CellSum[] => {
    const read = reads[name];
    if (!read) return [];
    const part = read.ofWhole ? undefined : channel;
    const { hours, days } = part?.sales ?? sales;
    const of = read.unit === 'hour' ? hours : days;
    return Array.from({ length: read.to - read.from }, (_, i) => read.from + i).flatMap((bucket) => {
      const net = of.get(bucket);
      const values: Record<string, number> = { paid: net ?? 0, orders: part?.orders ?? 500 };
      return net === undefined ? [] : [{ bucket, also: [], measures: families.sales.measures.map((measure) => values[measure] ?? 0) }];
    });
  };
  return curveOf({ rows }, context);
}

describe('[KP6] the plan of a node', () => {
  it.each(['2026-06-18', '2026-11-11'])('of %s has the hours of the same day of the node before, not those of a plain weekday', (text) => {
    const period = periodOf('day', day(text));
    const asOf = withNodes.startOfDay(period.from) + 3_600_000;
    const shape = shapeOf(period.from, generatedNodes);
    const whole = shape.reduce((sum, part) => sum + part, 0);
    const off = (calendar: typeof withNodes) =>
      (curve(calendar, period, asOf).hours ?? []).reduce((sum, share, hour) => sum + Math.abs(share - (shape[hour] ?? 0) / whole), 0);
    expect(off(withNodes)).toBeLessThan(off(without));
    // The rush at midnight is in the plan of the first hour.
    expect(curve(withNodes, period, asOf).due).toBeGreaterThan(1.3 * curve(without, period, asOf).due);
  });
  it('of a month with a node gives its day the weight it had, and an ordinary day has the plan it had without nodes', () => {
    const november = periodOf('month', day('2026-11-01'));
    const due = (calendar: typeof withNodes, on: string) => curve(calendar, november, calendar.startOfDay(day(on))).due;
    const dayOf = (calendar: typeof withNodes) => due(calendar, '2026-11-12') - due(calendar, '2026-11-11');
    // Five usual days of 34.
    expect(dayOf(withNodes)).toBeGreaterThan(0.11);
    expect(dayOf(without)).toBeLessThan(0.05);
    const plain = periodOf('day', day('2026-09-15'));
    const noon = withNodes.startOfDay(plain.from) + 12 * 3_600_000;
    expect(curve(withNodes, plain, noon).due).toBeCloseTo(curve(without, plain, noon).due, 2);
  });
});

describe('[KP6] the plan of a channel on a node', () => {
  const november = periodOf('month', day('2026-11-01'));
  const own = generateSales(seed + 1, FIRST, day('2026-12-01') - FIRST);
  /** Sells on days of nodes as on any other. */
  const flat = (): Channel['sales'] => {
    const usual = (on: number, net: number): number => Math.round(net / generatedNodes.of(on));
    const days = new Map([...own.days].map(([one, net]) => [one, usual(one, net)]));
    return { days, hours: new Map([...own.hours].map(([hour, net]) => [hour, usual(Math.floor(hour / 24), net)])) };
  };
  const due = (channel: Channel, on: string) => curve(withNodes, november, withNodes.startOfDay(day(on)), channel);
  const dayOf = (channel: Channel): number => due(channel, '2026-11-12').due - due(channel, '2026-11-11').due;

  it('weighs the day as the channel sold on it before, as far as it sold enough', () => {
    expect(dayOf({ sales: own, orders: 500 })).toBeGreaterThan(0.11);
    expect(dayOf({ sales: flat(), orders: 500 })).toBeLessThan(0.05);
    expect(due({ sales: own, orders: 500 }, '2026-11-02').nodesFrom).toBe('own');
    expect(due({ sales: flat(), orders: 500 }, '2026-11-02').nodesFrom).not.toBe('whole');
  });
  it('weighs it as the whole did where the channel sold too little, or is younger than the node, and says so', () => {
    const young = { days: new Map([...own.days].filter(([one]) => one >= day('2026-05-01'))), hours: own.hours };
    for (const channel of [
      { sales: flat(), orders: 3 },
      { sales: young, orders: 500 },
    ]) {
      expect(dayOf(channel)).toBeGreaterThan(0.11);
      expect(due(channel, '2026-11-02')).toMatchObject({ method: 'learnt', nodesFrom: 'whole' });
    }
  });
  it.each([
    ['of its own', 500, 'own'],
    ['of the whole', 20, 'whole'],
  ])('has the hours %s on the same day of the node before', (_of, orders) => {
    const period = periodOf('day', day('2026-11-11'));
    const asOf = withNodes.startOfDay(period.from) + 3_600_000;
    const channel: Channel = { sales: own, orders };
    // The rush at midnight is in the plan of the first hour.
    expect(curve(withNodes, period, asOf, channel).due).toBeGreaterThan(1.3 * curve(without, period, asOf, channel).due);
  });
  it('of a day of no node, and of a month without one, is that of its weekdays', () => {
    const plain = periodOf('day', day('2026-09-15'));
    const noon = withNodes.startOfDay(plain.from) + 12 * 3_600_000;
    const channel: Channel = { sales: own, orders: 500 };
    expect(curve(withNodes, plain, noon, channel).due).toBe(curve(without, plain, noon, channel).due);
    expect(curve(withNodes, plain, noon, channel).nodesFrom).toBeUndefined();
  });
});

describe('[KP6] what days of nodes are worth', () => {
  it('is learnt from the last two times against the ordinary days of the weekday about them', () => {
    const today = day('2026-11-01');
    const factors = learnNodeFactors(nodeDays, sales.days, today);
    const near = (text: string, times: number) => expect(Math.abs(Math.log(factors.of(day(text)) / times))).toBeLessThan(0.45);
    near('2026-11-11', 5);
    near('2026-06-18', 4);
    expect(factors.of(day('2026-11-04'))).toBe(1);
    expect(factors.of(day('2026-11-18'))).toBe(1);
    expect(factors.like(day('2026-11-11'))).toEqual([day('2025-11-11'), day('2024-11-11')]);
    expect(factors.like(day('2026-11-18'))).toEqual([]);
  });
  it('is that of a usual day where the node was never sold through', () => {
    const young = new Map([...sales.days].filter(([one]) => one >= day('2026-08-01')));
    expect(learnNodeFactors(nodeDays, young, day('2026-11-01')).of(day('2026-11-11'))).toBe(1);
  });
});
