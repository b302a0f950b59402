/**
 * A killed process stays a member of its group until its session lapses, and the
 * group waits for it: seconds in which nothing is read. Its successor on the same
 * store knows that it is dead, because a store has one process (its lock), so it
 * removes it from the group. The library can do this only for its own member.
 */
import type { AdminClient } from '../admin-client.ts';

/** Removes the members of a group that carry this client id, which must be no one else's. Returns how many they were. */
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
