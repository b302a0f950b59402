import { expect, it } from 'vitest';
import { shiftsOfPattern, type PatternShift } from '../../../../server/domain/escalation/week-pattern.ts';
import { rosterBook } from '../../../../server/domain/escalation/roster.ts';
import { createWorkdays } from '../../../../server/domain/nodes/workdays.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { createLunarAlmanac } from '../../../../server/adapters/almanac/lunar-almanac.ts';

const clock = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
const on = (weekday: number, person: string, from: string, to: string): PatternShift => ({
  role: 'duty',
  person,
  weekday,
  from: clock(from),
  to: clock(to),
});
const shanghai = createCalendar('Asia/Shanghai');
const holidays = { years: { '2027': { off: [{ name: '国庆', from: '2027-10-01', to: '2027-10-03' }], work: ['2027-10-09'] } } };
const workdays = createWorkdays(createLunarAlmanac(), holidays);
const days = (from: string, to: string, of = shanghai) => ({ from: of.parseDay(from) ?? 0, to: of.parseDay(to) ?? 0 });

it('[ES6] a week is copied with its holidays and make-up workdays: a day has the shifts of the weekday it is like', () => {
  const pattern = [
    ...[0, 1, 2, 3].map((weekday) => on(weekday, '林悦', '09:00', '18:00')),
    on(4, '陈放', '09:00', '18:00'),
    on(6, '周岚', '10:00', '16:00'),
  ];
  const shifts = shiftsOfPattern(pattern, days('2027-09-30', '2027-10-09'), shanghai, workdays);
  expect(shifts.map(({ person, from }) => [shanghai.formatDay(shanghai.dayOf(Date.parse(from))), person])).toEqual([
    ['2027-09-30', '林悦'],
    ['2027-10-01', '周岚'],
    ['2027-10-02', '周岚'],
    ['2027-10-03', '周岚'],
    ['2027-10-04', '林悦'],
    ['2027-10-05', '林悦'],
    ['2027-10-06', '林悦'],
    ['2027-10-07', '林悦'],
    ['2027-10-08', '陈放'],
    ['2027-10-09', '陈放'],
  ]);
});

it('[ES6] split shifts and nights go on where they meet, also over a change of wall clocks', () => {
  const berlin = createCalendar('Europe/Berlin');
  const everyDay = Array.from({ length: 7 }, (_, weekday) => [
    on(weekday, '林悦', '06:00', '12:00'),
    on(weekday, '陈放', '12:00', '22:00'),
    on(weekday, '周岚', '22:00', '06:00'),
  ]).flat();
  const like = { weekdayLike: (day: number) => (day + 3) % 7 };
  for (const [from, to] of [
    ['2026-10-23', '2026-10-27'],
    ['2027-03-26', '2027-03-30'],
  ] as const) {
    const range = days(from, to, berlin);
    const shifts = shiftsOfPattern(everyDay, range, berlin, like);
    const people = ['林悦', '陈放', '周岚'].map((id) => ({ id, name: id, roles: ['duty' as const], contacts: [] }));
    const [first, last] = [Date.parse(shifts[0]?.from ?? ''), Date.parse(shifts.at(-1)?.to ?? '')];
    expect(rosterBook({ people, shifts: [...shifts] }).gaps('duty', first, last)).toEqual([]);
    expect(shifts.map((shift) => berlin.hourOf(Date.parse(shift.from)))).toEqual(Array.from({ length: 5 }, () => [6, 12, 22]).flat());
  }
});
