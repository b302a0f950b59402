/**
 * The policy `roster`: the people who may be called, how each is reached, and their shifts. A shift decides who is called
 * for a role; `roles` of a person decide which shifts they may have. The calendar picks people, it never moves a deadline.
 */
import * as z from 'zod';
import { instant } from '../events/fields.ts';
import { instantMs } from '../events/rfc3339.ts';
import { brandKey } from '../text/brand-key.ts';
import { characters, typed } from '../text/bounded-text.ts';
import { rosterRoles } from './ladder.ts';

/** A document of so many shifts and people fits the body of one request; a year of four roles in three shifts a day has 4,400. */
export const MAX_SHIFTS = 8_000;
export const MAX_PEOPLE = 300;
const MAX_CONTACTS = 10;

const contact = z.strictObject({
  /** Id of a channel of `/api/channels`. */
  channel: characters(1, 80),
  /** Where the channel needs one: an e-mail address, a user id. */
  address: typed(320).optional(),
});

const person = z.strictObject({
  id: characters(1, 80),
  name: typed(80),
  roles: z.array(z.enum(rosterRoles)),
  contacts: z.array(contact).max(MAX_CONTACTS).meta({ description: 'In order of preference' }),
});
export type RosterPerson = z.infer<typeof person>;

export const rosterShift = z.strictObject({
  role: z.enum(rosterRoles),
  person: characters(1, 80).meta({ description: 'Id of one of `people`' }),
  from: instant,
  to: instant.meta({ description: 'The shift ends just before it: who begins then is called then' }),
});
export type RosterShift = z.infer<typeof rosterShift>;

const shape = z.strictObject({ people: z.array(person).max(MAX_PEOPLE), shifts: z.array(rosterShift).max(MAX_SHIFTS) });
export type Roster = z.infer<typeof shape>;

type Fail = (path: (string | number)[], message: string) => void;

/** The first index whose text stands at an earlier one too. */
function repeated(texts: readonly string[]): number {
  const seen = new Set<string>();
  return texts.findIndex((text) => seen.size === seen.add(text).size);
}

function checkPeople({ people }: Roster, fail: Fail): void {
  const id = repeated(people.map((one) => one.id));
  if (id >= 0) fail(['people', id, 'id'], 'another person has this id');
  // A story's owner is known by the name they typed, so two people who read alike could not be told apart.
  const name = repeated(people.map((one) => brandKey(one.name)));
  if (name >= 0) fail(['people', name, 'name'], 'another person has a name that reads the same');
  people.forEach(({ roles, contacts }, i) => {
    const role = repeated(roles);
    if (role >= 0) fail(['people', i, 'roles', role], 'the role is listed twice');
    const twice = repeated(contacts.map(({ channel, address }) => JSON.stringify([channel, address])));
    if (twice >= 0) fail(['people', i, 'contacts', twice], 'the contact is listed twice');
  });
}

function checkShifts({ people, shifts }: Roster, fail: Fail): void {
  const known = new Map(people.map((one) => [one.id, one]));
  const held = new Map<string, { readonly from: number; readonly to: number; readonly index: number }[]>();
  shifts.forEach(({ role, person: id, from, to }, index) => {
    const of = known.get(id);
    if (of === undefined) return fail(['shifts', index, 'person'], `nobody among the people has the id “${id}”`);
    if (!of.roles.includes(role)) return fail(['shifts', index, 'role'], `${of.name} may not be put on a shift as ${role}`);
    const one = { from: instantMs(from), to: instantMs(to), index };
    if (one.to <= one.from) return fail(['shifts', index, 'to'], 'the shift ends before it begins');
    const key = JSON.stringify([role, id]);
    const others = held.get(key);
    if (others === undefined) held.set(key, [one]);
    else others.push(one);
  });
  for (const ofOne of held.values()) {
    ofOne.sort((a, b) => a.from - b.from || a.to - b.to);
    let longest = ofOne[0];
    for (const one of ofOne.slice(1)) {
      if (longest !== undefined && one.from < longest.to)
        fail(['shifts', one.index, 'from'], `the person has a shift in the same role at that time already (row ${longest.index + 1})`);
      if (longest === undefined || one.to > longest.to) longest = one;
    }
  }
}

/** Several people may hold a role at once: all of them are called. One person holds a role once at a time. */
export const roster = shape.superRefine((value, context) => {
  const fail: Fail = (path, message) => context.addIssue({ code: 'custom', path, message });
  checkPeople(value, fail);
  checkShifts(value, fail);
});

export const emptyRoster: Roster = { people: [], shifts: [] };

/** A stretch of time in which nobody is on the roster for a role. UTC ms. */
export const rosterGap = z.object({ role: z.enum(rosterRoles), from: z.number(), to: z.number() }).readonly();
export type RosterGap = z.infer<typeof rosterGap>;
