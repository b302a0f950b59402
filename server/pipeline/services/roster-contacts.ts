/** Keeps contacts of the roster and the list of channels together: neither may be saved so that a contact names no channel [ES9]. */
import * as z from 'zod';
import { contactFaults, contactsWhere } from '../../domain/escalation/contact-channels.ts';
import { refuse, type Refusal } from '../ports/refusal.ts';
import type { StoreTx } from '../ports/transaction.ts';

const MOST_NAMED = 5;

/** The parts of a roster, already checked, that are looked at. */
const people = z.object({
  people: z.array(z.object({ id: z.string(), name: z.string(), contacts: z.array(z.object({ channel: z.string() })) })),
});

/** The refusal of a roster with a contact of a channel that does not exist. */
export async function refuseUnknownChannels(tx: Pick<StoreTx, 'channels'>, roster: unknown): Promise<Refusal | undefined> {
  const channels = (await tx.channels()).map(({ id }) => id);
  const [fault] = contactFaults(people.parse(roster).people, channels);
  if (fault === undefined) return undefined;
  const { name, channel, place } = fault;
  const there = channels.length === 0 ? 'there are none yet, add one with PUT /api/channels' : `there are: ${channels.join(', ')}`;
  return refuse(422, 'unknown_channel', `a contact of ${name} names the channel “${channel}”, which does not exist; ${there}`, {
    path: `value.people[${place[0]}].contacts[${place[1]}].channel`,
  });
}

/** The refusal of a list that lacks channels of which the roster in force has contacts. */
export async function refuseUsedChannels(tx: Pick<StoreTx, 'roster'>, removed: ReadonlySet<string>): Promise<Refusal | undefined> {
  if (removed.size === 0) return undefined;
  const used = contactsWhere((await tx.roster()).people, (channel) => removed.has(channel));
  const [first] = used;
  if (first === undefined) return undefined;
  const names = [...new Set(used.filter(({ channel }) => channel === first.channel).map(({ name }) => name))];
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return refuse(
    422,
    'channel_in_use',
    `“${first.channel}” is a contact of ${names.slice(0, MOST_NAMED).join(', ')}${more} in the roster: give them another one first, or disable the channel`,
    { path: 'channels' },
  );
}
