/** Days of nodes, workdays, and the day a year earlier a day is held against. */
import { expect, test } from 'vitest';
import { holidays } from '../../../../shared/kpi/holidays.ts';
import { nodes } from '../../../../server/domain/nodes/list.ts';
import { yearOf } from '../../../../server/domain/nodes/workdays.ts';
import { formatDay, parseDay } from '../../../../server/domain/time/calendar.ts';
import { nodesOf, standardNodes as calendar } from '../../../helpers/nodes.ts';

const day = (text: string): number => parseDay(text) ?? Number.NaN;
const base = (text: string): string => formatDay(calendar.likeDayLastYear(day(text)) ?? Number.NaN);

test.each([
  ['2026-06-18', 'mid_year_618', 0],
  ['2026-05-31', 'mid_year_618', -18],
  ['2026-11-11', 'double_11', 0],
  ['2026-10-21', 'double_11', -21],
  ['2026-02-17', 'spring_festival', 0],
  ['2026-02-14', 'spring_festival', -3],
  ['2026-03-03', 'spring_festival', 14],
  ['2026-10-05', 'national_day', 4],
  ['2026-09-25', 'mid_autumn', 0],
  ['2026-06-19', 'mid_year_618', 1],
  ['2025-05-31', 'mid_year_618', -18],
  ['2027-06-09', 'mid_year_618', -9],
  ['2026-05-03', 'labour_day', 2],
  ['2026-03-08', 'womens_day', 0],
  ['2026-08-19', 'qixi', 0],
  ['2026-12-31', 'new_year', -1],
  ['2026-04-05', 'qingming', 0],
])('[ND1] %s belongs to %s as day %i', (text, node, offset) => {
  expect(calendar.nodeOf(day(text))).toMatchObject({ node, offset });
});

test('[ND1] an ordinary day belongs to no node, and every node has its own day in every year', () => {
  expect(calendar.nodeOf(day('2026-07-15'))).toBeUndefined();
  for (const { id } of nodes) {
    for (const year of [2020, 2025, 2026, 2033]) expect(yearOf(calendar.ownDay(id, year) ?? 0), id).toBe(year);
  }
});

test('[ND2] make-up workdays are workdays, days off are none, and yesterday is the last workday', () => {
  const kinds = ['2026-02-14', '2026-02-16', '2026-02-23', '2026-02-28', '2026-07-18', '2026-07-20'].map((text) =>
    calendar.kindOf(day(text)),
  );
  expect(kinds).toEqual(['workday', 'holiday', 'holiday', 'workday', 'rest', 'workday']);
  const previous = ['2026-10-08', '2026-02-24', '2026-07-20', '2026-10-11', '2026-01-04'].map((text) =>
    formatDay(calendar.previousWorkday(day(text))),
  );
  expect(previous).toEqual(['2026-09-30', '2026-02-14', '2026-07-17', '2026-10-10', '2025-12-31']);
  expect(['2026-02-14', '2026-01-04', '2026-02-17', '2026-07-18'].map((text) => calendar.weekdayLike(day(text)))).toEqual([4, 0, 6, 5]);
});

test('[ND2] a year nobody arranged yet has the days off of the law; a policy replaces a year without a release', () => {
  expect(calendar.isArranged(2028)).toBe(false);
  expect(calendar.holidayName(day('2028-01-26'))).toBe('春节');
  expect(calendar.kindOf(day('2028-10-04'))).toBe('workday');
  const value = {
    years: { '2028': { off: [{ name: '国庆', from: '2028-10-01', to: '2028-10-08' }], work: ['2028-09-23'] } },
  };
  const own = nodesOf(holidays.parse(value));
  expect(own.isArranged(2028)).toBe(true);
  expect(['2028-10-04', '2028-09-23', '2028-01-26'].map((text) => own.kindOf(day(text)))).toEqual(['holiday', 'workday', 'workday']);
  expect(own.kindOf(day('2026-02-14'))).toBe('workday');
});

test.each([
  [{ '27': { off: [], work: [] } }, /2027/],
  [{ '2027': { off: [{ name: '春节', from: '2027-02-05', to: '2027-02-02' }], work: [] } }, /before/],
  [{ '2027': { off: [{ name: '元旦', from: '2026-12-31', to: '2027-01-02' }], work: [] } }, /within 2027/],
  [{ '2027': { off: [{ name: '春节', from: '2027-02-05', to: '2027-03-02' }], work: [] } }, /15 is the most/],
  [
    {
      '2027': {
        off: [
          { name: '春节', from: '2027-02-05', to: '2027-02-11' },
          { name: '情人节', from: '2027-02-11', to: '2027-02-14' },
        ],
        work: [],
      },
    },
    /one holiday/,
  ],
  [{ '2027': { off: [], work: ['2027-02-01'] } }, /no Saturday or Sunday/],
  [{ '2027': { off: [{ name: '春节', from: '2027-02-05', to: '2027-02-11' }], work: ['2027-02-06'] } }, /too/],
  [{ '2027': { off: [], work: ['2027-02-06', '2027-02-06'] } }, /twice/],
])('[ND2] a policy at fault is refused with its reason', (years, reason) => {
  const result = holidays.safeParse({ years });
  expect(result.error?.issues[0]?.message).toMatch(reason);
});

test.each([
  ['2026-06-18', '2025-06-18'],
  ['2026-06-03', '2025-06-03'],
  ['2026-11-11', '2025-11-11'],
  ['2026-02-17', '2025-01-29'],
  ['2026-02-20', '2025-02-01'],
  ['2026-01-30', '2025-01-11'],
  ['2026-10-03', '2025-10-03'],
  ['2026-08-19', '2025-08-29'],
])('[ND3] %s is held against the same day of its node, %s', (now, then) => {
  expect(base(now)).toBe(then);
});

test.each([
  // A Wednesday of no node meets the Wednesday 52 weeks before.
  ['2026-07-15', '2025-07-16'],
  // A make-up Saturday of no node meets the Friday it is like.
  ['2026-05-09', '2025-05-09'],
  // 52 weeks before 4 March 2026 lies behind 春节 of 2025, but within no node: the same weekday.
  ['2026-03-16', '2025-03-17'],
  // 52 weeks before 27 October 2026 would be of no matter: 双11 has begun by then.
  ['2026-10-27', '2025-10-27'],
])('[ND4] %s is held against the like day %s', (now, then) => {
  expect(base(now)).toBe(then);
});

test('[ND4] over ten years every day has a base: of the same node and place, or of none and with the habits of the same weekday', () => {
  for (let now = day('2017-01-01'); now < day('2027-01-01'); now += 1) {
    const then = calendar.likeDayLastYear(now) ?? Number.NaN;
    const [here, there] = [calendar.nodeOf(now), calendar.nodeOf(then)];
    expect(now - then > 310 && now - then < 420, formatDay(now)).toBe(true);
    if (here) expect(then - (calendar.ownDay(here.node, here.year - 1) ?? 0), formatDay(now)).toBe(here.offset);
    else expect([there, calendar.weekdayLike(then)], formatDay(now)).toEqual([undefined, calendar.weekdayLike(now)]);
  }
});

test('[ND4] beyond the years the almanac knows there is no base', () => {
  expect(calendar.likeDayLastYear(day('1990-03-01'))).toBeUndefined();
});
