import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grains, type Grain } from '../../../../shared/kpi/types.ts';
import { baseAsOf, elapsedIn, sameElapsed, yearEarlier } from '../../../../server/domain/time/base-period.ts';
import { createCalendar, HOUR_MS } from '../../../../server/domain/time/calendar.ts';
import { parsePeriod, periodOf, previousPeriod } from '../../../../server/domain/time/period.ts';
import { testSeed } from '../../../helpers/seed.ts';

const calendar = createCalendar('Asia/Shanghai');
const seed = testSeed('base periods');
const named = (grain: Grain, name: string) => parsePeriod(grain, name) ?? expect.fail(`no ${grain} ${name}`);
const at = (text: string) => Date.parse(`${text}+08:00`);

describe('[R19] the like period a year before', () => {
  it.each([
    ['day', '2026-11-23', '2025-11-23'],
    ['day', '2028-02-29', '2027-02-28'],
    ['day', '2026-01-01', '2025-01-01'],
    ['week', '2026-W48', '2025-W48'],
    ['week', '2026-W53', '2025-W52'],
    ['week', '2027-W52', '2026-W52'],
    ['week', '2027-W01', '2026-W01'],
    ['month', '2026-11', '2025-11'],
    ['quarter', '2026-Q1', '2025-Q1'],
    ['year', '2026', '2025'],
  ] as const)('of %s %s is %s', (grain, name, earlier) => {
    expect(yearEarlier(named(grain, name)).name).toBe(earlier);
  });

  it('has the same grain and lies 51 to 54 weeks back', () => {
    fc.assert(
      fc.property(fc.constantFrom(...grains), fc.integer({ min: 7_400, max: 40_000 }), (grain, day) => {
        const period = periodOf(grain, day);
        const earlier = yearEarlier(period);
        expect(earlier.grain).toBe(grain);
        expect(period.from - earlier.from).toBeGreaterThanOrEqual(51 * 7);
        expect(period.from - earlier.from).toBeLessThanOrEqual(54 * 7);
      }),
      { seed, numRuns: 500 },
    );
  });
});

describe('[R19] [R27] the same elapsed time', () => {
  const november = named('month', '2026-11');
  const october = previousPeriod(november);

  it('of a running period cuts its base at the base’s start and the time gone', () => {
    expect(elapsedIn(calendar, november, at('2026-11-03T09:30:00'))).toBe((2 * 24 + 9.5) * HOUR_MS);
    expect(baseAsOf(calendar, november, october, at('2026-11-03T09:30:00'))).toBe(at('2026-10-03T09:30:00'));
    expect(baseAsOf(calendar, november, yearEarlier(november), at('2026-11-03T09:30:00'))).toBe(at('2025-11-03T09:30:00'));
  });

  it('of a period that is over cuts nothing, also where the base is shorter', () => {
    expect(elapsedIn(calendar, november, at('2026-12-01T00:00:00'))).toBeNull();
    expect(baseAsOf(calendar, november, october, at('2026-12-01T00:00:00'))).toBeUndefined();
    expect(sameElapsed(calendar, october, null)).toBeUndefined();
  });

  it('before a period begins lies before its base too', () => {
    expect(baseAsOf(calendar, november, october, at('2026-10-31T23:00:00'))).toBe(at('2026-09-30T23:00:00'));
  });

  it('is real time: over a change of clocks the same elapsed time shows another hour', () => {
    const newYork = createCalendar('America/New_York');
    const sunday = named('day', '2026-03-08');
    const noonOfMonday = newYork.startOfDay(sunday.to) + 12 * HOUR_MS;
    const base = baseAsOf(newYork, named('day', '2026-03-09'), sunday, noonOfMonday);
    expect(base).toBe(newYork.startOfDay(sunday.from) + 12 * HOUR_MS);
    expect(newYork.hourOf(base ?? 0)).toBe(13);
  });
});
