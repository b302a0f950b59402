import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testSeed } from '../../../helpers/seed.ts';
import { createCalendar, formatDay, parseDay } from '../../../../server/domain/time/calendar.ts';
import { elapsedShare, likePeriods, parsePeriod, periodOf, previousPeriod } from '../../../../server/domain/time/period.ts';
import { grains, type Grain } from '../../../../shared/kpi/types.ts';

const seed = testSeed('periods');
const day = (text: string) => parseDay(text) as number;
const days = (grain: Grain, text: string) => {
  const p = parsePeriod(grain, text);
  return p && `${formatDay(p.from)} ${formatDay(p.to)}`;
};

describe('[KP2] periods', () => {
  it.each([
    ['day', '2026-11-23', '2026-11-23 2026-11-24'],
    ['day', '2024-02-29', '2024-02-29 2024-03-01'],
    ['week', '2026-W48', '2026-11-23 2026-11-30'],
    ['week', '2026-W53', '2026-12-28 2027-01-04'],
    ['week', '2027-W01', '2027-01-04 2027-01-11'],
    ['week', '2025-W01', '2024-12-30 2025-01-06'],
    ['month', '2026-11', '2026-11-01 2026-12-01'],
    ['month', '2028-02', '2028-02-01 2028-03-01'],
    ['month', '2026-12', '2026-12-01 2027-01-01'],
    ['quarter', '2026-Q4', '2026-10-01 2027-01-01'],
    ['year', '2026', '2026-01-01 2027-01-01'],
  ] as const)('%s %s is %s', (grain, text, want) => {
    expect(days(grain, text)).toBe(want);
  });

  it.each([
    ['day', '2026-02-29'],
    ['day', '2026-11'],
    ['week', '2025-W53'],
    ['week', '2026-W00'],
    ['week', '2026-W54'],
    ['week', '2026-48'],
    ['month', '2026-13'],
    ['month', '2026-00'],
    ['month', '2026'],
    ['quarter', '2026-Q5'],
    ['quarter', '2026-Q0'],
    ['year', '26'],
    ['year', '0026'],
    ['quarter', '0026-Q1'],
    ['year', '2026-01'],
  ] as const)('%s %s is none', (grain, text) => {
    expect(parsePeriod(grain, text)).toBeUndefined();
  });

  it('tile the days without gap or overlap, and read back as they are written', () => {
    fc.assert(
      fc.property(fc.constantFrom(...grains), fc.integer({ min: 0, max: 50_000 }), (grain, n) => {
        const period = periodOf(grain, n);
        expect(period.from <= n && n < period.to).toBe(true);
        expect(parsePeriod(grain, period.name)).toEqual(period);
        expect(periodOf(grain, period.to).from).toBe(period.to);
        expect(previousPeriod(period).to).toBe(period.from);
      }),
      { seed, numRuns: 3_000 },
    );
  });

  it('alike in the past: weekdays for days, the ones before for the rest', () => {
    expect(likePeriods(periodOf('day', day('2026-11-23'))).map((p) => p.name)).toEqual([
      '2026-11-16',
      '2026-11-09',
      '2026-11-02',
      '2026-10-26',
      '2026-10-19',
      '2026-10-12',
      '2026-10-05',
      '2026-09-28',
    ]);
    const months = likePeriods(periodOf('month', day('2026-02-10'))).map((p) => p.name);
    expect([months[0], months[1], months.at(-1), months.length]).toEqual(['2026-01', '2025-12', '2025-02', 12]);
  });

  it('elapse continuously, in real time', () => {
    const shanghai = createCalendar('Asia/Shanghai');
    const november = periodOf('month', day('2026-11-01'));
    expect(elapsedShare(shanghai, november, Date.parse('2026-10-31T15:59:59.999Z'))).toBe(0);
    expect(elapsedShare(shanghai, november, Date.parse('2026-11-10T16:00:00Z'))).toBe(10 / 30);
    expect(elapsedShare(shanghai, november, Date.parse('2026-11-30T16:00:00Z'))).toBe(1);
    const newYork = createCalendar('America/New_York');
    const springForward = periodOf('day', day('2026-03-08'));
    expect(elapsedShare(newYork, springForward, Date.parse('2026-03-08T12:00:00-04:00'))).toBe(11 / 23);
  });
});
