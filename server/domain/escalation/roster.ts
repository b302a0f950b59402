/**
 * Who holds a role at an instant, and when nobody does. Shifts are instants of elapsed time: where clocks on walls change,
 * a shift ends where it says and not an hour beside it. All instants are UTC ms.
 */
import { instantMs } from '../../../shared/events/rfc3339.ts';
import type { RosterRole } from '../../../shared/incidents/ladder.ts';
import type { Roster, RosterGap, RosterPerson } from '../../../shared/incidents/roster.ts';
import { brandKey } from '../../../shared/text/brand-key.ts';

export interface RosterBook {
  /** True where nobody was ever entered: the workspace calls people in no way. */
  readonly empty: boolean;
  /** Everybody whose shift in the role has begun and not ended: a shift ends just before its end, so at a border the next one has begun. */
  holders(role: RosterRole, at: number): readonly RosterPerson[];
  person(id: string): RosterPerson | undefined;
  /**
   * Whether anybody could tell them now: a contact whose channel is there and switched on. Where no channel is, every
   * contact counts: that nobody can be told at all is said by itself.
   */
  reaches(person: RosterPerson): boolean;
  /** The person people mean by a name, as they read names, or by an id. */
  named(name: string): RosterPerson | undefined;
  /** Stretches within [from, to) in which nobody who can be reached holds any of these roles, in order. */
  uncovered(roles: readonly RosterRole[], from: number, to: number): readonly Span[];
  /** Those of one role. */
  gaps(role: RosterRole, from: number, to: number): readonly RosterGap[];
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

/** From `from` up to the next stretch the same people hold the role. */
interface Stretch {
  readonly from: number;
  readonly people: readonly RosterPerson[];
}

/** The stretches of one role, the first from the beginning of time. */
function stretchesOf(shifts: readonly { readonly from: number; readonly to: number; readonly person: RosterPerson }[]): readonly Stretch[] {
  const turns = shifts
    .flatMap(({ from, to, person }) => [
      { at: from, person, enters: true },
      { at: to, person, enters: false },
    ])
    .sort((a, b) => a.at - b.at);
  const stretches: { from: number; people: readonly RosterPerson[] }[] = [{ from: -Infinity, people: [] }];
  const counts = new Map<RosterPerson, number>();
  for (const { at, person, enters } of turns) {
    const count = (counts.get(person) ?? 0) + (enters ? 1 : -1);
    if (count === 0) counts.delete(person);
    else counts.set(person, count);
    const people = [...counts.keys()];
    const last = stretches.at(-1);
    if (last?.from === at) last.people = people;
    else stretches.push({ from: at, people });
  }
  return stretches;
}

/** The index of the last stretch that has begun at `at`. */
function indexAt(stretches: readonly Stretch[], at: number): number {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((stretches[middle]?.from ?? Infinity) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

const nobodyEver: readonly Stretch[] = [{ from: -Infinity, people: [] }];

/** @param usable the channels that are there and switched on */
export function rosterBook({ people, shifts }: Roster, usable: readonly string[] = []): RosterBook {
  const channels = new Set(usable);
  const reaches = ({ contacts }: RosterPerson): boolean =>
    channels.size === 0 ? contacts.length > 0 : contacts.some(({ channel }) => channels.has(channel));
  const unreached = new Set(channels.size === 0 ? [] : people.filter((person) => !reaches(person)));
  const byId = new Map(people.map((person) => [person.id, person]));
  const byName = new Map(people.map((person) => [brandKey(person.name), person]));
  const byRole = new Map<RosterRole, { readonly from: number; readonly to: number; readonly person: RosterPerson }[]>();
  for (const { role, person: id, from, to } of shifts) {
    const person = byId.get(id);
    if (person === undefined) continue;
    const shift = { from: instantMs(from), to: instantMs(to), person };
    const others = byRole.get(role);
    if (others === undefined) byRole.set(role, [shift]);
    else others.push(shift);
  }
  const stretches = new Map([...byRole].map(([role, held]) => [role, stretchesOf(held)]));
  const of = (role: RosterRole): readonly Stretch[] => stretches.get(role) ?? nobodyEver;

  return {
    empty: people.length === 0,
    holders: (role, at) => of(role)[indexAt(of(role), at)]?.people ?? [],
    person: (id) => byId.get(id),
    reaches,
    named: (name) => byName.get(brandKey(name)) ?? byId.get(name),
    uncovered: (roles, from, to) =>
      roles
        .map((role) => emptySpans(of(role), unreached, from, to))
        .reduce<readonly Span[]>((both, spans) => intersection(both, spans), [{ from, to }]),
    gaps: (role, from, to) => emptySpans(of(role), unreached, from, to).map((span) => ({ role, ...span })),
  };
}

/** Stretches whose people are all among those that nobody reaches; such stretches that follow on one another are one. */
function emptySpans(all: readonly Stretch[], unreached: ReadonlySet<RosterPerson>, from: number, to: number): readonly Span[] {
  const found: { from: number; to: number }[] = [];
  for (let i = indexAt(all, from); i < all.length; i += 1) {
    const stretch = all[i];
    if (stretch === undefined || stretch.from >= to) break;
    if (stretch.people.some((person) => !unreached.has(person))) continue;
    const span = { from: Math.max(stretch.from, from), to: Math.min(all[i + 1]?.from ?? Infinity, to) };
    if (span.from >= span.to) continue;
    const before = found.at(-1);
    if (before?.to === span.from) before.to = span.to;
    else found.push(span);
  }
  return found;
}

/** What lies in both; each list is in order and its spans do not meet. */
function intersection(some: readonly Span[], others: readonly Span[]): readonly Span[] {
  const found: Span[] = [];
  let i = 0;
  let j = 0;
  for (let a = some[0], b = others[0]; a !== undefined && b !== undefined; a = some[i], b = others[j]) {
    const span = { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) };
    if (span.from < span.to) found.push(span);
    if (a.to < b.to) i += 1;
    else j += 1;
  }
  return found;
}

/** Everybody called for these roles, and null for a role that nobody holds. */
export function recipientsOf(
  book: RosterBook,
  roles: readonly RosterRole[],
  at: number,
): readonly { readonly role: RosterRole; readonly person: RosterPerson | null }[] {
  return roles.flatMap((role): { role: RosterRole; person: RosterPerson | null }[] => {
    const people = book.holders(role, at);
    return people.length === 0 ? [{ role, person: null }] : people.map((person) => ({ role, person }));
  });
}

/** Every role the steps of a ladder call, in the order they first do. */
export function rolesOf(steps: readonly { readonly to: readonly RosterRole[] }[]): readonly RosterRole[] {
  return [...new Set(steps.flatMap((step) => step.to))];
}

export interface Called {
  /** Each person once, whatever roles they are called for. */
  readonly people: readonly RosterPerson[];
  /** The roles by which they are called: those of the step, or of the first later rung where somebody can be reached. */
  readonly roles: readonly RosterRole[];
  /** Roles asked for on the way that nobody holds who can be reached. */
  readonly nobodyFor: readonly RosterRole[];
}

/**
 * Who is called for the first of these rungs. Where nobody of it can be reached, the ladder goes to the next rung at once;
 * where no rung has anybody, whoever holds any role is called.
 */
export function calledFor(book: RosterBook, rungs: readonly (readonly RosterRole[])[], anyOf: readonly RosterRole[], at: number): Called {
  const people = new Set<RosterPerson>();
  const nobodyFor = new Set<RosterRole>();
  for (const roles of [...rungs, anyOf]) {
    for (const { role, person } of recipientsOf(book, roles, at)) {
      if (person !== null) people.add(person);
      if (person === null || !book.reaches(person)) nobodyFor.add(role);
    }
    if ([...people].some(book.reaches)) return { people: [...people], roles, nobodyFor: [...nobodyFor] };
  }
  return { people: [...people], roles: rungs[0] ?? [], nobodyFor: [...nobodyFor] };
}
