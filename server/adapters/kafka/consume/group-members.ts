/**
 * Who else reads as our consumer group [I15]. A group shares the partitions among its members, so
 * a member that writes another store takes events away from ours, and we from its store; both
 * would show part of the truth. Each member therefore carries the id of its store.
 */
import type { AdminClient } from '../admin-client.ts';
import { textOfMember } from '../client.ts';

const prefix = 'warroom-store:';

/** What a member of a group tells the others. */
export const memberText = (storeId: string): string => `${prefix}${storeId}`;

interface Member {
  readonly clientId: string;
  readonly clientHost: string;
  readonly memberMetadata: Buffer;
}

/** One sentence about members that do not share our store; null = there is none; undefined = the group is being shared out anew. */
export async function foreignMembers(admin: AdminClient, groupId: string, storeId: string): Promise<string | null | undefined> {
  const { groups } = await admin.ask((a) => a.describeGroups([groupId]));
  const group = groups[0];
  // Members tell nothing while the group changes.
  if (group?.state !== 'Stable') return undefined;
  return inWords(groupId, storeId, group.members);
}

/** Exported for its test. */
export function inWords(groupId: string, storeId: string, members: readonly Member[]): string | null {
  const foreign = members.filter(({ memberMetadata }) => textOfMember(memberMetadata) !== memberText(storeId));
  if (foreign.length === 0) return null;
  const names = foreign.map(({ clientId, clientHost, memberMetadata }) => {
    const text = textOfMember(memberMetadata);
    const store = text.startsWith(prefix) ? `with the store ${text.slice(prefix.length)}` : 'of another program or version';
    return `${clientId} ${store} from ${clientHost.replace(/^\//, '')}`;
  });
  return `${names.join('; ')} reads as the consumer group ${groupId} too, so each of us counts only a part of the events. Give each its own KAFKA_GROUP_ID or stop one.`;
}
