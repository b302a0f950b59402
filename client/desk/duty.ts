/** Who is on duty, and who is called next about a story. Pure; the server calls by the same two policies. */
import { nextClock } from './next-clock.ts';
import { isClosed, type Story } from './story-fields.ts';

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
export interface Ladder {
  readonly steps: readonly { readonly afterMs: number; readonly when: string; readonly to: readonly string[] }[];
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

export interface NextCall {
  readonly at: number;
  readonly roles: readonly string[];
  /** Empty = nobody is on the roster for these roles then. */
  readonly names: readonly string[];
}

/** The next step of the ladder that will fire unless somebody acts; null if none is to come. */
export function nextCall(story: Story, ladder: Ladder, roster: Roster, now: number): NextCall | null {
  const clock = nextClock(story);
  if (clock === null || isClosed(story) || story.status === 'responded') return null;
  const holds = (when: string): boolean => when !== 'unclaimed' || story.status === 'open';
  const step = ladder.steps
    .filter(({ when, afterMs }) => holds(when) && clock.startedAt + afterMs > now)
    .toSorted((a, b) => a.afterMs - b.afterMs)[0];
  if (!step) return null;
  const at = clock.startedAt + step.afterMs;
  const names = dutyAt(roster, at).filter(({ role }) => step.to.includes(role));
  return { at, roles: step.to, names: names.map(({ name }) => name) };
}
