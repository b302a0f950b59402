import { describe, expect, it } from 'vitest';
import { readingsBook, type ReadingsVersion } from '../../../../server/domain/targets/readings-book.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { defaultReadings, readings } from '../../../../shared/kpi/readings.ts';

const calendar = createCalendar('Asia/Shanghai');
const day = (text: string) => calendar.parseDay(text) ?? NaN;
const at = (text: string) => Date.parse(text);
const version = (number: number, conversionDays: number, effectiveFrom: string, setAt = effectiveFrom): ReadingsVersion => ({
  version: number,
  value: { conversionDays },
  effectiveFrom: at(effectiveFrom),
  setAt: at(setAt),
});

describe('readings in force', () => {
  it('are the defaults until somebody sets them', () => {
    expect(readingsBook([], calendar, at('2026-11-29T00:00:00Z')).on(day('2026-11-01'))).toEqual({ readings: defaultReadings, version: 0 });
    expect(defaultReadings).toMatchObject({ leadDuplicateDays: 90, conversionDays: 30, lateHours: 48, cacExcludedKinds: ['training'] });
    expect(defaultReadings.spreadWeights).toEqual({ reads: 1, likes: 5, shares: 20 });
  });

  it('[R28] hold from the business day of their effective date on: an earlier period keeps its rule', () => {
    const history = [version(1, 60, '2026-11-10T15:00:00+08:00'), version(2, 90, '2026-12-01T00:00:00+08:00', '2026-11-20T09:00:00+08:00')];
    const book = readingsBook(history, calendar, at('2026-12-05T00:00:00Z'));
    const found = ['2026-11-01', '2026-11-09', '2026-11-10', '2026-11-30', '2026-12-01'].map((text) => book.on(day(text)));
    expect(found.map(({ version: number, readings: { conversionDays } }) => [number, conversionDays])).toEqual([
      [0, 30],
      [0, 30],
      [1, 60],
      [1, 60],
      [2, 90],
    ]);
    expect(found[4]?.readings.leadDuplicateDays).toBe(90);
  });

  it('[R28] of versions set later nothing is known; of two with one effective date the later word stands', () => {
    const history = [version(1, 60, '2026-11-01T00:00:00+08:00'), version(2, 45, '2026-11-01T00:00:00+08:00', '2026-12-03T10:00:00+08:00')];
    const on = (knownAt: string) => readingsBook(history, calendar, at(knownAt)).on(day('2026-11-01'));
    expect(on('2026-12-03T09:59:59+08:00')).toMatchObject({ version: 1, readings: { conversionDays: 60 } });
    expect(on('2026-12-03T10:00:00+08:00')).toMatchObject({ version: 2, readings: { conversionDays: 45 } });
  });

  it('a field nobody knows is refused, and so is a part of brand health without a range', () => {
    expect(readings.safeParse({ conversionDay: 3 }).success).toBe(false);
    expect(readings.safeParse({ brandHealth: { wordOfMouth: { weight: 1, floor: 0.2, goal: 0.2 } } }).success).toBe(false);
  });
});
