/** Who is on duty, by the shifts of the roster. Pure. */

export interface Shift {
  readonly role: string;
  readonly person: string;
  /** RFC 3339. */
  readonly from: string;
  readonly to: string;
}
export interface Roster {
  readonly people: readonly { readonly id: string; readonly name: string; readonly roles: readonly string[] }[];
  readonly shifts: readonly Shift[];
}

export interface Duty {
  readonly role: string;
  readonly name: string;
  /** When the shift ends, UTC ms. */
  readonly until: number;
}

const nameOf = (roster: Roster, person: string): string => roster.people.find(({ id }) => id === person)?.name ?? person;

/** The shifts that hold an instant, in the order of the roles. */
export function dutyAt(roster: Roster, at: number): readonly Duty[] {
  const order = ['duty', 'backup', 'lead', 'director'];
  return roster.shifts
    .filter(({ from, to }) => Date.parse(from) <= at && at < Date.parse(to))
    .map(({ role, person, to }) => ({ role, name: nameOf(roster, person), until: Date.parse(to) }))
    .toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role));
}
