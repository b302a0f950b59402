/** The roster while it is edited. Pure; instants in UTC ms. */
import type { Roster, RosterPerson, RosterShift } from '../../../shared/incidents/roster.ts';
import { addDays, instantAt } from '../../format/zoned.ts';
import { dayOf, hourMinute } from '../../format/instant.ts';
import type { ReadShift } from './on-duty.ts';

export interface RosterDraft {
  readonly people: readonly RosterPerson[];
  readonly shifts: readonly ReadShift[];
}

const written = ({ role, person, from, to }: ReadShift): RosterShift => ({
  role,
  person,
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
});

export const rosterOf = ({ people, shifts }: RosterDraft): Roster => ({ people: [...people], shifts: shifts.map(written) });

export const sameShift = (a: ReadShift, b: ReadShift): boolean =>
  a.role === b.role && a.person === b.person && a.from === b.from && a.to === b.to;

/** Whether a person would hold a role twice at once. */
export const collides = (a: ReadShift, b: ReadShift): boolean =>
  a.role === b.role && a.person === b.person && a.from < b.to && b.from < a.to;

/** The same shift so many days later by the clocks of the zone, whatever they do in between. */
export function movedBy(shift: ReadShift, days: number, timeZone: string): ReadShift {
  const move = (at: number): number => instantAt(addDays(dayOf(at, timeZone), days), hourMinute(at, timeZone), timeZone);
  return { ...shift, from: move(shift.from), to: move(shift.to) };
}

/** The shifts that begin in the week of `monday`, a week later; those that would meet a shift of the same person are left out. */
export function copiedWeek(shifts: readonly ReadShift[], monday: string, timeZone: string): readonly ReadShift[] {
  const [from, to] = [instantAt(monday, '00:00', timeZone), instantAt(addDays(monday, 7), '00:00', timeZone)];
  return shifts
    .filter((shift) => shift.from >= from && shift.from < to)
    .map((shift) => movedBy(shift, 7, timeZone))
    .filter((copy) => !shifts.some((shift) => collides(shift, copy)));
}

const keyOf = ({ role, person, from, to }: ReadShift): string => `${role} ${person} ${String(from)} ${String(to)}`;

export interface RosterChanges {
  readonly added: readonly ReadShift[];
  readonly removed: readonly ReadShift[];
  readonly peopleAdded: readonly RosterPerson[];
  readonly peopleRemoved: readonly RosterPerson[];
  readonly peopleChanged: readonly { readonly before: RosterPerson; readonly after: RosterPerson }[];
}

export function rosterChanges(before: RosterDraft, after: RosterDraft): RosterChanges {
  const [old, next] = [new Set(before.shifts.map(keyOf)), new Set(after.shifts.map(keyOf))];
  const known = new Map(before.people.map((person) => [person.id, person]));
  const kept = new Set(after.people.map(({ id }) => id));
  return {
    added: after.shifts.filter((shift) => !old.has(keyOf(shift))),
    removed: before.shifts.filter((shift) => !next.has(keyOf(shift))),
    peopleAdded: after.people.filter(({ id }) => !known.has(id)),
    peopleRemoved: before.people.filter(({ id }) => !kept.has(id)),
    peopleChanged: after.people.flatMap((person) => {
      const earlier = known.get(person.id);
      return earlier !== undefined && JSON.stringify(earlier) !== JSON.stringify(person) ? [{ before: earlier, after: person }] : [];
    }),
  };
}
