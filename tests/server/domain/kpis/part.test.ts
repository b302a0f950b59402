import { describe, expect, it } from 'vitest';
import type { Read } from '../../../../server/domain/kpis/definition.ts';
import { term } from '../../../../server/domain/kpis/figures.ts';
import { measurePlace, sumOfPart, type PartInput } from '../../../../server/domain/kpis/part.ts';
import type { Period } from '../../../../server/domain/time/period.ts';

const period: Period = { grain: 'month', name: '2026-11', from: 20_758, to: 20_788 };
const sales: Read = { ask: 'sums', family: 'sales', unit: 'day', from: 0, to: 1, also: ['channel', 'core'] };
const buyers: Read = { ask: 'distinct', family: 'sales', from: 0, to: 1, of: 'buyer', measure: 'holds' };
const row = (core: string | null, paid: number | bigint, refunded = 0) => ({ also: ['x', core], measures: [paid, refunded] });
const input = (rows: ReturnType<typeof row>[], target?: number): PartInput => ({
  reads: { sales, buyers },
  rows: () => rows,
  distinct: () => ({ count: 7, onSeveralDays: 2 }),
  followed: () => ({ count: 5, followed: 3, known: 4, settled: 1 }),
  target: (_kpi, _period, ofWhole) => (ofWhole ? 1_000 : target),
});
const net = [term('sales', 'sales', 'paid'), term('sales', 'sales', 'refunded', -1)];

describe('the sum of a part', () => {
  it('[KP3] adds and takes away measures over all rows', () => {
    expect(sumOfPart(net, input([row('true', 100, 30), row(null, 5)]))).toBe(75);
    expect(sumOfPart(net, input([]))).toBe(0);
  });
  it('takes rows of some values only', () => {
    const core = term('sales', 'sales', 'paid', 1, { dim: 'core', values: new Set([null]) });
    expect(sumOfPart([core], input([row('true', 100), row(null, 5)]))).toBe(5);
  });
  it('counts things', () => {
    expect(
      sumOfPart(
        [
          { read: 'buyers', count: 'all', factor: 1 },
          { read: 'buyers', count: 'onSeveralDays', factor: -1 },
        ],
        input([]),
      ),
    ).toBe(5);
  });
  it('[I16] stays exact beyond 2^53, also where parts of it cancel', () => {
    const most = 2n ** 53n + 1n;
    expect(sumOfPart(net, input([row('true', most)]))).toBe(most);
    expect(sumOfPart(net, input([row('true', most), row('true', 0, 2)]))).toBe(Number.MAX_SAFE_INTEGER);
    const weighed = [term('sales', 'sales', 'paid', 20)];
    expect(sumOfPart(weighed, input([row('true', 2 ** 50)]))).toBe(20n * 2n ** 50n);
  });
  it('is a share of a target, whole or not, and nothing without one', () => {
    const share = [...net, { target: 'net_sales', period, share: 0.25 }];
    expect(sumOfPart(share, input([row('true', 1)], 10))).toBe(3.5);
    expect(sumOfPart(share, input([row('true', 1)]))).toBeUndefined();
    expect(sumOfPart([{ target: 'budget', period, share: 0.5, ofWhole: true }], input([], 10))).toBe(500);
  });
  it('refuses what is not there, which is a fault of the definition', () => {
    expect(() => sumOfPart([{ ...term('sales', 'sales', 'paid'), read: 'gone' }], input([]))).toThrow('no read is called gone');
    expect(() => measurePlace({ family: 'sales', measure: 'gone' })).toThrow('sales has no measure gone');
    const only = { dim: 'gone', values: new Set<string>() };
    expect(() => sumOfPart([term('sales', 'sales', 'paid', 1, only)], input([]))).toThrow('its read does not group');
  });
});
