import { expect, test } from 'vitest';
import { emptyRoster, MAX_SHIFTS, roster } from '../../../shared/incidents/roster.ts';
import { MAX_BATCH_BYTES } from '../../../shared/events/limits.ts';

const person = (id: string, name = id, roles: readonly string[] = ['duty']) => ({ id, name, roles, contacts: [{ channel: 'wecom-pr' }] });
const shift = (from: string, to: string, of = 'lin', role = 'duty') => ({ role, person: of, from, to });
const faults = (people: readonly unknown[], shifts: readonly unknown[] = []) =>
  roster.safeParse({ people, shifts }).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

test('a roster is empty until somebody sets one', () => {
  expect(roster.parse(emptyRoster)).toEqual({ people: [], shifts: [] });
});

test('ids of people are unique, and so are their names as people read them', () => {
  expect(faults([person('lin', '林悦'), person('chen', '陈放')])).toBeUndefined();
  expect(faults([person('lin', '林悦'), person('lin', '陈放')])?.[0]).toContain('people.1.id');
  expect(faults([person('a', 'Lin Yue'), person('b', 'ｌｉｎ yue ')])?.[0]).toContain('people.1.name');
  expect(faults([person('a', '\u200b')])?.[0]).toContain('nobody can see this text');
  expect(faults([person('a', 'A', ['duty', 'duty'])])?.[0]).toContain('people.0.roles.1');
  expect(
    faults([
      {
        ...person('a'),
        contacts: [
          { channel: 'mail', address: 'a@b' },
          { channel: 'mail', address: 'c@d' },
        ],
      },
    ]),
  ).toBeUndefined();
  expect(faults([{ ...person('a'), contacts: [{ channel: 'mail' }, { channel: 'mail' }] }])?.[0]).toContain('people.0.contacts.1');
});

test('a shift is of somebody known who may have the role, and ends after it begins', () => {
  const people = [person('lin', '林悦', ['duty', 'lead'])];
  const [nine, six] = ['2026-11-30T09:00:00+08:00', '2026-11-30T18:00:00+08:00'];
  expect(faults(people, [shift(nine, six), shift(nine, six, 'lin', 'lead')])).toBeUndefined();
  expect(faults(people, [shift(nine, six, 'zhou')])?.[0]).toContain('shifts.0.person: nobody among the people has the id “zhou”');
  expect(faults(people, [shift(nine, six, 'lin', 'director')])?.[0]).toContain('shifts.0.role: 林悦 may not be put on a shift as director');
  expect(faults(people, [shift(six, nine)])?.[0]).toContain('shifts.0.to');
  expect(faults(people, [shift(nine, nine)])?.[0]).toContain('shifts.0.to');
  expect(faults(people, [shift('2026-11-30T09:00:00', six)])?.[0]).toContain('offset');
});

test('one person holds a role once at a time; two people may hold it together, and shifts may meet', () => {
  const people = [person('lin'), person('chen')];
  const at = (hour: number) => `2026-11-30T${String(hour).padStart(2, '0')}:00:00+08:00`;
  expect(faults(people, [shift(at(9), at(13)), shift(at(13), at(18)), shift(at(9), at(18), 'chen')])).toBeUndefined();
  expect(faults(people, [shift(at(12), at(18)), shift(at(9), at(13))])?.[0]).toContain('shifts.0.from');
  expect(faults(people, [shift(at(9), at(18)), shift(at(10), at(11)), shift(at(17), at(19))])).toHaveLength(2);
  expect(faults(people, [shift(at(9), at(18)), shift('2026-11-30T01:00:00Z', '2026-11-30T02:00:00Z')])).toHaveLength(1);
});

test('a year of four roles in three shifts a day is checked whole and fits one request', () => {
  const roles = ['duty', 'backup', 'lead', 'director'];
  const people = roles.map((role) => person(`person-of-${role}`, role, [role]));
  const start = Date.parse('2026-01-01T00:00:00Z');
  const shifts = Array.from({ length: 365 * 12 }, (_, i) => {
    const from = start + Math.floor(i / 4) * 8 * 3_600_000;
    const text = (ms: number) => new Date(ms).toISOString();
    return shift(text(from), text(from + 8 * 3_600_000), `person-of-${roles[i % 4]}`, roles[i % 4]);
  });
  expect(faults(people, shifts)).toBeUndefined();
  expect(shifts.length).toBeLessThan(MAX_SHIFTS);
  const most = Array.from({ length: MAX_SHIFTS }, () => shifts[0]);
  expect(JSON.stringify({ value: { people, shifts: most } }).length).toBeLessThan(MAX_BATCH_BYTES);
});
