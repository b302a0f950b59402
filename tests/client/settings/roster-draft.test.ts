/** The roster while it is edited: days of the business zone, copying a week, hours nobody covers, shifts of a file. */
import { describe, expect, it } from 'vitest';
import { addDays, instantAt, mondayOf } from '../../../client/format/zoned.ts';
import { holdersAt, readShifts, uncovered, type ReadShift } from '../../../client/settings/roster/on-duty.ts';
import { readShiftRows } from '../../../client/settings/roster/read-shifts.ts';
import { copiedWeek, movedBy, rosterChanges, rosterOf } from '../../../client/settings/roster/roster-draft.ts';
import { roleNamed, shiftHeading } from '../../../client/settings/roster/roster-words.ts';
import { roster, type RosterPerson } from '../../../shared/incidents/roster.ts';

const zone = 'Asia/Shanghai';
const at = (text: string): number => Date.parse(`${text}:00+08:00`);
const person = (id: string, name: string, roles: RosterPerson['roles'] = ['duty']): RosterPerson => ({ id, name, roles, contacts: [] });
const people = [person('a', '林悦'), person('b', '周屿', ['duty', 'lead'])];
const shift = (from: string, to: string, who = 'a', role: ReadShift['role'] = 'duty'): ReadShift => ({
  role,
  person: who,
  from: at(from),
  to: at(to),
});

