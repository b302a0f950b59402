/** Contacts of the roster name channels by their ids. A contact of a channel that does not exist reaches nobody [ES9]. */
import type { ContactFault } from '../../../shared/incidents/roster-gaps.ts';
import type { RosterPerson } from '../../../shared/incidents/roster.ts';

export interface UsedChannel extends ContactFault {
  /** Where the contact stands in the roster: the person's place, then the contact's. */
  readonly place: readonly [number, number];
}

/** Contacts whose channel is such a one, in the order of the roster. */
export function contactsWhere(
  people: readonly Pick<RosterPerson, 'id' | 'name' | 'contacts'>[],
  matches: (channel: string) => boolean,
): readonly UsedChannel[] {
  return people.flatMap(({ id: person, name, contacts }, i) =>
    contacts.flatMap(({ channel }, j) => (matches(channel) ? [{ person, name, channel, place: [i, j] as const }] : [])),
  );
}

/** Contacts of channels that are not among `channels`. */
export function contactFaults(
  people: readonly Pick<RosterPerson, 'id' | 'name' | 'contacts'>[],
  channels: readonly string[],
): readonly UsedChannel[] {
  const known = new Set(channels);
  return contactsWhere(people, (channel) => !known.has(channel));
}
