/** Contacts of the roster name channels by their ids. A contact of a channel that does not exist reaches nobody, and one of a channel that is switched off nobody for now [ES9]. */
import type { ContactFault } from '../../../shared/incidents/roster-gaps.ts';
import type { RosterPerson } from '../../../shared/incidents/roster.ts';

export interface UsedChannel extends Omit<ContactFault, 'off'> {
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

/** The ids of the channels that messages can leave by. */
export function usableChannels(channels: readonly { readonly id: string; readonly enabled: boolean }[]): readonly string[] {
  return channels.filter(({ enabled }) => enabled).map(({ id }) => id);
}

/** Contacts that reach nobody now: of channels that do not exist, and of people all of whose channels are switched off. */
export function lostContacts(
  people: readonly Pick<RosterPerson, 'id' | 'name' | 'contacts'>[],
  channels: readonly { readonly id: string; readonly enabled: boolean }[],
): readonly ContactFault[] {
  const known = new Set(channels.map(({ id }) => id));
  const usable = new Set(usableChannels(channels));
  return people.flatMap((person) => {
    const reached = person.contacts.some(({ channel }) => usable.has(channel));
    return person.contacts.flatMap(({ channel }): readonly ContactFault[] => {
      const off = known.has(channel);
      return off && (reached || usable.has(channel)) ? [] : [{ person: person.id, name: person.name, channel, off }];
    });
  });
}
