/** The roster while it is edited. Pure; instants in UTC ms. */
import type { Roster, RosterPerson, RosterShift } from '../../../shared/incidents/roster.ts';
import { addDays, instantAt } from '../../format/zoned.ts';
import { dayOf, hourMinute } from '../../format/instant.ts';
import type { ReadShift } from './on-duty.ts';

const DAY_MS = 86_400_000;

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

const weekOf = (monday: string): readonly string[] => [0, 1, 2, 3, 4, 5, 6].map((days) => addDays(monday, days));
const isWork = (weekday: number): boolean => weekday < 5;

/**
 * The day of the copied week whose shifts a day takes: the one a week before where both are alike, else one that is like it,
 * else one of its kind, workday or not, else the one a week before.
 */
function dayToCopy(day: string, week: readonly string[], likeOf: (day: string) => number): string {
  const before = addDays(day, -7);
  const like = likeOf(day);
  const alike = [before, ...week].find((one) => likeOf(one) === like);
  return alike ?? week.find((one) => isWork(likeOf(one)) === isWork(like)) ?? before;
}

/**
 * The shifts of the week of `monday` for the week after it; those that would meet a shift of the same person are left out.
 * @param likeOf the weekday whose habits a day has, Monday 0 … Sunday 6, as the calendar of the server says it
 */
export function copiedWeek(
  shifts: readonly ReadShift[],
  monday: string,
  timeZone: string,
  likeOf: (day: string) => number,
): readonly ReadShift[] {
  const week = weekOf(monday);
  return weekOf(addDays(monday, 7)).flatMap((day) => {
    const from = dayToCopy(day, week, likeOf);
    const days = Math.round((Date.parse(day) - Date.parse(from)) / DAY_MS);
    return shifts
      .filter((shift) => dayOf(shift.from, timeZone) === from)
      .map((shift) => movedBy(shift, days, timeZone))
      .filter((copy) => !shifts.some((shift) => collides(shift, copy)));
  });
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
