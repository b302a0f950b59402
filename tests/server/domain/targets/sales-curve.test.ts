/** How a plan is spread over its period: learnt, by hand, even. */
import { describe, expect, it } from 'vitest';
import { usualDays, type DayFactors } from '../../../../server/domain/targets/day-factors.ts';
import { learnDayWeights } from '../../../../server/domain/targets/day-weights.ts';
import { elapsedHours } from '../../../../server/domain/targets/elapsed-hours.ts';
import { leastOfPart, leastOfWhole } from '../../../../server/domain/targets/hour-shares.ts';
import { pace } from '../../../../server/domain/targets/plan.ts';
import { predictiveQuantile } from '../../../../server/domain/targets/quantile.ts';
import { partsOf, salesCurve, type CurveMoment, type SalesPast } from '../../../../server/domain/targets/sales-curve.ts';
import { createCalendar, parseDay } from '../../../../server/domain/time/calendar.ts';
import { elapsedShare, periodOf, type Period } from '../../../../server/domain/time/period.ts';
import { generatedNodes, generateSales, shapeOf } from '../../../helpers/generated-sales.ts';

const seed = Number(process.env['SEED'] ?? 7);
const calendar = createCalendar('Asia/Shanghai');
const HOUR = 3_600_000;
const day = (text: string) => parseDay(text) ?? 0;
const monday = periodOf('day', day('2026-11-23'));
const moment = (period: Period, asOf: number, more: Partial<CurveMoment> = {}): CurveMoment => ({
  ...{ calendar, period, asOf, factors: usualDays, byHand: undefined, least: leastOfWhole },
  ...more,
});
const knownOf = (days: number, orders = 50_000, until = monday.from): SalesPast => ({ ...generateSales(seed, until - days, days), orders });
const at = (hour: number) => calendar.startOfDay(monday.from) + hour * HOUR;

describe('[K2] pace', () => {
  it('is actual ÷ planned to date, and none before anything is due and for a target of nothing', () => {
    expect(pace(320_000, 1_000_000, 0.4)).toBe(0.8);
    expect(pace(0, 1_000_000, 0)).toBeNull();
    expect(pace(5, 0, 0.5)).toBeNull();
  });
});

