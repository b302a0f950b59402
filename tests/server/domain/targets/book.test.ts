import { describe, expect, it } from 'vitest';
import { targetBook, targetKey } from '../../../../server/domain/targets/book.ts';
import { salesPlan } from '../../../../server/domain/targets/sales-plan.ts';
import { createCalendar, parseDay } from '../../../../server/domain/time/calendar.ts';
import type { Target } from '../../../../shared/kpi/targets.ts';

const calendar = createCalendar('Asia/Shanghai');
const day = (text: string) => parseDay(text) as number;
const now = Date.parse('2026-11-23T06:00:00Z');
const target = (more: Partial<Target>): Target => ({
  kpi: 'net_sales',
  grain: 'month',
  period: '2026-11',
  value: 1,
  owner: '陈放',
  reason: '年度计划',
  ...more,
});

describe('[R22] targets in force', () => {
  it('are one per KPI, grain, period and dimension', () => {
    const book = targetBook([target({ value: 1 }), target({ value: 2 }), target({ value: 3, dimension: { channel: '天猫' } })], now);
    expect(book.value({ kpi: 'net_sales', grain: 'month', period: '2026-11' })).toBe(2);
    expect(book.value({ kpi: 'net_sales', grain: 'month', period: '2026-11', dimension: {} })).toBe(2);
    expect(book.value({ kpi: 'net_sales', grain: 'month', period: '2026-11', dimension: { channel: '天猫' } })).toBe(3);
    expect(book.value({ kpi: 'net_sales', grain: 'month', period: '2026-11', dimension: { channel: '京东' } })).toBeUndefined();
    expect(book.value({ kpi: 'net_sales', grain: 'month', period: '2026-11', dimension: { channel: null } })).toBeUndefined();
    expect(book.value({ kpi: 'net_sales', grain: 'quarter', period: '2026-11' })).toBeUndefined();
  });

  it('hold from the instant they say: a later one waits, whatever the order they were set in', () => {
    const later = target({ value: 9, effectiveFrom: '2026-11-24T00:00:00+08:00' });
    const first = target({ value: 5, effectiveFrom: '2026-11-01T00:00:00+08:00' });
    const second = target({ value: 6, effectiveFrom: '2026-11-20T00:00:00+08:00' });
    const value = (targets: Target[], at: number) => targetBook(targets, at).value({ kpi: 'net_sales', grain: 'month', period: '2026-11' });
    expect(value([later, second, first], now)).toBe(6);
    expect(value([first, second, later], now + 86_400_000)).toBe(9);
    expect(value([later], now)).toBeUndefined();
  });

  it('are found by the same key however the dimension is written', () => {
    const a = targetKey(target({ dimension: { channel: '天猫', region: '华东' } }));
    const b = targetKey(target({ dimension: { region: '华东', channel: '天猫' } }));
    expect(a).toBe(b);
    expect(a).not.toBe(targetKey(target({ dimension: { channel: '华东', region: '天猫' } })));
  });
});

describe('[R22] growth', () => {
  it('is held against the plan’s own figures until somebody sets others, in the whole only', () => {
    const growth = (targets: Target[], kpi: string, grain: 'month' | 'quarter', dimension?: Record<string, string>) =>
      targetBook(targets, now).value({ kpi, grain, period: grain === 'month' ? '2026-11' : '2026-Q4', dimension });
    expect(growth([], 'growth.organic_visits', 'quarter')).toBe(0.15);
    expect(growth([], 'growth.new_customers', 'quarter')).toBe(0.2);
    expect(growth([], 'growth.valid_leads', 'month')).toBe(0.2);
    expect(growth([], 'growth.valid_leads', 'quarter')).toBeUndefined();
    expect(growth([], 'growth.net_sales', 'month')).toBeUndefined();
    expect(growth([], 'growth.valid_leads', 'month', { channel: '天猫' })).toBeUndefined();
    expect(growth([target({ kpi: 'growth.valid_leads', value: 0.1 })], 'growth.valid_leads', 'month')).toBe(0.1);
  });
});

describe("[KP6] a day's plan", () => {
  it('is its own target, else its even share of the month', () => {
    const month = target({ value: 3_000_000 });
    const own = target({ grain: 'day', period: '2026-11-23', value: 70_000 });
    expect(salesPlan(targetBook([month, own], now), calendar, 'day', day('2026-11-23'))).toEqual({ value: 70_000, basis: 'own' });
    expect(salesPlan(targetBook([month, own], now), calendar, 'day', day('2026-11-24'))).toEqual({ value: 100_000, basis: 'month_share' });
    expect(salesPlan(targetBook([month], now), calendar, 'day', day('2026-12-01'))).toBeNull();
    expect(salesPlan(targetBook([month], now), calendar, 'day', day('2026-11-24'), { channel: '天猫' })).toBeNull();
  });

  it('follows from a quarter’s or a year’s target too, the nearest longer one first; a month and a quarter have plans likewise', () => {
    const year = target({ grain: 'year', period: '2026', value: 36_500_000 });
    const quarter = target({ grain: 'quarter', period: '2026-Q4', value: 9_200_000 });
    const plan = (targets: Target[], grain: 'day' | 'month' | 'quarter', on: string) =>
      salesPlan(targetBook(targets, now), calendar, grain, day(on));
    expect(plan([year], 'day', '2026-02-03')).toEqual({ value: 100_000, basis: 'year_share' });
    expect(plan([year], 'month', '2026-02-03')).toEqual({ value: 2_800_000, basis: 'year_share' });
    expect(plan([year], 'quarter', '2026-02-03')).toEqual({ value: 9_000_000, basis: 'year_share' });
    expect(plan([year, quarter], 'month', '2026-11-01')).toEqual({ value: 3_000_000, basis: 'quarter_share' });
    expect(plan([year, quarter], 'day', '2026-12-31')).toEqual({ value: 100_000, basis: 'quarter_share' });
    expect(plan([quarter], 'quarter', '2026-12-31')).toEqual({ value: 9_200_000, basis: 'own' });
    expect(plan([quarter], 'month', '2026-09-30')).toBeNull();
    expect(plan([target({ grain: 'week', period: '2026-W48', value: 7 })], 'day', '2026-11-24')).toBeNull();
  });

  it('shares add up to the month where a day has 23 hours', () => {
    const newYork = createCalendar('America/New_York');
    const book = targetBook([target({ period: '2026-03', value: 743_000 })], now);
    const shares = Array.from({ length: 31 }, (_, i) => salesPlan(book, newYork, 'day', day('2026-03-01') + i)?.value ?? 0);
    expect(shares[7]).toBeCloseTo(23_000, 6);
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(743_000, 6);
  });
});
