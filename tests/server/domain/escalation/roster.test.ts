import { describe, expect, it } from 'vitest';
import { calledFor, recipientsOf, rolesOf, rosterBook } from '../../../../server/domain/escalation/roster.ts';
import { createCalendar } from '../../../../server/domain/time/calendar.ts';
import { defaultLadder, rosterRoles, type RosterRole } from '../../../../shared/incidents/ladder.ts';
import type { Roster, RosterPerson } from '../../../../shared/incidents/roster.ts';
import { seededRandom, type Random } from '../../../helpers/random.ts';
import { testSeed } from '../../../helpers/seed.ts';

const hour = 3_600_000;
const T0 = Date.parse('2026-11-30T00:00:00+08:00');
const at = (hours: number) => T0 + hours * hour;
const person = (id: string, contacts: RosterPerson['contacts'] = [{ channel: 'wecom' }]): RosterPerson => ({
  ...{ id, name: id, contacts },
  roles: [...rosterRoles],
});
const shift = (role: RosterRole, of: string, from: number, to: number) => ({
  ...{ role, person: of },
  ...{ from: new Date(at(from)).toISOString(), to: new Date(at(to)).toISOString() },
});
const people = ['林悦', '陈放', '周岚'].map((id) => person(id));
const names = (roster: Roster, role: RosterRole, hours: number) =>
  rosterBook(roster)
    .holders(role, at(hours))
    .map(({ name }) => name);

describe('[ES6] shifts', () => {
  const roster: Roster = { people, shifts: [shift('duty', '林悦', 9, 13), shift('duty', '陈放', 13, 18), shift('duty', '周岚', 17, 22)] };

  it('at a border whoever begins is called, during an overlap both are', () => {
    expect([8.99, 9, 12.99, 13, 16.99, 17, 18, 21.99, 22].map((hours) => names(roster, 'duty', hours))).toEqual([
      [],
      ['林悦'],
      ['林悦'],
      ['陈放'],
      ['陈放'],
      ['陈放', '周岚'],
      ['周岚'],
      ['周岚'],
      [],
    ]);
  });

  it('split by a break they leave a gap, and so does a day off', () => {
    const split: Roster = { people, shifts: [shift('duty', '林悦', 9, 12), shift('duty', '林悦', 14, 18), shift('duty', '林悦', 33, 42)] };
    expect(rosterBook(split).gaps('duty', at(8), at(48))).toEqual([
      { role: 'duty', from: at(8), to: at(9) },
      { role: 'duty', from: at(12), to: at(14) },
      { role: 'duty', from: at(18), to: at(33) },
      { role: 'duty', from: at(42), to: at(48) },
    ]);
    expect(rosterBook(split).gaps('duty', at(10), at(11))).toEqual([]);
    expect(rosterBook(split).gaps('lead', at(10), at(11))).toEqual([{ role: 'lead', from: at(10), to: at(11) }]);
  });

  it('hours that nobody of several roles covers are those no role of them has', () => {
    const two: Roster = { people, shifts: [shift('duty', '林悦', 9, 12), shift('backup', '陈放', 11, 15), shift('duty', '林悦', 16, 18)] };
    const spans = rosterBook(two).uncovered(['duty', 'backup'], at(8), at(20));
    expect(spans.map(({ from, to }) => [(from - T0) / hour, (to - T0) / hour])).toEqual([
      [8, 9],
      [15, 16],
      [18, 20],
    ]);
  });

  it('where clocks go back, a shift of a night has its whole length and the next begins where it says', () => {
    const berlin = createCalendar('Europe/Berlin');
    const night = { from: '2026-10-24T22:00:00+02:00', to: '2026-10-25T06:00:00+01:00' };
    const book = rosterBook({
      people,
      shifts: [
        { role: 'duty', person: '林悦', ...night },
        { role: 'duty', person: '陈放', from: night.to, to: '2026-10-25T14:00:00+01:00' },
      ],
    });
    expect((Date.parse(night.to) - Date.parse(night.from)) / hour).toBe(9);
    expect(berlin.hourOf(Date.parse(night.to) - 1)).toBe(5);
    expect(book.gaps('duty', Date.parse(night.from), Date.parse('2026-10-25T14:00:00+01:00'))).toEqual([]);
    expect(book.holders('duty', Date.parse('2026-10-25T02:30:00+01:00')).map(({ id }) => id)).toEqual(['林悦']);
    expect(book.holders('duty', Date.parse(night.to)).map(({ id }) => id)).toEqual(['陈放']);
  });
});

