/** Bases of days, weeks, months, quarters and years, node against node. */
import { expect, test } from 'vitest';
import { nodeBase } from '../../../../server/domain/nodes/base.ts';
import { parsePeriod, periodOf } from '../../../../server/domain/time/period.ts';
import { formatDay, parseDay } from '../../../../server/domain/time/calendar.ts';
import type { Grain } from '../../../../shared/kpi/types.ts';
import { standardNodes as calendar } from '../../../helpers/nodes.ts';

function baseOf(grain: Grain, name: string) {
  const period = parsePeriod(grain, name);
  if (!period) throw new Error(`${name} is no ${grain}`);
  const base = nodeBase(calendar, period);
  return base && [base.grain, base.name, formatDay(base.from), formatDay(base.to - 1)];
}

test.each<[Grain, string, string, string, string]>([
  ['day', '2026-11-11', '2025-11-11', '2025-11-11', '2025-11-11'],
  ['day', '2026-02-17', '2025-01-29', '2025-01-29', '2025-01-29'],
  // The week of 618, from Monday 15 June: the same days of June.
  ['week', '2026-W25', '2025-06-15/2025-06-21', '2025-06-15', '2025-06-21'],
  // The week of New Year's Day: seven days at the same distance from it.
  ['week', '2026-W08', '2025-01-28/2025-02-03', '2025-01-28', '2025-02-03'],
  // An ordinary week: 52 weeks before, Monday to Sunday.
  ['week', '2026-W29', '2025-W29', '2025-07-14', '2025-07-20'],
  // 春节 2026 is 19 days later than 2025: so are January and February.
  ['month', '2026-01', '2024-12-13/2025-01-12', '2024-12-13', '2025-01-12'],
  ['month', '2026-02', '2025-01-13/2025-02-09', '2025-01-13', '2025-02-09'],
  ['month', '2026-06', '2025-06', '2025-06-01', '2025-06-30'],
  ['quarter', '2026-Q1', '2025-Q1', '2025-01-01', '2025-03-31'],
  ['year', '2026', '2025', '2025-01-01', '2025-12-31'],
])('[ND5] %s %s is compared with %s', (grain, name, base, from, to) => {
  expect(baseOf(grain, name)).toEqual([grain, base, from, to]);
});

test('[ND5] over fifteen years: days, weeks, January and February are as long as their base; the two months touch', () => {
  const first = parseDay('2012-01-02') ?? 0;
  for (let day = first; day < first + 15 * 365; day += 1) {
    for (const grain of ['day', 'week'] as const) {
      const period = periodOf(grain, day);
      const base = nodeBase(calendar, period);
      expect(base && base.to - base.from, period.name).toBe(period.to - period.from);
    }
  }
  for (let year = 2012; year < 2027; year += 1) {
    const [january, february] = ['01', '02'].map((month) => {
      const period = parsePeriod('month', `${year}-${month}`);
      const base = period && nodeBase(calendar, period);
      expect(base && base.to - base.from).toBe(period && period.to - period.from);
      return base;
    });
    expect(january?.to, String(year)).toBe(february?.from);
    const newYear = calendar.ownDay('spring_festival', year - 1) ?? Number.NaN;
    expect(
      [january, february].filter((base) => base && base.from <= newYear && newYear < base.to),
      String(year),
    ).toHaveLength(1);
  }
});

test('[ND5] before the almanac there is no base', () => {
  for (const [grain, name] of [
    ['day', '1990-01-15'],
    ['week', '1990-W10'],
    ['month', '1990-02'],
    ['month', '1990-06'],
    ['year', '1990'],
  ] as const) {
    expect(baseOf(grain, name)).toBeUndefined();
  }
});
