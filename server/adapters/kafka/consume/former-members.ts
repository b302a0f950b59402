/**
 * Removes killed processes of this store from the consumer group. A killed process stays a member
 * until its session lapses, and for these seconds the group reads nothing. A new process that has
 * locked the same store knows that the old one is dead, because a store belongs to one process at
 * a time. The library itself can only make its own member leave, so the request is sent here.
 */
import type { AdminClient } from '../admin-client.ts';

/** Removes all members of a group that carry this client id, which no living process may use. Resolves to their number. */
export async function dismissFormerMembers(admin: AdminClient, groupId: string, clientId: string): Promise<number> {
  const { groups } = await admin.ask((a) => a.describeGroups([groupId]));
  const former = groups.flatMap(({ members }) => members).filter((member) => member.clientId === clientId);
  if (former.length === 0) return 0;
  await admin.askCluster(async (cluster) => {
    await cluster.refreshMetadata();
    const coordinator = await cluster.findGroupCoordinator({ groupId });
    for (const { memberId } of former) await coordinator.leaveGroup({ groupId, memberId });
  });
  return former.length;
}
