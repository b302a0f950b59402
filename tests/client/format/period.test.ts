import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysBefore, grainOf, neighbour, periodDays, periodLabel, periodNameAt } from '../../../client/format/period.ts';
import { grains } from '../../../shared/kpi/types.ts';
import { periodOf } from '../../../server/domain/time/period.ts';

const day = (n: number): string => new Date(n * 86_400_000).toISOString().slice(0, 10);

describe('names of periods in addresses', () => {
  it('are those of the server, whatever the day, and give its days back', () => {
    fc.assert(
      fc.property(fc.constantFrom(...grains), fc.integer({ min: 8_000, max: 30_000 }), (grain, n) => {
        const theirs = periodOf(grain, n);
        expect(periodNameAt(grain, day(n))).toBe(theirs.name);
        expect(grainOf(theirs.name)).toBe(grain);
        expect(periodDays(theirs.name)).toEqual({ grain, start: day(theirs.from), end: day(theirs.to) });
        expect(neighbour(neighbour(theirs.name, 1), -1)).toBe(theirs.name);
      }),
    );
  });

  it('that name nothing have no days, and no neighbour but themselves', () => {
    for (const name of ['', '2026-13', '2026-W54', '2026-02-30', '2026-Q5', 'November']) {
      expect(periodDays(name), name).toBeUndefined();
      expect(neighbour(name, 1), name).toBe(name);
    }
  });

  it('are said in the words of people', () => {
    expect(periodLabel('2026-11', 'zh-CN')).toBe('2026年11月');
    expect(periodLabel('2026-W48', 'en')).toBe('2026-W48 · Nov 23 – Nov 29');
    expect(daysBefore('2026-03-01', 1)).toBe('2026-02-28');
  });
});
