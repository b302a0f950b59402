/**
 * Who else reads as our consumer group [I15]. A group shares the partitions among its members, so
 * a member that writes another store takes events away from ours, and we from its store; both
 * would show part of the truth. Each member therefore carries the id of its store, and that of
 * its process, because a copied store keeps its id.
 */
import type { AdminClient } from '../admin-client.ts';
import { textOfMember } from '../client.ts';

const prefix = 'warroom-store:';

export interface OwnMember {
  readonly storeId: string;
  /** Of this process and no other. */
  readonly processId: string;
}

/** What a member of a group tells the others. */
export const memberText = ({ storeId, processId }: OwnMember): string => `${prefix}${storeId} ${processId}`;

interface Member {
  readonly clientId: string;
  readonly clientHost: string;
  readonly memberMetadata: Buffer;
}

/** One sentence about members that do not share our store; null = there is none; undefined = the group is being shared out anew. */
export async function foreignMembers(admin: AdminClient, groupId: string, own: OwnMember): Promise<string | null | undefined> {
  const { groups } = await admin.ask((a) => a.describeGroups([groupId]));
  const group = groups[0];
  // Members tell nothing while the group changes.
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
