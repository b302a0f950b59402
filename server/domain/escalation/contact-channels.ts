/**
 * Contacts of the roster name channels by their ids. A contact of a channel that does not exist reaches nobody, and one of a
 * channel that is switched off, or whose secret cannot be read, nobody for now [ES9].
 */
import type { ContactFault } from '../../../shared/incidents/roster-gaps.ts';
import type { RosterPerson } from '../../../shared/incidents/roster.ts';

export interface UsedChannel extends Omit<ContactFault, 'off' | 'unreadable'> {
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

export interface ChannelState {
  readonly id: string;
  readonly enabled: boolean;
  /** Whether its address and secret can be read: the key they were sealed with may be lost. */
  readonly readable: boolean;
}

/** The ids of the channels that messages can leave by. */
export function usableChannels(channels: readonly ChannelState[]): readonly string[] {
  return channels.filter(({ enabled, readable }) => enabled && readable).map(({ id }) => id);
}

/**
 * Contacts that reach nobody now: of channels that do not exist, and of people all of whose channels are switched off or cannot
 * be read.
 */
export function lostContacts(
  people: readonly Pick<RosterPerson, 'id' | 'name' | 'contacts'>[],
  channels: readonly ChannelState[],
): readonly ContactFault[] {
  const known = new Map(channels.map((channel) => [channel.id, channel]));
  const usable = new Set(usableChannels(channels));
  return people.flatMap((person) => {
    const reached = person.contacts.some(({ channel }) => usable.has(channel));
    return person.contacts.flatMap(({ channel }): readonly ContactFault[] => {
      const off = known.has(channel);
      const unreadable = known.get(channel)?.readable === false;
      return off && (reached || usable.has(channel)) ? [] : [{ person: person.id, name: person.name, channel, off, unreadable }];
    });
  });
}
