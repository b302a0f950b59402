/**
 * A killed process stays a member of its group until its session lapses, and the
 * group waits for it: seconds in which nothing is read. Its successor on the same
 * store knows that it is dead, because a store has one process (its lock), so it
 * says goodbye in its place.
 *
 * The library can do this only for its own member; the request is reached through
 * its cluster object. Should that ever be gone, the wait is all that comes back.
 */
import type { AdminClient } from '../admin-client.ts';
import type { Kafka } from '../client.ts';
import { withTimeout } from '../with-timeout.ts';

interface Coordinator {
  leaveGroup(member: { groupId: string; memberId: string }): Promise<unknown>;
}
interface Cluster {
  connect(): Promise<void>;
  refreshMetadata(): Promise<void>;
  disconnect(): Promise<void>;
  findGroupCoordinator(group: { groupId: string }): Promise<Coordinator>;
}

/** Removes the members of a group that carry this client id, which must be no one else's. Returns how many they were. */
export async function dismissFormerMembers(kafka: Kafka, admin: AdminClient, groupId: string, clientId: string): Promise<number> {
  const { groups } = await admin.ask((a) => a.describeGroups([groupId]));
  const former = groups.flatMap(({ members }) => members).filter((member) => member.clientId === clientId);
  const cluster = former.length > 0 ? clusterOf(kafka) : undefined;
  if (!cluster) return 0;
  const leave = async () => {
    await cluster.connect();
    await cluster.refreshMetadata();
    const coordinator = await cluster.findGroupCoordinator({ groupId });
    for (const { memberId } of former) await coordinator.leaveGroup({ groupId, memberId });
  };
  try {
    await withTimeout(2_000, leave());
    return former.length;
  } finally {
    cluster.disconnect().catch(() => {});
  }
}

function clusterOf(kafka: Kafka): Cluster | undefined {
  const key = Object.getOwnPropertySymbols(kafka).find((symbol) => symbol.description === 'private:Kafka:createCluster');
  const create = key && (kafka as unknown as Record<symbol, unknown>)[key];
  return typeof create === 'function' ? (create({ allowAutoTopicCreation: false }) as Cluster) : undefined;
}
