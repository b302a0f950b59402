/** How a person of the roster is reached, as it is written beside a message: what the roster says later changes no message. */
import type { RosterPerson } from '../../../shared/incidents/roster.ts';
import type { Contact } from '../ports/outbox.ts';

/** In the person's order of preference. */
export function contactsOf({ contacts }: Pick<RosterPerson, 'contacts'>): readonly Contact[] {
  return contacts.map(({ channel, address }) => ({ channel, ...(address === undefined ? {} : { address }) }));
}
