/**
 * Finds members of our consumer group that write another store [I15]. A group divides the partitions
 * among its members, so such a member takes events away from our store and we take events away from
 * its store, and both stores count only a part of the events. Each member therefore publishes the id
 * of its store, and the id of its process because the copy of a store has the same store id.
 */
import type { AdminClient } from '../admin-client.ts';
import { textOfMember } from '../client.ts';

const prefix = 'warroom-store:';

export interface OwnMember {
  readonly storeId: string;
  /** Id of this process, unique among all processes. */
  readonly processId: string;
}

/** The text that a member publishes to its group. */
export const memberText = ({ storeId, processId }: OwnMember): string => `${prefix}${storeId} ${processId}`;

interface Member {
  readonly clientId: string;
  readonly clientHost: string;
  readonly memberMetadata: Buffer;
}

/**
 * One sentence about members that write another store; null = there are none, undefined = not known, because the group
 * is being rebalanced.
 */
export async function foreignMembers(admin: AdminClient, groupId: string, own: OwnMember): Promise<string | null | undefined> {
  const { groups } = await admin.ask((a) => a.describeGroups([groupId]));
  const group = groups[0];
  // During a rebalance the broker does not report the metadata of the members.
  if (group?.state !== 'Stable') return undefined;
  return inWords(groupId, own, group.members);
}

/** Exported for its test. */
export function inWords(groupId: string, own: OwnMember, members: readonly Member[]): string | null {
  const foreign = members.filter(({ memberMetadata }) => textOfMember(memberMetadata) !== memberText(own));
  if (foreign.length === 0) return null;
  const names = foreign.map(({ clientId, clientHost, memberMetadata }) => {
    const text = textOfMember(memberMetadata);
    const host = clientHost.replace(/^\//, '');
    if (!text.startsWith(prefix)) return `${clientId} at ${host}, another program or version,`;
    const storeId = text.slice(prefix.length).split(' ')[0];
    return storeId === own.storeId ? `a process with a copy of this store at ${host}` : `a process with the store ${storeId} at ${host}`;
  });
  return `${names.join(' and ')} reads as the consumer group ${groupId} too, so each of us counts only a part of the events. Give each its own KAFKA_GROUP_ID or stop one.`;
}