describe('[KP6] the plan of a day', () => {
  it('has the hours of its weekday, learnt within two points of the truth, and adds up to 1', () => {
    const curve = salesCurve(moment(monday, at(9)), knownOf(56));
    const shape = shapeOf(monday.from, usualDays);
    const whole = shape.reduce((sum, part) => sum + part, 0);
    expect(curve.method).toBe('learnt');
    curve.hours?.forEach((share, hour) => expect(Math.abs(share - (shape[hour] ?? 0) / whole)).toBeLessThan(0.02));
    expect(curve.hours?.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });
  it('is even, and says so, with less than 14 days or 200 orders; a part of the business needs four same weekdays and 100', () => {
    for (const known of [knownOf(13), knownOf(56, 199), { hours: new Map(), orders: 0, days: new Map() }]) {
      expect(salesCurve(moment(monday, at(6)), known)).toMatchObject({ method: 'even', due: 0.25 });
    }
    const mondays = (weeks: number, orders: number): SalesPast => {
      const { hours } = generateSales(seed, monday.from - 56, 56);
      const from = (hour: number) => (monday.from - Math.floor(hour / 24)) % 7 === 0 && hour >= (monday.from - weeks * 7) * 24;
      return { hours: new Map([...hours].filter(([hour]) => from(hour))), orders, days: new Map() };
    };
    expect(salesCurve(moment(monday, at(6), { least: leastOfPart }), mondays(3, 500)).method).toBe('even');
    expect(salesCurve(moment(monday, at(6), { least: leastOfPart }), mondays(4, 99)).method).toBe('even');
    expect(salesCurve(moment(monday, at(6), { least: leastOfPart }), mondays(4, 100)).method).toBe('learnt');
  });
  it('days without a sale are no measurement of nothing sold, and more refunds than sales in an hour is no share', () => {
    const known = knownOf(56);
    const hours = new Map(known.hours);
    for (let d = monday.from - 56; d < monday.from - 30; d++) for (let h = 0; h < 24; h++) hours.delete(d * 24 + h);
    for (let d = monday.from - 30; d < monday.from; d++) hours.set(d * 24 + 3, -1);
    const curve = salesCurve(moment(monday, at(6)), { ...known, hours });
    expect(curve.method).toBe('learnt');
    expect(curve.hours?.every((share) => share >= 0)).toBe(true);
  });
  it('does not depend on the size of days: one of ten times the sales moves no hour by more than a point', () => {
    const known = knownOf(56);
    const hours = new Map(known.hours);
    for (let h = 0; h < 24; h++) hours.set((monday.from - 7) * 24 + h, 10 * (known.hours.get((monday.from - 7) * 24 + h) ?? 0));
    const [usual, large] = [known, { ...known, hours }].map((past) => salesCurve(moment(monday, at(6)), past).hours ?? []);
    usual?.forEach((share, hour) => expect(share).toBeCloseTo(large?.[hour] ?? NaN, 9));
  });
  it('an unusual day has the shape of those it is like', () => {
    const node = periodOf('day', day('2026-11-11'));
    const sales = generateSales(seed, day('2025-06-01'), node.from - day('2025-06-01'));
    const start = calendar.startOfDay(node.from);
    const known = { ...sales, orders: 50_000 };
    const usual = salesCurve(moment(node, start + HOUR), known);
    const asNode = salesCurve(moment(node, start + HOUR, { factors: generatedNodes }), known);
    expect(asNode.hours?.[0]).toBeGreaterThan(1.3 * (usual.hours?.[0] ?? 1));
  });
  it('by hand: the weights of the target', () => {
    const byHand = [...Array<number>(12).fill(0), ...Array<number>(12).fill(5)];
    expect(salesCurve(moment(monday, at(9), { byHand }), knownOf(56))).toMatchObject({ method: 'by_hand', due: 0 });
    expect(salesCurve(moment(monday, at(18), { byHand }), knownOf(56)).due).toBeCloseTo(0.5, 9);
  });
});

describe('[KP6] the plan of a month, a quarter and a year', () => {
  const month = periodOf('month', monday.from);
  it('follows the weekdays, and today its hours', () => {
    const known = knownOf(400);
    const due = (asOf: number) => salesCurve(moment(month, asOf), known).due;
    const whole = (d: number) => due(calendar.startOfDay(d + 1)) - due(calendar.startOfDay(d));
    const saturday = day('2026-11-21');
    expect(salesCurve(moment(month, at(9)), known).method).toBe('learnt');
    expect(whole(saturday) / whole(saturday - 4)).toBeGreaterThan(1.1);
    const morning = due(at(6)) - due(at(0));
    expect(morning / whole(monday.from)).toBeLessThan(0.2);
    expect(due(calendar.startOfDay(month.from))).toBe(0);
    expect(due(calendar.startOfDay(month.to))).toBe(1);
  });
  it('a day of a known multiple takes that many days of the plan', () => {
    const doubleEleven: DayFactors = { of: (d) => (d === day('2026-11-11') ? 5 : 1), like: () => [] };
    const known = knownOf(400, 50_000, day('2026-11-10'));
    const due = (on: number) => salesCurve(moment(month, calendar.startOfDay(on), { factors: doubleEleven }), known).due;
    expect((due(day('2026-11-12')) - due(day('2026-11-11'))) / (due(day('2026-11-11')) - due(day('2026-11-10')))).toBeGreaterThan(4);
  });
  it('is even with less than four weeks', () => {
    const asOf = at(12);
    expect(salesCurve(moment(month, asOf), knownOf(20))).toMatchObject({ method: 'even', due: elapsedShare(calendar, month, asOf) });
  });
  it('by hand: days of a month, months of a quarter and of a year', () => {
    expect(['day', 'week', 'month', 'quarter', 'year'].map((grain) => partsOf(periodOf(grain as 'day', monday.from)))).toEqual([
      24, 7, 30, 3, 12,
    ]);
    const byHand = [1, 0, 1];
    const quarter = periodOf('quarter', monday.from);
    const due = (on: string) => salesCurve(moment(quarter, calendar.startOfDay(day(on)), { byHand }), knownOf(56)).due;
    expect(due('2026-11-01')).toBeCloseTo(0.5, 9);
    expect(due('2026-12-01')).toBeCloseTo(0.5, 9);
    const onlyThird = Array.from({ length: 30 }, (_, i) => (i === 2 ? 1 : 0));
    expect(salesCurve(moment(month, calendar.startOfDay(day('2026-11-04')), { byHand: onlyThird }), knownOf(56)).due).toBe(1);
  });
});

describe('[KP1] hours of a day that clocks change in', () => {
  it('are over by real time: the hour that comes twice takes two, the one left out none', () => {
    const newYork = createCalendar('America/New_York');
    const back = day('2026-11-01');
    const start = newYork.startOfDay(back);
    expect(elapsedHours(newYork, back, start + 2 * HOUR).slice(0, 3)).toEqual([1, 0.5, 0]);
    expect(elapsedHours(newYork, back, start + 25 * HOUR)).toEqual(Array<number>(24).fill(1));
    const forward = day('2026-03-08');
    const early = newYork.startOfDay(forward);
    expect(elapsedHours(newYork, forward, early + 2 * HOUR).slice(0, 4)).toEqual([1, 1, 1, 0]);
    expect(elapsedHours(newYork, forward, early + 1.5 * HOUR).slice(0, 4)).toEqual([1, 0.5, 0, 0]);
  });
});

describe('day weights', () => {
  it('[KP6] learn the place in the month once a year of it is known', () => {
    const days = new Map<number, number>();
    for (let d = monday.from - 400; d < monday.from; d++) {
      const date = new Date(d * 86_400_000).getUTCDate();
      days.set(d, date >= 14 && date <= 16 ? 2_000 : 1_000);
    }
    const weights = learnDayWeights(days, monday.from, usualDays);
    expect(weights?.(day('2026-12-15'))).toBeGreaterThan(1.2 * (weights?.(day('2026-12-22')) ?? 9));
    expect(learnDayWeights(new Map([...days].filter(([d]) => d > monday.from - 20)), monday.from, usualDays)).toBeNull();
  });
});

describe('[R24] predictive quantiles', () => {
  it('leave out as many of the next draws as they say: rank p × (n + 1)', () => {
    const values = Array.from({ length: 9 }, (_, i) => i + 1);
    expect(predictiveQuantile(values, 0.1)).toBeCloseTo(1, 12);
    expect(predictiveQuantile(values, 0.9)).toBeCloseTo(9, 12);
    expect(predictiveQuantile([1, 2, 3, 4], 0.1)).toBeCloseTo(0.5, 12);
    expect(predictiveQuantile([7], 0.9)).toBe(7);
  });
});