describe('days and times of the business zone', () => {
  it('are found from what clocks there show', () => {
    expect(instantAt('2026-11-23', '09:00', zone)).toBe(at('2026-11-23T09:00'));
    expect(instantAt('2026-02-30x', '09:00', zone)).toBeNaN();
    expect([mondayOf('2026-11-23'), mondayOf('2026-11-29'), addDays('2026-12-31', 1)]).toEqual(['2026-11-23', '2026-11-23', '2027-01-01']);
  });

  it('are right around a day on which clocks change', () => {
    const berlin = (day: string, time: string): string => new Date(instantAt(day, time, 'Europe/Berlin')).toISOString();
    expect(berlin('2026-10-25', '00:30')).toBe('2026-10-24T22:30:00.000Z');
    expect(berlin('2026-10-25', '02:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(berlin('2026-10-25', '09:00')).toBe('2026-10-25T08:00:00.000Z');
    expect(berlin('2026-03-29', '09:00')).toBe('2026-03-29T07:00:00.000Z');
  });
});

const weekday = (day: string): number => (new Date(day).getUTCDay() + 6) % 7;
describe('copying a week', () => {
  it('gives a day off the shifts of a Sunday, a make-up workday those of its weekday, and a workday none of a day off', () => {
    const of = (day: string, who: string): ReadShift => shift(`${day}T09:00`, `${day}T18:00`, who);
    // 2026-10-01 is a Thursday: a day off up to 10-07; 10-10 is a make-up Saturday with the habits of a Friday.
    const like = (day: string): number => (day >= '2026-10-01' && day <= '2026-10-07' ? 6 : day === '2026-10-10' ? 4 : weekday(day));
    const days = (monday: string, shifts: readonly ReadShift[]): string[] =>
      copiedWeek(shifts, monday, zone, like).map(({ from, person: who }) => `${new Date(from).toISOString().slice(5, 10)} ${who}`);
    const usual = ['2026-09-21', '2026-09-22', '2026-09-23', '2026-09-24', '2026-09-25'].map((day) => of(day, 'a'));
    expect(days('2026-09-21', [...usual, of('2026-09-27', 'b')])).toEqual([
      ...['09-28 a', '09-29 a', '09-30 a', '10-01 b', '10-02 b', '10-03 b', '10-04 b'],
    ]);
    // A week with two workdays: the make-up Saturday is copied to no Saturday, and Monday to Wednesday have the workdays’ people.
    const holiday = [of('2026-10-05', 'b'), of('2026-10-08', 'a'), of('2026-10-09', 'b'), of('2026-10-10', 'a'), of('2026-10-11', 'b')];
    expect(days('2026-10-05', holiday)).toEqual(['10-12 a', '10-13 a', '10-14 a', '10-15 a', '10-16 b', '10-17 b', '10-18 b']);
  });

  it('moves each shift by seven days of the calendar and leaves out what would meet another one', () => {
    const week = [shift('2026-11-23T09:00', '2026-11-23T18:00'), shift('2026-11-29T22:00', '2026-11-30T06:00', 'b')];
    const next = shift('2026-11-30T12:00', '2026-11-30T20:00');
    expect(copiedWeek([...week, next], '2026-11-23', zone, weekday)).toEqual([shift('2026-12-06T22:00', '2026-12-07T06:00', 'b')]);
    expect(copiedWeek(week, '2026-11-23', zone, weekday)).toHaveLength(2);
  });

  it('keeps the hour of clocks across their change', () => {
    const before: ReadShift = {
      role: 'duty',
      person: 'a',
      from: instantAt('2026-10-20', '09:00', 'Europe/Berlin'),
      to: instantAt('2026-10-20', '18:00', 'Europe/Berlin'),
    };
    expect(movedBy(before, 7, 'Europe/Berlin').from).toBe(instantAt('2026-10-27', '09:00', 'Europe/Berlin'));
  });
});

describe('who is on duty', () => {
  const shifts = [shift('2026-11-23T09:00', '2026-11-23T18:00'), shift('2026-11-23T18:00', '2026-11-24T02:00', 'b')];
  it('changes at the border: who ends then is gone, who begins then is there', () => {
    const names = (when: string): string[] => holdersAt(shifts, people, 'duty', at(when)).map(({ name }) => name);
    expect([names('2026-11-23T17:59'), names('2026-11-23T18:00'), names('2026-11-24T02:00')]).toEqual([['林悦'], ['周屿'], []]);
  });
  it('leaves hours that nobody covers', () => {
    expect(uncovered(shifts, at('2026-11-23T00:00'), at('2026-11-24T00:00'))).toEqual([
      { from: at('2026-11-23T00:00'), to: at('2026-11-23T09:00') },
    ]);
    expect(uncovered([], 5, 5)).toEqual([]);
  });
});

describe('what saving would change', () => {
  it('names people and shifts, and is a roster the server takes', () => {
    const before = { people, shifts: [shift('2026-11-23T09:00', '2026-11-23T18:00')] };
    const [lin, zhou] = people;
    if (!lin || !zhou) throw new Error('there are two people');
    const after = {
      people: [{ ...lin, roles: ['duty' as const, 'backup' as const] }],
      shifts: [shift('2026-11-24T09:00', '2026-11-24T18:00')],
    };
    const found = rosterChanges(before, after);
    expect(found.peopleRemoved).toEqual([zhou]);
    expect(found.peopleChanged).toHaveLength(1);
    expect([found.added.length, found.removed.length]).toEqual([1, 1]);
    expect(roster.safeParse(rosterOf(after)).success).toBe(true);
    expect(readShifts(rosterOf(after).shifts)).toEqual(after.shifts);
  });
});

describe('shifts of a file', () => {
  const read = (rows: (string | Date)[][], standing: ReadShift[] = []) =>
    readShiftRows({ rows, formulas: new Set(['3:3']) }, { heading: shiftHeading, role: roleNamed, people, standing, timeZone: zone });
  const heading = ['角色', '人', '开始', '结束'];

  it('are read by name or id, in either language, in the time of the zone', () => {
    const { rows, faults } = read([
      ['Role', 'Person', 'From', 'To'],
      ['值班', '林悦', '2026-12-01 09:00', '2026/12/1 18:00'],
    ]);
    expect(faults).toEqual([]);
    expect(rows.map((row) => row.shift)).toEqual([shift('2026-12-01T09:00', '2026-12-01T18:00')]);
    expect(read([heading, ['lead', 'b', '2026-12-01T09:00:00+09:00', '2026-12-01 24:00']]).rows[0]?.shift).toEqual({
      ...shift('2026-12-01T08:00', '2026-12-02T00:00', 'b', 'lead'),
    });
  });

  it('name every line at fault and keep the others', () => {
    const { rows, faults } = read(
      [
        heading,
        ['值班', '林悦', '2026-12-01 09:00', '2026-12-01 18:00'],
        ['值班', '林悦', '=A1', '2026-12-01 18:00'],
        ['班长', '林悦', '2026-12-01 09:00', '2026-12-01 18:00'],
        ['值班', '谁', '2026-12-01 09:00', '2026-12-01 18:00'],
        ['主管', '林悦', '2026-12-01 09:00', '2026-12-01 18:00'],
        ['值班', '林悦', '十二月一日', '2026-12-01 18:00'],
        ['值班', '林悦', '2026-12-02 09:00', '2026-12-02 08:00'],
        ['值班', '林悦', '2026-12-01 17:00', '2026-12-01 19:00'],
        ['值班', '周屿', '2026-12-05 09:00', '2026-12-05 18:00'],
        ['', '', '', ''],
      ],
      [shift('2026-12-05T00:00', '2026-12-06T00:00', 'b')],
    );
    expect(rows.map(({ line }) => line)).toEqual([2]);
    expect(faults.map(({ line, code }) => [line, code])).toEqual([
      [3, 'formula'],
      [4, 'unknownRole'],
      [5, 'unknownPerson'],
      [6, 'mayNot'],
      [7, 'badTime'],
      [8, 'endsBefore'],
      [9, 'meets'],
      [10, 'meets'],
    ]);
    expect(read([['角色', '人']]).faults.map(({ column, code }) => [column, code])).toEqual([
      ['from', 'noHeader'],
      ['to', 'noHeader'],
    ]);
  });
});
