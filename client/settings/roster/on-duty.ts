/** Who is on a shift, and when nobody is. Pure; instants in UTC ms. */
import type { RosterRole } from '../../../shared/incidents/ladder.ts';
import type { Roster, RosterPerson } from '../../../shared/incidents/roster.ts';

/** A shift with its instants read. */
export interface ReadShift {
  readonly role: RosterRole;
  readonly person: string;
  readonly from: number;
  readonly to: number;
}

export const readShifts = (shifts: Roster['shifts']): readonly ReadShift[] =>
  shifts.map(({ role, person, from, to }) => ({ role, person, from: Date.parse(from), to: Date.parse(to) }));

/** Everybody whose shift in the role has begun and not ended. */
export function holdersAt(
  shifts: readonly ReadShift[],
  people: readonly RosterPerson[],
  role: RosterRole,
  at: number,
): readonly RosterPerson[] {
  const ids = new Set(shifts.filter((one) => one.role === role && one.from <= at && one.to > at).map(({ person }) => person));
  return people.filter(({ id }) => ids.has(id));
}

/** Stretches within [from, to) that no shift of the list covers, in order. */
export function uncovered(
  shifts: readonly Pick<ReadShift, 'from' | 'to'>[],
  from: number,
  to: number,
): readonly { readonly from: number; readonly to: number }[] {
  const found: { from: number; to: number }[] = [];
  let covered = from;
  for (const shift of shifts.filter((one) => one.to > from && one.from < to).toSorted((a, b) => a.from - b.from)) {
    if (shift.from > covered) found.push({ from: covered, to: shift.from });
    covered = Math.max(covered, shift.to);
  }
  if (covered < to) found.push({ from: covered, to });
  return found;
}