describe('[ES2] who is called', () => {
  const book = rosterBook({
    people: [...people, person('无联系', [])],
    shifts: [shift('backup', '陈放', 0, 24), shift('lead', '陈放', 0, 24), shift('director', '无联系', 0, 24)],
  });
  const rungs = (...roles: RosterRole[]): RosterRole[][] => roles.map((role) => [role]);

  it('the first rung with somebody who can be reached', () => {
    expect(calledFor(book, rungs('duty', 'backup'), rosterRoles, at(1))).toMatchObject({
      people: [{ id: '陈放' }],
      roles: ['backup'],
      nobodyFor: ['duty'],
    });
    expect(calledFor(book, rungs('director', 'lead'), rosterRoles, at(1))).toMatchObject({
      people: [{ id: '无联系' }, { id: '陈放' }],
      nobodyFor: ['director'],
    });
  });

  it('anybody on the roster where no rung has anybody, and each person once', () => {
    const called = calledFor(book, rungs('duty'), rosterRoles, at(1));
    expect(called.people.map(({ id }) => id)).toEqual(['陈放', '无联系']);
    expect(calledFor(book, rungs('duty'), rosterRoles, at(30))).toEqual({ people: [], roles: ['duty'], nobodyFor: [...rosterRoles] });
  });

  it('roles without anybody are told as such', () => {
    expect(recipientsOf(book, ['duty', 'backup'], at(1)).map(({ role, person: of }) => [role, of?.id ?? null])).toEqual([
      ['duty', null],
      ['backup', '陈放'],
    ]);
    expect(rolesOf(defaultLadder.steps)).toEqual(['duty', 'backup', 'lead', 'director']);
  });
});

describe('[ES6] channels that are switched off', () => {
  const roster: Roster = {
    people: [person('林悦'), person('陈放', [{ channel: 'off' }, { channel: 'wecom' }]), person('周岚', [{ channel: 'off' }])],
    shifts: [shift('duty', '林悦', 0, 8), shift('duty', '周岚', 8, 12), shift('duty', '陈放', 14, 18), shift('duty', '周岚', 17, 24)],
  };
  const gaps = (...usable: readonly string[]) =>
    rosterBook(roster, usable)
      .gaps('duty', at(0), at(24))
      .map(({ from, to }) => [(from - T0) / hour, (to - T0) / hour]);

  it('leave a gap where all who hold the role are reached by such channels alone', () => {
    expect(gaps('wecom', 'off')).toEqual([[12, 14]]);
    // From eight on nobody is reached, then nobody is there: one gap.
    expect(gaps('wecom')).toEqual([
      [8, 14],
      [18, 24],
    ]);
    expect(gaps('off')).toEqual([
      [0, 8],
      [12, 14],
    ]);
  });

  it('make no gap where no channel is on at all: that is said by itself', () => {
    expect(gaps()).toEqual([[12, 14]]);
    expect(rosterBook(roster).reaches(person('林悦'))).toBe(true);
    expect(rosterBook(roster).reaches(person('林悦', []))).toBe(false);
  });
});

/** Counted the plain way: every shift is looked at. */
function plainHolders({ shifts }: Roster, role: RosterRole, ms: number): readonly string[] {
  return [
    ...new Set(shifts.filter((s) => s.role === role && Date.parse(s.from) <= ms && ms < Date.parse(s.to)).map((s) => s.person)),
  ].sort();
}

function randomRoster(pick: Random): Roster {
  const shifts = Array.from({ length: pick.below(13) }, () => {
    const from = pick.below(41);
    return shift(pick.pick(['duty', 'lead'] as const), pick.pick(people).id, from, from + 1 + pick.below(12));
  });
  return { people, shifts };
}

it('[ES6] holders and gaps are as a look at every shift finds them, for random rosters', () => {
  const pick = seededRandom(testSeed('roster'));
  for (let round = 0; round < 300; round += 1) {
    const roster = randomRoster(pick);
    const book = rosterBook(roster);
    const gaps = book.gaps('duty', at(0), at(50));
    for (let half = 0; half < 100; half += 1) {
      const ms = at(half / 2);
      const plain = plainHolders(roster, 'duty', ms);
      expect(
        book
          .holders('duty', ms)
          .map(({ id }) => id)
          .toSorted(),
      ).toEqual(plain);
      expect(gaps.some((gap) => gap.from <= ms && ms < gap.to)).toBe(plain.length === 0);
    }
    gaps.forEach((gap, i) => expect(gap.from).toBeGreaterThan(gaps[i - 1]?.to ?? -Infinity));
  }
});
